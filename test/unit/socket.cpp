#include "support/scripted.hpp"
#include "support/spawned.hpp"

#include <catch2/matchers/catch_matchers.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <optional>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

TEST_CASE("a socket connects with its token in the header and its wishes in the query") {
    socket_world world;
    world.connect({.appear_online = true, .lang = "fr"});
    CHECK(world.socket->is_connected());
    CHECK(world.line->target() == "/ws?format=json&lang=fr&status=true");
    CHECK(world.line->headers() ==
          std::vector<std::pair<std::string, std::string>>{{"Authorization", "Bearer " + some_token}});
}

TEST_CASE("sent match data is base64 and carries no cid") {
    socket_world world;
    world.connect();
    world.run(world.socket->match_data_send({.match_id = "id1234", .op_code = 1, .data = "somedata"}));
    world.run(world.socket->match_data_send(
        {.match_id = "m", .data = std::string_view{"\0\xff", 2}, .reliable = true}));
    world.run(world.socket->match_data_send({.match_id = "m", .presences = {{"u", "s", "n"}}}));
    settle(world.io);
    CHECK(
        world.line->sent() ==
        std::vector<std::string>{
            R"({"match_data_send":{"match_id":"id1234","op_code":"1","data":"c29tZWRhdGE="}})",
            R"({"match_data_send":{"match_id":"m","data":"AP8=","reliable":true}})",
            R"({"match_data_send":{"match_id":"m","presences":[{"user_id":"u","session_id":"s","username":"n"}]}})"});
}

TEST_CASE("received match data is decoded, and empty where it is absent") {
    socket_world world;
    world.connect();
    std::vector<match_data> seen;
    world.socket->on_match_data([&](const match_data& data) { seen.push_back(data); });
    world.deliver(R"({"match_data":{"data":"c29tZWRhdGE="}})");
    world.deliver(R"({"match_data":{"match_id":"m","op_code":"-3"}})");
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].data == "somedata");
    CHECK(seen[1] == match_data{.match_id = "m", .op_code = -3});
}

TEST_CASE("events reach their listeners") {
    socket_world world;
    world.connect();
    std::string seen;
    world.socket->on_channel_message([&](const channel_message&) { seen += "channel_message "; });
    world.socket->on_channel_presence_event(
        [&](const channel_presence_event&) { seen += "channel_presence_event "; });
    world.socket->on_match_data([&](const match_data&) { seen += "match_data "; });
    world.socket->on_match_presence_event(
        [&](const match_presence_event&) { seen += "match_presence_event "; });
    world.socket->on_matchmaker_matched([&](const matchmaker_matched&) { seen += "matchmaker_matched "; });
    world.socket->on_notifications([&](const notifications&) { seen += "notifications "; });
    world.socket->on_status_presence_event(
        [&](const status_presence_event&) { seen += "status_presence_event "; });
    world.socket->on_error([&](const realtime_error&) { seen += "error "; });
    const std::string all = "channel_message channel_presence_event match_data match_presence_event "
                            "matchmaker_matched notifications status_presence_event error ";
    for (std::size_t at = 0; at < all.size(); at = all.find(' ', at) + 1)
        world.deliver("{\"" + all.substr(at, all.find(' ', at) - at) + "\":{}}");
    CHECK(seen == all);
}

TEST_CASE("several listeners are called in their order, each until it is removed") {
    socket_world world;
    world.connect();
    std::string seen;
    listener first, third;
    first = world.socket->on_match_data([&](const match_data&) {
        seen += '1';
        third.remove(); // while the event is on its way
    });
    world.socket->on_match_data([&](const match_data&) {
        seen += '2';
        first.remove();
    });
    third = world.socket->on_match_data([&](const match_data&) { seen += '3'; });
    world.deliver(R"({"match_data":{}})");
    world.deliver(R"({"match_data":{}})");
    CHECK(seen == "122");
    first.remove();
    socket_world().socket->on_match_data([](const match_data&) {}).remove();
}

TEST_CASE("an answer goes to its request alone") {
    socket_world world;
    world.connect();
    int events = 0;
    world.socket->on_match_presence_event([&](const match_presence_event&) { ++events; });
    spawned<match> created, joined;
    created.start(world.io, world.socket->match_create());
    joined.start(world.io, world.socket->match_join({.match_id = "m."}));
    CHECK(world.line->sent() == std::vector<std::string>{R"({"cid":"1","match_create":{}})",
                                                         R"({"cid":"2","match_join":{"match_id":"m."}})"});
    // In the other order, and the kind before the cid.
    world.deliver(R"({"match":{"match_id":"m.","size":2},"cid":"2"})");
    CHECK(created.completions == 0);
    REQUIRE(joined.value);
    CHECK(joined.value->size == 2);
    world.deliver(R"({"cid":"1","match":{"match_id":"n.","self":{"user_id":"u"}}})");
    REQUIRE(created.value);
    CHECK(created.value->self.user_id == "u");
    // An answer to nobody is dropped.
    world.deliver(R"({"cid":"1","match":{"match_id":"n."}})");
    world.deliver(R"({"cid":"77","error":{"code":3}})");
    CHECK(created.completions == 1);
    CHECK(events == 0);
}

