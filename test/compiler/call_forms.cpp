// Every documented form of a call, with a look at the bytes that leave: g++ 12 got such temporaries wrong
// silently, g++ 13 and 14 crashed on some. To be run under AddressSanitizer as well.
#include "support/scripted.hpp"

#include <nakama/nakama.hpp>

#include <boost/asio/co_spawn.hpp>

#include <array>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

/// A client whose every request succeeds, and a connected socket.
struct forms : scripted_world {
    client game = make_client();
    std::shared_ptr<scripted_line> line = script->next_line();
    nakama::socket socket = game.create_socket();

    forms() {
        run(socket.connect(session, {.appear_online = true}));
        for (int i = 0; i < 32; ++i)
            script->answer(200,
                           R"({"token":")" + some_token + R"(","refresh_token":")" + some_token + R"("})");
    }

    /// The requests so far, "METHOD target body" each.
    std::vector<std::string> requests() const {
        std::vector<std::string> result;
        for (const auto& sent : script->requests())
            result.push_back(sent.method + ' ' + sent.target + ' ' + sent.body);
        return result;
    }
};

using texts = std::vector<std::string>;

// Temporaries that own memory: too long to be kept within a string object.
std::string device(int number) {
    return "device-with-a-long-name-" + std::to_string(number);
}
std::string_view as_view(const std::string& text) {
    return text;
}

} // namespace

// --- requests
// ------------------------------------------------------------------------------------------------

TEST_CASE("call forms: designated initialisers") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        co_await w.game.authenticate_device({.id = "device-0000000001"});
        auto session = co_await w.game.authenticate_device(
            {.id = "device-0000000001", .create = true, .username = "ada"});
        CHECK(session.username() == "britzl");
        co_await w.game.update_account(session, {.display_name = "Ada", .location = "London"});
        co_await w.game.list_friends(session,
                                     {.limit = 10, .state = friend_state::friend_, .cursor = "next"});
    }(world));
    CHECK(world.requests() ==
          texts{R"(POST /v2/account/authenticate/device {"id":"device-0000000001"})",
                R"(POST /v2/account/authenticate/device?create=true&username=ada {"id":"device-0000000001"})",
                R"(PUT /v2/account {"display_name":"Ada","location":"London"})",
                "GET /v2/friend?limit=10&state=0&cursor=next "});
}

TEST_CASE("call forms: temporaries that own memory, within the expression that is awaited") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        co_await w.game.authenticate_device({.id = device(1), .username = device(2)});
        auto session = co_await w.game.authenticate_custom(
            {.id = as_view(device(3)), .vars = {{device(4), device(5)}, {device(6), as_view(device(7))}}});
        const std::string prefix = "a prefix, itself too long for a string object, and ";
        co_await w.game.update_account(
            session, {.display_name = prefix + device(8), .location = std::string(30, 'x')});
    }(world));
    CHECK(
        world.requests() ==
        texts{
            R"(POST /v2/account/authenticate/device?username=device-with-a-long-name-2 {"id":"device-with-a-long-name-1"})",
            R"(POST /v2/account/authenticate/custom {"id":"device-with-a-long-name-3","vars":)"
            R"({"device-with-a-long-name-4":"device-with-a-long-name-5","device-with-a-long-name-6":"device-with-a-long-name-7"}})",
            R"(PUT /v2/account {"display_name":"a prefix, itself too long for a string object, and device-with-a-long-name-8",)"
            R"("location":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})"});
}

