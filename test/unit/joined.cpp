// Handles of matches, channels and parties, on a scripted line.
#include "support/scripted.hpp"
#include "support/spawned.hpp"

#include <nakama/deadline.hpp>

#include <boost/asio/co_spawn.hpp>

#include <string>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

std::string names(const std::vector<user_presence>& presences) {
    std::string result;
    for (const auto& each : presences) result += each.session_id;
    return result;
}

template <class Handle>
Handle entered(socket_world& world, asio::awaitable<Handle> joining,
               const std::vector<std::string>& messages) {
    std::optional<Handle> handle;
    asio::co_spawn(world.io, std::move(joining), [&](std::exception_ptr thrown, auto result) {
        if (thrown) std::rethrow_exception(thrown);
        handle.emplace(std::move(result));
    });
    settle(world.io);
    for (const auto& each : messages) world.deliver(each);
    REQUIRE(handle);
    return std::move(*handle);
}

/// How a wait has ended, if it has.
struct waiting {
    explicit waiting(socket_world& world, asio::awaitable<void> wait) {
        asio::co_spawn(world.io, as_result(std::move(wait)), [this](std::exception_ptr thrown, auto result) {
            if (thrown) std::rethrow_exception(thrown);
            ++completions;
            if (!result) failed = result.error();
        });
        settle(world.io);
    }
    waiting(const waiting&) = delete;
    waiting& operator=(const waiting&) = delete;
    int completions = 0;
    std::optional<error> failed;
};

} // namespace

TEST_CASE("nothing of a match is lost that comes before the answer to joining it") {
    socket_world world;
    world.connect();
    auto match = entered(
        world, world.socket->join_match({.token = "t"}),
        {R"({"match_data":{"match_id":"m.","op_code":"1"}})",
         R"({"match_data":{"match_id":"other.","op_code":"9"}})",
         R"({"match_presence_event":{"match_id":"other.","joins":[{"session_id":"x"}]}})",
         R"({"match_presence_event":{"match_id":"m.","joins":[{"session_id":"c"},{"session_id":"s"}]}})",
         R"({"match_presence_event":{"match_id":"m.","leaves":[{"session_id":"b"}]}})",
         R"({"cid":"1","match":{"match_id":"m.","size":2,"presences":[{"session_id":"a"},{"session_id":"b"}],"self":{"session_id":"s"}}})",
         R"({"match_data":{"match_id":"m.","op_code":"2"}})",
         R"({"match_data":{"match_id":"other.","op_code":"9"}})"});
    CHECK(match.match_id() == "m.");
    CHECK(match.self().session_id == "s");
    CHECK(!match.authoritative());
    CHECK(!match.label());
    CHECK(names(match.presences()) == "asc");
    CHECK(match.try_next()->op_code == 1);
    match_data data;
    REQUIRE(match.try_next(data));
    CHECK(data.op_code == 2);
    CHECK(!match.try_next(data));
    CHECK(data.op_code == 2);
    world.deliver(
        R"({"match_presence_event":{"match_id":"m.","joins":[{"session_id":"d"}],"leaves":[{"session_id":"a"}]}})");
    CHECK(names(match.presences()) == "scd");
}

TEST_CASE("members are waited for, by as many as like") {
    socket_world world;
    world.connect();
    auto match = entered(world, world.socket->create_match({.name = "duel"}),
                         {R"({"cid":"1","match":{"match_id":"m.","self":{"session_id":"s"}}})"});
    waiting one{world, match.wait_for_members(1)}, two{world, match.wait_for_members(2)},
        also{world, match.wait_for_members(2)}, three{world, match.wait_for_members(3)};
    CHECK(one.completions == 1);
    CHECK(two.completions == 0);
    world.deliver(R"({"match_presence_event":{"match_id":"m.","joins":[{"session_id":"a"}]}})");
    CHECK(two.completions == 1);
    CHECK(also.completions == 1);
    CHECK(three.completions == 0);
    world.line->close_by_server(1000, "server-side session disconnect");
    settle(world.io);
    CHECK(three.completions == 1);
    REQUIRE(three.failed);
    CHECK(three.failed->code() == errc::closed);
    CHECK(three.failed->close()->cause == close_cause::disconnected);
}

TEST_CASE("a wait for members is cancelled like everything") {
    socket_world world;
    world.connect();
    auto match = entered(world, world.socket->create_match(),
                         {R"({"cid":"1","match":{"match_id":"m.","self":{"session_id":"s"}}})"});
    world.run([](socket_world& w, joined_match& m) -> asio::awaitable<void> {
        auto wait = m.wait_for_members(2);
        const auto failure = co_await failure_of(with_deadline(std::move(wait), 5s, w.time));
        CHECK(failure.code() == errc::timed_out);
    }(world, match));
}