TEST_CASE("requests are encoded as the server expects them") {
    socket_world world;
    world.connect();
    spawned<channel> channel;
    channel.start(world.io,
                  world.socket->channel_join({.target = "room", .persistence = true, .hidden = false}));
    spawned<channel_message_ack> ack;
    ack.start(world.io,
              world.socket->channel_message_send({.channel_id = "2...room", .content = R"({"t":"\"q\""})"}));
    spawned<matchmaker_ticket> ticket;
    ticket.start(world.io,
                 world.socket->matchmaker_add({.min_count = 2,
                                               .max_count = 4,
                                               .query = "+properties.rank:>=10",
                                               .string_properties = {{"region", "eü"}},
                                               .numeric_properties = {{"rank", 12.5}, {"big", 1e21}},
                                               .count_multiple = 2}));
    CHECK(
        world.line->sent() ==
        std::vector<std::string>{
            R"({"cid":"1","channel_join":{"target":"room","type":1,"persistence":true,"hidden":false}})",
            R"({"cid":"2","channel_message_send":{"channel_id":"2...room","content":"{\"t\":\"\\\"q\\\"\"}"}})",
            R"({"cid":"3","matchmaker_add":{"min_count":2,"max_count":4,"query":"+properties.rank:>=10",)"
            R"("string_properties":{"region":"eü"},"numeric_properties":{"rank":12.5,"big":1e+21},"count_multiple":2}})"});
}

TEST_CASE("requests without content to their answer complete on it") {
    socket_world world;
    world.connect();
    world.run([](socket_world& w) -> asio::awaitable<void> {
        w.line->deliver(R"({"cid":"1"})");
        co_await w.socket->channel_leave({.channel_id = "2...room"});
        w.line->deliver(R"({"cid":"2"})");
        co_await w.socket->match_leave({.match_id = "m."});
        w.line->deliver(R"({"cid":"3"})");
        co_await w.socket->matchmaker_remove({.ticket = "t"});
    }(world));
}

TEST_CASE("a refused request throws the server's code and text") {
    socket_world world;
    world.connect();
    spawned<match> joined, failed;
    joined.start(world.io, world.socket->match_join({.match_id = "x."}));
    world.deliver(R"({"cid":"1","error":{"code":4,"message":"Match not found"}})");
    REQUIRE(joined.failed);
    CHECK(joined.failed->code() == realtime_code::match_not_found);
    CHECK(std::string{joined.failed->what()} == "match_join: match not found: Match not found");
    failed.start(world.io, world.socket->match_create());
    world.deliver(R"({"cid":"2","error":{"message":"broken"}})"); // code 0 is left out
    CHECK(failed.failed->code() == realtime_code::runtime_exception);
}

TEST_CASE("an answer that cannot be read or is of another kind fails its request") {
    socket_world world;
    world.connect();
    std::vector<realtime_error> errors;
    world.socket->on_error([&](const realtime_error& said) { errors.push_back(said); });
    spawned<match> unreadable, other;
    unreadable.start(world.io, world.socket->match_create());
    world.deliver(R"({"cid":"1","match":{"size":"many"}})");
    CHECK(unreadable.failed->code() == errc::malformed_answer);
    CHECK(unreadable.failed->operation() == "match_create");
    other.start(world.io, world.socket->match_create());
    world.deliver(R"({"cid":"2","matchmaker_ticket":{"ticket":"t"}})");
    CHECK(other.failed->code() == errc::malformed_answer);
    CHECK(errors.empty());
    world.deliver("{");
    CHECK(errors.size() == 1);
    CHECK(world.socket->is_connected());
}

TEST_CASE("messages of kinds from a newer server change nothing") {
    socket_world world;
    world.connect();
    world.deliver(R"({"hologram":{"x":[1,2]}})");
    world.deliver(R"({"pong":{}})");
    world.deliver("{}");
    CHECK(world.socket->is_connected());
}