TEST_CASE("call forms: maps as nested braces, arrays and vectors") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        co_await w.game.authenticate_device({.id = "braces-0001", .vars = {{"k", "v"}}});
        co_await w.game.authenticate_device({.id = "braces-0002", .vars = {{"a", "1"}, {"b", "2"}}});
        co_await w.game.authenticate_device({.id = "braces-0003", .vars = {{.key = "k", .value = "v"}}});
        co_await w.game.authenticate_device({.id = "braces-0004", .vars = {}});
        const std::vector<string_entry> vector{{"k", "v"}};
        co_await w.game.authenticate_device({.id = "vector-0001", .vars = vector});
        const std::array<string_entry, 2> array{{{"a", "1"}, {"b", "2"}}};
        co_await w.game.authenticate_device({.id = "array-00001", .vars = array});
        const string_entry plain[] = {{"k", "v"}};
        co_await w.game.authenticate_device({.id = "plain-00001", .vars = plain});
        co_await w.game.authenticate_device(
            {.id = "moment-0001", .vars = std::vector<string_entry>{{"k", "v"}}});
        const std::map<std::string, std::string> map{{"m", "n"}};
        co_await w.game.authenticate_device(
            {.id = "map-0000001", .vars = std::vector<string_entry>(vector.begin(), vector.end())});
        co_await w.game.session_refresh(w.session, {.vars = {{map.begin()->first, map.begin()->second}}});
    }(world));
    const auto body = [](const std::string& id, const std::string& vars) {
        return R"(POST /v2/account/authenticate/device {"id":")" + id + '"' +
               (vars.empty() ? "" : ",\"vars\":" + vars) + '}';
    };
    const std::string one = R"({"k":"v"})", two = R"({"a":"1","b":"2"})";
    CHECK(world.requests() ==
          texts{body("braces-0001", one), body("braces-0002", two), body("braces-0003", one),
                body("braces-0004", ""), body("vector-0001", one), body("array-00001", two),
                body("plain-00001", one), body("moment-0001", one), body("map-0000001", one),
                R"(POST /v2/account/session/refresh {"token":")" + some_token + R"(","vars":{"m":"n"}})"});
}

namespace {

struct player {
    forms& world;
    std::string place = "a place that is too long for a string object";

    asio::awaitable<void> enter() {
        // g++ 14 crashes on `{{"place", place}}` here: a member of this object in a nested list is named
        // first.
        const std::string_view entrance = place;
        co_await world.game.authenticate_device({.id = "member-00001", .vars = {{"place", entrance}}});
        co_await world.game.update_account(world.session, {.location = place});
    }
};

} // namespace

TEST_CASE("call forms: members of the object whose coroutine it is") {
    forms world;
    player ada{world};
    world.run(ada.enter());
    CHECK(world.requests() ==
          texts{R"(POST /v2/account/authenticate/device {"id":"member-00001",)"
                R"("vars":{"place":"a place that is too long for a string object"}})",
                R"(PUT /v2/account {"location":"a place that is too long for a string object"})"});
}

TEST_CASE("call forms: optional fields") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        std::optional<std::string> name = device(1);
        co_await w.game.update_account(w.session, {.username = {}, .display_name = name, .avatar_url = ""});
        name.reset();
        co_await w.game.update_account(w.session, {.display_name = name, .timezone = std::nullopt});
        const std::optional<std::int32_t> limit = 5;
        co_await w.game.list_friends(w.session, {.limit = limit, .state = std::nullopt});
        co_await w.game.authenticate_email(
            {.email = "a@example.com", .password = "secret-secret", .create = false});
    }(world));
    CHECK(world.requests() ==
          texts{R"(PUT /v2/account {"display_name":"device-with-a-long-name-1","avatar_url":""})",
                "PUT /v2/account {}", "GET /v2/friend?limit=5 ",
                R"(POST /v2/account/authenticate/email?create=false {"email":"a@example.com",)"
                R"("password":"secret-secret"})"});
}

TEST_CASE("call forms: a request with a name, used more than once") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        list_friends_request page{.limit = 2};
        co_await w.game.list_friends(w.session, page);
        const std::string cursor = "a cursor that is too long for a string object";
        page.cursor = cursor;
        co_await w.game.list_friends(w.session, page);
        const rpc_request call{.id = "double", .payload = "21"};
        co_await w.game.rpc(w.session, call);
        co_await w.game.rpc(w.session, rpc_request{.id = "half", .payload = "42"});
    }(world));
    CHECK(
        world.requests() ==
        texts{
            "GET /v2/friend?limit=2 ",
            "GET /v2/friend?limit=2&cursor=a%20cursor%20that%20is%20too%20long%20for%20a%20string%20object ",
            R"(POST /v2/rpc/double "21")", R"(POST /v2/rpc/half "42")"});
}