TEST_CASE("a handle outlives its socket, and its waits do not hang") {
    socket_world world;
    world.connect();
    auto match = entered(world, world.socket->create_match(),
                         {R"({"cid":"1","match":{"match_id":"m.","self":{"session_id":"s"}}})"});
    waiting more{world, match.wait_for_members(2)};
    spawned<std::optional<match_data>> next;
    next.start(world.io, match.next());
    world.socket.reset();
    settle(world.io);
    CHECK(more.failed->code() == errc::closed);
    REQUIRE(next.value);
    CHECK(!*next.value);
    world.run([](joined_match& m) -> asio::awaitable<void> {
        CHECK((co_await failure_of(m.send({.op_code = 1}))).code() == errc::closed);
        CHECK((co_await failure_of(m.leave())).code() == errc::closed);
    }(match));
}

TEST_CASE("a match that could not be joined leaves nothing behind") {
    socket_world world;
    world.connect();
    spawned<bool> joined;
    joined.start(world.io, [](nakama::socket& socket) -> asio::awaitable<bool> {
        (void)co_await socket.join_match({.match_id = "x."});
        co_return true;
    }(*world.socket));
    world.deliver(R"({"cid":"1","error":{"code":4,"message":"Match not found","context":{"id":"x."}}})");
    REQUIRE(joined.failed);
    CHECK(joined.failed->code() == realtime_code::match_not_found);
    CHECK(joined.failed->context() == std::map<std::string, std::string>{{"id", "x."}});
}

TEST_CASE("leaving ends a handle, and what is said through it names the match") {
    socket_world world;
    world.connect();
    auto match = entered(
        world, world.socket->join_match({.match_id = "m."}),
        {R"({"cid":"1","match":{"match_id":"m.","authoritative":true,"label":"","self":{"session_id":"s"}}})"});
    CHECK(match.authoritative());
    CHECK(match.label() == "");
    world.run(match.send({.op_code = 3, .data = "hi", .presences = {{"u", "a", "n"}}, .reliable = true}));
    settle(world.io);
    CHECK(
        world.line->sent().back() ==
        R"({"match_data_send":{"match_id":"m.","op_code":"3","data":"aGk=","presences":[{"user_id":"u","session_id":"a","username":"n"}],"reliable":true}})");
    waiting gone{world, match.leave()};
    CHECK(world.line->sent().back() == R"({"cid":"2","match_leave":{"match_id":"m."}})");
    world.deliver(R"({"cid":"2"})");
    CHECK(gone.completions == 1);
    CHECK(!gone.failed);
    world.deliver(R"({"match_data":{"match_id":"m.","op_code":"1"}})");
    CHECK(!match.try_next());
    waiting more{world, match.wait_for_members(1)};
    CHECK(more.failed->code() == errc::closed);
}

TEST_CASE("a channel's handle") {
    socket_world world;
    world.connect();
    auto room = entered(
        world, world.socket->join_channel({.target = "lobby"}),
        {R"({"channel_presence_event":{"channel_id":"2...lobby","joins":[{"session_id":"s"}]}})",
         R"({"channel_message":{"channel_id":"2...lobby","message_id":"1"}})",
         R"({"cid":"1","channel":{"id":"2...lobby","presences":[{"session_id":"a"}],"self":{"session_id":"s"}}})",
         R"({"channel_message":{"channel_id":"2...attic","message_id":"2"}})"});
    CHECK(room.channel_id() == "2...lobby");
    CHECK(names(room.presences()) == "as");
    CHECK(room.try_next()->message_id == "1");
    CHECK(!room.try_next());
    spawned<channel_message_ack> said, changed, removed;
    said.start(world.io, room.send("{}"));
    changed.start(world.io, room.update("7", "{}"));
    removed.start(world.io, room.remove("7"));
    CHECK(world.line->sent()[1] ==
          R"({"cid":"2","channel_message_send":{"channel_id":"2...lobby","content":"{}"}})");
    CHECK(
        world.line->sent()[2] ==
        R"({"cid":"3","channel_message_update":{"channel_id":"2...lobby","message_id":"7","content":"{}"}})");
    CHECK(world.line->sent()[3] ==
          R"({"cid":"4","channel_message_remove":{"channel_id":"2...lobby","message_id":"7"}})");
    // Removed by another: kicked from the group.
    world.deliver(R"({"channel_presence_event":{"channel_id":"2...lobby","leaves":[{"session_id":"s"}]}})");
    waiting more{world, room.wait_for_members(1)};
    CHECK(more.failed->code() == errc::closed);
}