TEST_CASE("a request that is not answered times out, and its late answer is dropped") {
    socket_world world;
    world.connect();
    world.run([](socket_world& w) -> asio::awaitable<void> {
        const auto before = w.time->now();
        auto failure = co_await failure_of(w.socket->match_create());
        CHECK(failure.code() == errc::timed_out);
        CHECK(failure.operation() == "match_create");
        CHECK(w.time->now() - before == 10s);
        failure = co_await failure_of(w.socket->match_create({}, {.timeout = 2s}));
        CHECK(w.time->now() - before == 12s);
    }(world));
    world.deliver(R"({"cid":"1","match":{}})");
    CHECK(world.socket->is_connected());
    CHECK(world.time->pending() == 0);
}

TEST_CASE("a cancelled request throws cancelled and forgets its answer") {
    socket_world world;
    world.connect();
    spawned<match> created;
    created.start(world.io, world.socket->match_create());
    created.cancel.emit(asio::cancellation_type::terminal);
    settle(world.io);
    CHECK(created.completions == 1);
    CHECK(created.failed->code() == errc::cancelled);
    world.deliver(R"({"cid":"1","match":{}})");
    CHECK(world.time->pending() == 0);
}

TEST_CASE("when the server closes, everything that waits ends with its reason") {
    socket_world world;
    world.connect();
    std::vector<close_info> closes;
    world.socket->on_close([&](const close_info& why) { closes.push_back(why); });
    auto stream = world.socket->stream<match_data>();
    spawned<match> created;
    created.start(world.io, world.socket->match_create());
    spawned<std::optional<match_data>> next;
    next.start(world.io, stream.next());
    world.line->close_by_server(1000, "server-side session disconnect");
    settle(world.io);
    REQUIRE(created.failed);
    CHECK(created.failed->code() == errc::closed);
    CHECK(created.failed->message() == "server-side session disconnect");
    REQUIRE(next.value);
    CHECK(!*next.value);
    const close_info expected{close_info::by::server, 1000, "server-side session disconnect",
                              close_cause::disconnected};
    REQUIRE(created.failed->close());
    CHECK(*created.failed->close() == expected);
    CHECK(closes == std::vector{expected});
    CHECK(world.socket->last_close() == expected);
    CHECK(!world.socket->is_connected());
    world.run([](socket_world& w) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(w.socket->match_create());
        CHECK(failure.code() == errc::closed);
        CHECK(failure.message() == "the socket is not connected");
        CHECK(!failure.request_may_have_been_sent());
    }(world));
}

TEST_CASE("when the connection breaks, the reason says so") {
    socket_world world;
    world.connect();
    world.line->cut("Connection reset by peer");
    settle(world.io);
    CHECK(world.socket->last_close() ==
          close_info{close_info::by::network, 0, "Connection reset by peer", close_cause::broken});
}

TEST_CASE("closing sends what is queued first and can be awaited") {
    socket_world world;
    world.connect();
    world.run([](socket_world& w) -> asio::awaitable<void> {
        for (int i = 0; i < 3; ++i) co_await w.socket->match_data_send({.match_id = "m", .op_code = i});
        co_await w.socket->close();
        CHECK(w.line->sent().size() == 3);
        CHECK(w.line->ended_by_client());
        CHECK(!w.socket->is_connected());
        CHECK(w.socket->last_close()->initiator == close_info::by::local);
        co_await w.socket->close(); // again: nothing to do
    }(world));
}

TEST_CASE("a socket that has ended can be connected once more, with its listeners") {
    socket_world world;
    world.connect();
    int seen = 0;
    world.socket->on_match_data([&](const match_data&) { ++seen; });
    world.line->close_by_server(1000, "bye");
    settle(world.io);
    const auto second = world.script->next_line();
    world.connect();
    second->deliver(R"({"match_data":{}})");
    settle(world.io);
    CHECK(seen == 1);
}

TEST_CASE("connecting twice is refused, and a refused connection leaves the socket as it was") {
    socket_world world;
    world.connect();
    world.run([](socket_world& w) -> asio::awaitable<void> {
        auto failure = co_await failure_of(w.socket->connect(w.session));
        CHECK(failure.code() == errc::invalid_argument);
        CHECK(w.socket->is_connected());
        auto other = w.owner.create_socket();
        w.script->next_line()->refuse(
            error{errc::upgrade_refused,
                  error_details{.server_message = "Missing or invalid token", .http_status = 401}});
        failure = co_await failure_of(other.connect(session{some_token, ""}));
        CHECK(failure.http_status() == 401);
        CHECK(std::string{failure.what()} ==
              "connect: the server refused to open a socket (HTTP 401): Missing or invalid token");
        w.script->next_line();
        co_await other.connect(w.session);
    }(world));
}