TEST_CASE("call forms: requests that may be left out") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        co_await w.game.list_friends(w.session);
        co_await w.game.list_friends(w.session, {});
        co_await w.game.session_refresh(w.session);
        co_await w.game.get_account(w.session);
        co_await w.game.session_logout(w.session);
    }(world));
    const auto tokens = R"({"token":")" + some_token + R"(","refresh_token":")" + some_token + R"("})";
    CHECK(world.requests() == texts{"GET /v2/friend ", "GET /v2/friend ",
                                    R"(POST /v2/account/session/refresh {"token":")" + some_token + R"("})",
                                    "GET /v2/account ", "POST /v2/session/logout " + tokens});
}

// --- options
// -------------------------------------------------------------------------------------------------

TEST_CASE("call forms: options, written down, with a name and by default") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        co_await w.game.get_account(w.session, {.timeout = 2s});
        co_await w.game.get_account(w.session, {.timeout = 500ms, .retry = retries::exponential(3, 50ms)});
        const call_options patient{.timeout = 1min, .retry = retries::fixed(2, 1s)};
        co_await w.game.get_account(w.session, patient);
        co_await w.game.list_friends(w.session, {.limit = 1}, {.timeout = 2s});
        co_await w.game.list_friends(w.session, {}, patient);
        co_await w.game.rpc(w.session, {.id = device(1), .payload = device(2)}, {.retry = retries::none()});
        co_await w.game.authenticate_device({.id = device(3)}, {.timeout = 2s});
        co_await w.game.authenticate_device({.id = device(4), .vars = {{"k", device(5)}}}, call_options{});
    }(world));
    CHECK(
        world.requests() ==
        texts{
            "GET /v2/account ", "GET /v2/account ", "GET /v2/account ", "GET /v2/friend?limit=1 ",
            "GET /v2/friend ", R"(POST /v2/rpc/device-with-a-long-name-1 "device-with-a-long-name-2")",
            R"(POST /v2/account/authenticate/device {"id":"device-with-a-long-name-3"})",
            R"(POST /v2/account/authenticate/device {"id":"device-with-a-long-name-4","vars":{"k":"device-with-a-long-name-5"}})"});
}

TEST_CASE("call forms: an option takes effect wherever the call is written") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        w.script = std::make_shared<scripted_transport>();
        client slow = w.make_client();
        w.script->hang().hang();
        const auto before = w.time->now();
        auto failure =
            co_await failure_of(slow.list_friends(w.session, {.cursor = device(1)}, {.timeout = 3s}));
        CHECK(failure.code() == errc::timed_out);
        CHECK(w.time->now() - before == 3s);
        failure = co_await failure_of(with_deadline(slow.get_account(w.session), 1s, w.time));
        CHECK(failure.code() == errc::timed_out);
        CHECK(w.time->now() - before == 4s);
    }(world));
}

// --- what is done with the awaitable
// -------------------------------------------------------------------------

TEST_CASE("call forms: an operation kept and awaited later") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        auto operation = w.game.authenticate_device({.id = device(1), .vars = {{device(2), device(3)}}});
        auto later = w.game.rpc(w.session, {.id = "later", .payload = device(4)});
        CHECK(w.script->requests().empty());
        auto session = co_await std::move(operation);
        CHECK(session.username() == "britzl");
        co_await std::move(later);
    }(world));
    CHECK(world.requests() ==
          texts{R"(POST /v2/account/authenticate/device {"id":"device-with-a-long-name-1",)"
                R"("vars":{"device-with-a-long-name-2":"device-with-a-long-name-3"}})",
                R"(POST /v2/rpc/later "device-with-a-long-name-4")"});
}

TEST_CASE("call forms: an operation that is never awaited sends nothing") {
    forms world;
    {
        auto dropped = world.game.authenticate_device({.id = device(1), .vars = {{device(2), device(3)}}});
        auto message = world.socket.match_data_send({.match_id = device(4), .data = device(5)});
    }
    settle(world.io);
    CHECK(world.requests().empty());
    CHECK(world.line->sent().empty());
}