TEST_CASE("who joined a channel hidden is not counted") {
    socket_world world;
    world.connect();
    auto room = entered(
        world, world.socket->join_channel({.target = "lobby", .hidden = true}),
        {R"({"cid":"1","channel":{"id":"2...lobby","presences":[{"session_id":"a"}],"self":{"session_id":"s"}}})"});
    CHECK(names(room.presences()) == "a");
    CHECK(room.self().session_id == "s");
}

TEST_CASE("an open party is entered when it tells of itself") {
    socket_world world;
    world.connect();
    auto party = entered(
        world, world.socket->join_party({.party_id = "p.n"}),
        {R"({"cid":"1"})", R"({"party":{"party_id":"q.n","self":{"session_id":"s"}}})",
         R"({"party":{"party_id":"p.n","open":true,"max_size":4,"self":{"session_id":"s"},"leader":{"session_id":"l"},"presences":[{"session_id":"l"},{"session_id":"s"}]}})"});
    CHECK(party.party_id() == "p.n");
    CHECK(party.open());
    CHECK(party.leader().session_id == "l");
    CHECK(!party.is_leader());
    CHECK(names(party.presences()) == "ls");
    world.deliver(R"({"party_data":{"party_id":"q.n","op_code":"1"}})");
    world.deliver(R"({"party_data":{"party_id":"p.n","op_code":"2","data":"aGk="}})");
    CHECK(party.try_next()->data == "hi");
    CHECK(!party.try_next());
    world.deliver(R"({"party_leader":{"party_id":"p.n","presence":{"session_id":"s"}}})");
    CHECK(party.is_leader());
    world.deliver(R"({"party_presence_event":{"party_id":"p.n","leaves":[{"session_id":"l"}]}})");
    CHECK(names(party.presences()) == "s");
    world.deliver(R"({"party_update":{"party_id":"p.n","label":"{\"a\":1}"}})");
    CHECK(!party.open());
    CHECK(party.label() == R"({"a":1})");
    world.deliver(R"({"party_close":{"party_id":"p.n"}})");
    waiting more{world, party.wait_for_members(1)};
    CHECK(more.failed->code() == errc::closed);
}

TEST_CASE("a closed party that lets nobody in is waited for until the time is up") {
    socket_world world;
    world.connect();
    spawned<bool> joined;
    joined.start(world.io, [](nakama::socket& socket) -> asio::awaitable<bool> {
        (void)co_await socket.join_party({.party_id = "p.n"}, {}, {.timeout = 3s});
        co_return true;
    }(*world.socket));
    world.deliver(R"({"cid":"1"})");
    CHECK(joined.completions == 0);
    world.time->advance(3s);
    settle(world.io);
    REQUIRE(joined.failed);
    CHECK(joined.failed->code() == errc::timed_out);
    CHECK(joined.failed->operation() == "party_join");
}

TEST_CASE("a party of one's own keeps what only its creator is told") {
    socket_world world;
    world.connect();
    const std::string self =
        R"("self":{"session_id":"s"},"leader":{"session_id":"s"},"presences":[{"session_id":"s"}])";
    auto party = entered(world, world.socket->create_party({.open = true, .max_size = 2, .label = "{}"}),
                         {R"({"cid":"1","party":{"party_id":"p.n","open":true,"label":"{}",)" + self + "}}",
                          R"({"party":{"party_id":"p.n","open":true,)" + self + "}}",
                          R"({"party_presence_event":{"party_id":"p.n","joins":[{"session_id":"s"}]}})"});
    CHECK(party.label() == "{}");
    CHECK(party.is_leader());
    CHECK(names(party.presences()) == "s");
    waiting sent{world, party.send(1, "hi")}, promoted{world, party.promote({"u", "a", "n"})},
        closed{world, party.close()};
    CHECK(world.line->sent()[1] ==
          R"({"cid":"2","party_data_send":{"party_id":"p.n","op_code":"1","data":"aGk="}})");
    CHECK(
        world.line->sent()[2] ==
        R"({"cid":"3","party_promote":{"party_id":"p.n","presence":{"user_id":"u","session_id":"a","username":"n"}}})");
    CHECK(world.line->sent()[3] == R"({"cid":"4","party_close":{"party_id":"p.n"}})");
    for (const char* cid : {"2", "3", "4"}) world.deliver(R"({"cid":")" + std::string{cid} + "\"}");
    CHECK(sent.completions + promoted.completions + closed.completions == 3);
    waiting more{world, party.wait_for_members(1)};
    CHECK(more.failed->code() == errc::closed);
}