TEST_CASE("connecting that does not end times out or is cancelled") {
    socket_world world;
    world.line->never_connect();
    world.run([](socket_world& w) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(w.socket->connect(w.session, {.timeout = 3s}));
        CHECK(failure.code() == errc::timed_out);
        CHECK(failure.operation() == "connect");
    }(world));
    CHECK(world.time->now().time_since_epoch() == 3s);
    world.script->next_line()->never_connect();
    asio::cancellation_signal cancel;
    std::optional<boost::system::error_code> failed;
    asio::co_spawn(world.io, as_result(world.socket->connect(world.session)),
                   asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr, auto result) {
                       failed = result.error().code();
                   }));
    settle(world.io);
    cancel.emit(asio::cancellation_type::terminal);
    settle(world.io);
    CHECK(failed == errc::cancelled);
}

TEST_CASE("closing a socket that is still connecting ends that") {
    socket_world world;
    world.line->never_connect();
    std::optional<error> failed;
    asio::co_spawn(world.io, as_result(world.socket->connect(world.session)),
                   [&](std::exception_ptr, auto result) { failed = result.error(); });
    settle(world.io);
    world.run(world.socket->close());
    settle(world.io);
    REQUIRE(failed);
    CHECK(failed->code() == errc::closed);
    CHECK(!world.socket->is_connected());
    world.script->next_line();
    world.connect();
}

TEST_CASE("a message above the limit is refused before it is sent, naming both sizes") {
    socket_world world;
    world.connect();
    world.run([](socket_world& w) -> asio::awaitable<void> {
        const std::string large(4096, 'x');
        const auto failure = co_await failure_of(w.socket->match_data_send({.match_id = "m", .data = large}));
        CHECK(failure.code() == errc::message_too_large);
        CHECK(failure.message().starts_with("5510 bytes as sent, of 4096 allowed"));
        co_await w.socket->match_data_send(
            {.match_id = "m", .data = std::string_view{large}.substr(0, 3000)});
    }(world));
    settle(world.io);
    CHECK(world.line->sent().size() == 1);
    CHECK(world.socket->is_connected());
}

TEST_CASE("destroying a socket ends what waits and calls nobody") {
    socket_world world;
    world.connect();
    int calls = 0;
    world.socket->on_match_data([&](const match_data&) { ++calls; });
    world.socket->on_close([&](const close_info&) { ++calls; });
    auto stream = world.socket->stream<match_data>();
    spawned<match> created;
    created.start(world.io, world.socket->match_create());
    world.line->deliver(R"({"match_data":{}})");
    world.socket.reset();
    settle(world.io);
    CHECK(calls == 0);
    CHECK(created.completions == 1);
    CHECK(created.failed->code() == errc::closed);
    CHECK(world.line->ended_by_client());
    spawned<std::optional<match_data>> next;
    next.start(world.io, stream.next());
    CHECK(!next.value.value());
}

TEST_CASE("a socket may be destroyed by its own listener") {
    socket_world world;
    world.connect();
    int calls = 0;
    world.socket->on_match_data([&](const match_data&) {
        ++calls;
        world.socket.reset();
    });
    world.socket->on_match_data([&](const match_data&) { ++calls; });
    world.line->deliver(R"({"match_data":{}})");
    world.line->deliver(R"({"match_data":{}})");
    settle(world.io);
    CHECK(calls == 1);
    CHECK(world.line->ended_by_client());
}

TEST_CASE("what a listener throws leaves the context, and the socket goes on") {
    socket_world world;
    world.connect();
    int calls = 0;
    world.socket->on_match_data([&](const match_data&) {
        if (++calls == 1) throw std::runtime_error{"the user's own"};
    });
    world.line->deliver(R"({"match_data":{}})");
    CHECK_THROWS_WITH(settle(world.io), "the user's own");
    world.deliver(R"({"match_data":{}})");
    CHECK(calls == 2);
}

TEST_CASE("sending waits while the queue is full") {
    scripted_world world;
    auto owner = world.make_client();
    const auto line = world.script->next_line();
    auto socket = owner.create_socket(socket_config{.max_queued_messages = 2});
    world.run(socket.connect(world.session));
    world.run([](nakama::socket& s) -> asio::awaitable<void> {
        for (int i = 1; i <= 100; ++i) co_await s.match_data_send({.match_id = "m", .op_code = i});
    }(socket));
    settle(world.io);
    REQUIRE(line->sent().size() == 100);
    CHECK(line->sent().back() == R"({"match_data_send":{"match_id":"m","op_code":"100"}})");
}