TEST_CASE("call forms: as_result") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        auto session =
            co_await as_result(w.game.authenticate_device({.id = device(1), .vars = {{"k", device(2)}}}));
        REQUIRE(session.has_value());
        CHECK(session->username() == "britzl");
        auto changed = co_await as_result(w.game.update_account(*session, {.display_name = device(3)}));
        CHECK(changed.has_value());
        auto refused = co_await as_result(w.game.rpc(*session, {.id = "", .payload = device(4)}));
        REQUIRE(refused.has_error());
        CHECK(refused.error().code() == errc::invalid_argument);
        if (auto answer = co_await as_result(w.game.rpc(*session, {.id = "f", .payload = device(5)}));
            !answer)
            FAIL(answer.error().what());
    }(world));
    CHECK(
        world.requests() ==
        texts{
            R"(POST /v2/account/authenticate/device {"id":"device-with-a-long-name-1","vars":{"k":"device-with-a-long-name-2"}})",
            R"(PUT /v2/account {"display_name":"device-with-a-long-name-3"})",
            R"(POST /v2/rpc/f "device-with-a-long-name-5")"});
}

TEST_CASE("call forms: with_deadline, alone and around or inside of as_result") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        auto session = co_await with_deadline(w.game.authenticate_device({.id = device(1)}), 2s, w.time);
        CHECK(session.username() == "britzl");
        co_await with_deadline(w.game.update_account(session, {.display_name = device(2)}), 2s, w.time);
        auto account =
            co_await as_result(with_deadline(w.game.get_account(session, {.timeout = 1s}), 2s, w.time));
        CHECK(account.has_value());
        auto friends = co_await with_deadline(as_result(w.game.list_friends(session, {.cursor = device(3)})),
                                              2s, w.time);
        CHECK(friends.has_value());
    }(world));
    CHECK(world.requests() ==
          texts{R"(POST /v2/account/authenticate/device {"id":"device-with-a-long-name-1"})",
                R"(PUT /v2/account {"display_name":"device-with-a-long-name-2"})", "GET /v2/account ",
                "GET /v2/friend?cursor=device-with-a-long-name-3 "});
}

namespace {

asio::awaitable<session> sign_in(client& game, int number) {
    co_return co_await game.authenticate_device(
        {.id = device(number), .vars = {{"n", std::to_string(number)}}});
}

asio::awaitable<int> count_friends(client& game, session player) {
    int count = 0;
    std::string cursor;
    do {
        auto page = co_await game.list_friends(player, {.limit = 1, .cursor = cursor});
        count += static_cast<int>(page.friends.size());
        cursor = page.cursor;
    } while (!cursor.empty());
    co_return count;
}

} // namespace

TEST_CASE("call forms: results passed on, and calls in loops and branches") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        auto player = co_await sign_in(w.game, 1);
        for (const auto& text : {device(2), device(3)})
            co_await w.game.rpc(player, {.id = "echo", .payload = text});
        try {
            if (player.created()) co_await w.game.update_account(player, {.display_name = device(4)});
            else co_await w.game.update_account(player, {.location = device(5)});
            co_await w.game.rpc(player, {.id = ""});
            FAIL("an empty function name must be refused");
        } catch (const error& failure) {
            CHECK(failure.operation() == "rpc");
        }
        w.script = std::make_shared<scripted_transport>();
        client other = w.make_client();
        w.script->answer(200, R"({"friends":[{"user":{"id":"a"}}],"cursor":"more"})");
        w.script->answer(200, R"({"friends":[{"user":{"id":"b"}}]})");
        const int friends = co_await count_friends(other, player);
        CHECK(friends == 2);
        CHECK(w.requests() == texts{"GET /v2/friend?limit=1 ", "GET /v2/friend?limit=1&cursor=more "});
    }(world));
}

TEST_CASE("call forms: an operation handed to co_spawn, completing in a callback") {
    forms world;
    std::string name;
    asio::co_spawn(
        world.io, world.game.authenticate_device({.id = device(1), .vars = {{"k", device(2)}}}),
        [&](std::exception_ptr failure, session player) { name = failure ? "nobody" : player.username(); });
    settle(world.io);
    CHECK(name == "britzl");
    CHECK(
        world.requests() ==
        texts{
            R"(POST /v2/account/authenticate/device {"id":"device-with-a-long-name-1","vars":{"k":"device-with-a-long-name-2"}})"});
}