TEST_CASE("handles go on after coming back, with those who are there now") {
    socket_config config{.heartbeat = {.interval = 0ms},
                         .reconnect = reconnects::with(retries::fixed(9, 1s))};
    config.reconnect.catch_up = false;
    socket_world world{config};
    world.connect();
    auto match = entered(
        world, world.socket->join_match({.match_id = "m."}),
        {R"({"cid":"1","match":{"match_id":"m.","presences":[{"session_id":"a"}],"self":{"session_id":"s"}}})"});
    auto lost = entered(world, world.socket->join_match({.match_id = "x."}),
                        {R"({"cid":"2","match":{"match_id":"x.","self":{"session_id":"s"}}})"});
    waiting three{world, match.wait_for_members(3)}, never{world, lost.wait_for_members(2)};
    auto next = world.script->next_line();
    world.line->cut("reset");
    settle(world.io);
    world.time->advance(1s);
    settle(world.io);
    CHECK(names(match.presences()) == "as"); // as last known
    next->deliver(
        R"({"match_presence_event":{"match_id":"m.","joins":[{"session_id":"d"},{"session_id":"r"}]}})");
    next->deliver(
        R"({"cid":"3","match":{"match_id":"m.","presences":[{"session_id":"b"}],"self":{"session_id":"r"}}})");
    settle(world.io);
    next->deliver(R"({"cid":"4","error":{"code":4,"message":"Match not found"}})");
    settle(world.io);
    CHECK(world.socket->is_connected());
    CHECK(names(match.presences()) == "brd");
    CHECK(match.self().session_id == "r");
    CHECK(three.completions == 1);
    CHECK(!three.failed);
    REQUIRE(never.failed);
    CHECK(never.failed->code() == realtime_code::match_not_found);
    next->deliver(R"({"match_data":{"match_id":"m.","op_code":"4"}})");
    settle(world.io);
    CHECK(match.try_next()->op_code == 4);
}

TEST_CASE("a handle that is made does not hold the socket up, however small its stream") {
    socket_world world;
    world.connect();
    std::vector<std::string> before;
    for (int i = 1; i <= 5; ++i)
        before.push_back(R"({"match_data":{"match_id":")" + std::string{i == 3 ? "m." : "busy."} +
                         R"(","op_code":")" + std::to_string(i) + R"("}})");
    before.emplace_back(R"({"cid":"1","match":{"match_id":"m.","self":{"session_id":"s"}}})");
    auto match = entered(
        world, world.socket->join_match({.match_id = "m."}, {.capacity = 2, .when_full = overflow::wait}),
        before);
    CHECK(match.try_next()->op_code == 3);
    CHECK(!match.try_next());
}

TEST_CASE("one's own presence of before may leave while one comes back") {
    socket_config config{.heartbeat = {.interval = 0ms},
                         .reconnect = reconnects::with(retries::fixed(9, 1s))};
    config.reconnect.catch_up = false;
    socket_world world{config};
    world.connect();
    auto party = entered(
        world, world.socket->join_party({.party_id = "p.n"}),
        {R"({"cid":"1"})",
         R"({"party":{"party_id":"p.n","self":{"session_id":"s"},"presences":[{"session_id":"s"}]}})"});
    auto next = world.script->next_line();
    world.line->cut("reset");
    settle(world.io);
    world.time->advance(1s);
    settle(world.io);
    next->deliver(R"({"cid":"2"})"); // a closed party: only asked
    settle(world.io);
    CHECK(world.socket->is_connected());
    next->deliver(R"({"party_presence_event":{"party_id":"p.n","leaves":[{"session_id":"s"}]}})");
    settle(world.io);
    // And let in later.
    next->deliver(
        R"({"party":{"party_id":"p.n","self":{"session_id":"r"},"leader":{"session_id":"r"},"presences":[{"session_id":"r"}]}})");
    settle(world.io);
    CHECK(party.self().session_id == "r");
    CHECK(party.is_leader());
    CHECK(names(party.presences()) == "r");
    waiting here{world, party.wait_for_members(1)};
    CHECK(here.completions == 1);
    CHECK(!here.failed);
}