TEST_CASE("who waits for room in the queue keeps its own deadline and its place") {
    scripted_world world;
    auto owner = world.make_client();
    const auto line = world.script->next_line();
    auto socket = owner.create_socket(socket_config{.max_queued_messages = 1});
    world.run(socket.connect(world.session));
    // None of them runs before all have been started, so the writer has had no turn yet.
    std::string ended;
    for (const int number : {1, 2, 3, 4})
        asio::co_spawn(world.io, as_result(socket.match_data_send({.match_id = "m", .op_code = number})),
                       [&ended, number](std::exception_ptr, auto result) {
                           ended += result ? std::to_string(number) : "!";
                       });
    settle(world.io);
    CHECK(ended == "1234");
    REQUIRE(line->sent().size() == 4);
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(line->sent()[i].find("\"op_code\":\"" + std::to_string(i + 1)) != std::string::npos);
}

TEST_CASE("a request that is cancelled between any two of its steps shows as cancelled") {
    // From the fourth handler on: before, the coroutine has not begun, and Asio itself throws.
    for (int handlers = 4; handlers < 24; ++handlers) {
        scripted_world world;
        auto owner = world.make_client();
        const auto line = world.script->next_line();
        auto socket = owner.create_socket(socket_config{.max_queued_messages = 1});
        world.run(socket.connect(world.session));

        asio::cancellation_signal cancel;
        int completions = 0;
        std::exception_ptr foreign;
        std::optional<error> failed;
        start(world.io, socket.match_data_send({.match_id = "m"})); // fills the queue
        asio::co_spawn(
            world.io, as_result(socket.match_create()),
            asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr thrown, auto result) {
                ++completions;
                foreign = thrown;
                if (!thrown && !result) failed = result.error();
            }));
        world.io.restart();
        for (int i = 0; i < handlers; ++i) world.io.poll_one();
        cancel.emit(asio::cancellation_type::terminal);
        settle(world.io);
        INFO("after " << handlers << " handlers");
        CHECK(completions == 1);
        CHECK(!foreign);
        REQUIRE(failed);
        CHECK(failed->code() == errc::cancelled);
    }
}

TEST_CASE("what a foreign transport throws fails the connection, which can be tried again") {
    struct broken final : transport {
        asio::awaitable<http_response> send(http_request) override {
            throw std::runtime_error{"no HTTP here"};
        }
        std::unique_ptr<websocket> make_websocket() override { throw std::runtime_error{"no sockets here"}; }
    };
    scripted_world world;
    auto config = world.config();
    config.transport = std::make_shared<broken>();
    client owner{world.io.get_executor(), config};
    auto socket = owner.create_socket();
    world.run([](client& c, nakama::socket& s, session who) -> asio::awaitable<void> {
        for (int i = 0; i < 2; ++i) {
            const auto failure = co_await failure_of(s.connect(who));
            CHECK(std::string{failure.what()} == "connect: connection lost: no sockets here");
        }
        const auto failure = co_await failure_of(c.get_account(who));
        CHECK(std::string{failure.what()} == "get_account: connection lost: no HTTP here");
    }(owner, socket, world.session));
}

TEST_CASE("closing while connecting can be followed by connecting") {
    socket_world world;
    world.line->never_connect();
    start(world.io, [](socket_world& w) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(w.socket->connect(w.session));
        CHECK(failure.code() == errc::closed);
    }(world));
    settle(world.io);
    world.script->next_line();
    world.run([](socket_world& w) -> asio::awaitable<void> {
        co_await w.socket->close();
        co_await w.socket->connect(w.session);
        CHECK(w.socket->is_connected());
    }(world));
}

TEST_CASE("a removed listener lets go of what it holds, and so does a destroyed socket") {
    socket_world world;
    world.connect();
    const auto held = std::make_shared<int>(), kept = std::make_shared<int>();
    auto handle = world.socket->on_match_data([held](const match_data&) {});
    world.socket->on_match_data([kept](const match_data&) {});
    handle.remove();
    CHECK(held.use_count() == 1);
    world.socket.reset();
    CHECK(kept.use_count() == 1);
}

TEST_CASE("a moved-from socket says so") {
    socket_world world;
    const auto owner = std::move(*world.socket);
    CHECK_THROWS_AS(world.socket->stream<match_data>(), error);
    CHECK_THROWS_AS(world.socket->on_match_data([](const match_data&) {}), error);
    world.run([](nakama::socket& s) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(s.match_create());
        CHECK(failure.message() == "the socket has been moved from");
        co_await s.close();
    }(*world.socket));
}