TEST_CASE("call forms: results taken apart") {
    forms world;
    world.script = std::make_shared<scripted_transport>();
    client game = world.make_client();
    world.script->answer(200, R"({"payload":"a payload that is too long for a string object"})");
    world.script->answer(
        200, R"({"friends":[{"user":{"id":"a friend's id, too long as well for one"}}],"cursor":"c"})");
    world.script->answer(200, R"({"user":{"username":"a name that is too long for a string object"}})");
    world.run([](forms& w, client& c) -> asio::awaitable<void> {
        auto [id, payload, key] = co_await c.rpc(w.session, {.id = "f"});
        CHECK(payload == "a payload that is too long for a string object");
        const auto& [friends, cursor] = co_await c.list_friends(w.session, {.limit = 1});
        REQUIRE(friends.size() == 1);
        CHECK(friends[0].user.id == "a friend's id, too long as well for one");
        std::string name = (co_await c.get_account(w.session)).user.username;
        CHECK(name == "a name that is too long for a string object");
    }(world, game));
}

// --- the socket
// ----------------------------------------------------------------------------------------------

TEST_CASE("call forms: match data to everybody and to some") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        co_await w.socket.match_data_send({.match_id = "m.", .op_code = 1, .data = "hello"});
        co_await w.socket.match_data_send({.match_id = device(1), .data = device(2), .reliable = true});
        co_await w.socket.match_data_send({.match_id = "m.", .presences = {{"u", "s", "n"}}});
        co_await w.socket.match_data_send(
            {.match_id = "m.", .presences = {{"u1", "s1", "n1"}, {"u2", "s2", "n2"}}});
        const user_presence bob{
            .user_id = "a user's id, long", .session_id = "a session's id, long", .username = "bob"};
        const match match{.match_id = "m.", .self = bob};
        co_await w.socket.match_data_send({.match_id = match.match_id, .presences = {bob}});
        co_await w.socket.match_data_send({.match_id = match.match_id, .presences = {bob, match.self}});
        const std::vector<user_presence_ref> some{bob, {"u", "s", "n"}};
        co_await w.socket.match_data_send({.match_id = "m.", .op_code = -1, .presences = some});
        const match_data_send_request named{.match_id = "m.", .op_code = 7};
        co_await w.socket.match_data_send(named, {.timeout = 1s});
    }(world));
    settle(world.io);
    const std::string bob =
        R"({"user_id":"a user's id, long","session_id":"a session's id, long","username":"bob"})";
    CHECK(
        world.line->sent() ==
        texts{
            R"({"match_data_send":{"match_id":"m.","op_code":"1","data":"aGVsbG8="}})",
            R"({"match_data_send":{"match_id":"device-with-a-long-name-1",)"
            R"("data":"ZGV2aWNlLXdpdGgtYS1sb25nLW5hbWUtMg==","reliable":true}})",
            R"({"match_data_send":{"match_id":"m.","presences":[{"user_id":"u","session_id":"s","username":"n"}]}})",
            R"({"match_data_send":{"match_id":"m.","presences":[{"user_id":"u1","session_id":"s1","username":"n1"},)"
            R"({"user_id":"u2","session_id":"s2","username":"n2"}]}})",
            R"({"match_data_send":{"match_id":"m.","presences":[)" + bob + "]}}",
            R"({"match_data_send":{"match_id":"m.","presences":[)" + bob + ',' + bob + "]}}",
            R"({"match_data_send":{"match_id":"m.","op_code":"-1","presences":[)" + bob +
                R"(,{"user_id":"u","session_id":"s","username":"n"}]}})",
            R"({"match_data_send":{"match_id":"m.","op_code":"7"}})"});
}

TEST_CASE("call forms: requests of the socket that are answered") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        w.line->deliver(
            R"({"cid":"1","match":{"match_id":"a match id that is too long for a string object."}})");
        auto match = co_await w.socket.match_create();
        CHECK(match.match_id == "a match id that is too long for a string object.");
        w.line->deliver(R"({"cid":"2","match":{"match_id":"n."}})");
        match = co_await w.socket.match_create({.name = device(1)}, {.timeout = 2s});
        CHECK(match.match_id == "n.");
        w.line->deliver(R"({"cid":"3","match":{}})");
        co_await w.socket.match_join({.token = device(2), .metadata = {{"k", device(3)}, {device(4), "v"}}});
        w.line->deliver(
            R"({"cid":"4","matchmaker_ticket":{"ticket":"a ticket that is too long for a string object"}})");
        auto ticket =
            co_await w.socket.matchmaker_add({.min_count = 2,
                                              .max_count = 4,
                                              .query = device(5),
                                              .string_properties = {{"region", device(6)}, {"mode", "duel"}},
                                              .numeric_properties = {{"rank", 12.5}, {device(7), 3}}});
        CHECK(ticket.ticket == "a ticket that is too long for a string object");
        w.line->deliver(R"({"cid":"5"})");
        auto removal = w.socket.matchmaker_remove({.ticket = ticket.ticket});
        co_await std::move(removal);
        w.line->deliver(R"({"cid":"6","channel":{"id":"2...lobby"}})");
        auto joined = co_await as_result(
            w.socket.channel_join({.target = "lobby", .type = channel_type::room, .hidden = true}));
        REQUIRE(joined.has_value());
        w.line->deliver(R"({"cid":"7","channel_message_ack":{"channel_id":"2...lobby"}})");
        auto said = w.socket.channel_message_send(
            {.channel_id = joined->id, .content = R"({"text":")" + device(8) + R"("})"});
        auto ack = co_await with_deadline(std::move(said), 2s, w.time);
        CHECK(ack.channel_id == "2...lobby");
    }(world));
    CHECK(
        world.line->sent() ==
        texts{
            R"({"cid":"1","match_create":{}})",
            R"({"cid":"2","match_create":{"name":"device-with-a-long-name-1"}})",
            R"({"cid":"3","match_join":{"token":"device-with-a-long-name-2","metadata":)"
            R"({"k":"device-with-a-long-name-3","device-with-a-long-name-4":"v"}}})",
            R"({"cid":"4","matchmaker_add":{"min_count":2,"max_count":4,"query":"device-with-a-long-name-5",)"
            R"("string_properties":{"region":"device-with-a-long-name-6","mode":"duel"},)"
            R"("numeric_properties":{"rank":12.5,"device-with-a-long-name-7":3}}})",
            R"({"cid":"5","matchmaker_remove":{"ticket":"a ticket that is too long for a string object"}})",
            R"({"cid":"6","channel_join":{"target":"lobby","type":1,"hidden":true}})",
            R"({"cid":"7","channel_message_send":{"channel_id":"2...lobby",)"
            R"("content":"{\"text\":\"device-with-a-long-name-8\"}"}})"});
}

TEST_CASE("call forms: events awaited in a loop, with and without a deadline") {
    forms world;
    world.run([](forms& w) -> asio::awaitable<void> {
        auto moves = w.socket.stream<match_data>();
        auto bounded = w.socket.stream<match_data>({.capacity = 1, .when_full = overflow::drop_newest});
        w.line->deliver(
            R"({"match_data":{"data":"aGVsbG8=","presence":{"username":"a name too long for a string object"}}})");
        w.line->deliver(R"({"match_data":{"op_code":"2"}})");
        auto first = co_await with_deadline(moves.next(), 2s, w.time);
        REQUIRE(first.has_value());
        CHECK(first->data == "hello");
        auto failure =
            co_await failure_of(with_deadline(w.socket.stream<notifications>().next(), 1s, w.time));
        CHECK(failure.code() == errc::timed_out);
        w.line->cut("the end");
        int more = 0;
        while (auto move = co_await moves.next()) more += static_cast<int>(move->op_code);
        CHECK(more == 2);
        CHECK(bounded.dropped() == 1);
    }(world));
}
