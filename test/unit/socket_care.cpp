// What a socket does of its own accord, and the limits it keeps, on a scripted line.
#include "support/scripted.hpp"
#include "support/spawned.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

TEST_CASE("a message of an unknown kind is told as it came") {
    socket_world world;
    world.connect();
    std::vector<unknown_message> seen;
    world.socket->on_unknown([&](const unknown_message& each) { seen.push_back(each); });
    auto stream = world.socket->stream<unknown_message>();
    const std::string text = R"({"hologram":{"x":[1,2]}})";
    world.deliver(text);
    world.deliver("{}");
    world.deliver(R"({"pong":{}})");
    world.deliver(R"({"cid":"1","hologram":{}})");
    REQUIRE(seen.size() == 1);
    CHECK(seen[0] == unknown_message{"hologram", text});
    CHECK(stream.try_next() == seen[0]);
}

TEST_CASE("the token travels in the URL where one asks for it") {
    socket_world world;
    world.connect({.token_in_query = true});
    CHECK(world.line->target() == "/ws?format=json&lang=en&token=" + some_token);
    CHECK(world.line->headers().empty());
}

TEST_CASE("a queue that is full may be an error") {
    socket_world world{
        {.max_queued_messages = 2, .when_queue_full = full_queue::fail, .heartbeat = {.interval = 0ms}}};
    world.connect();
    std::string ended;
    std::optional<error> failed;
    for (int i = 1; i <= 4; ++i)
        asio::co_spawn(world.io, as_result(world.socket->match_data_send({.match_id = "m", .op_code = i})),
                       [&, i](std::exception_ptr, auto result) {
                           ended += result ? std::to_string(i) : "!";
                           if (!result) failed = result.error();
                       });
    settle(world.io);
    CHECK(ended == "12!!");
    REQUIRE(failed);
    CHECK(failed->code() == errc::overflow);
    CHECK(failed->operation() == "match_data_send");
    CHECK(!failed->request_may_have_been_sent());
    CHECK(world.line->sent().size() == 2);
    CHECK(world.socket->is_connected());
}

TEST_CASE("a message that is nested too deeply is not understood") {
    socket_world world{{.heartbeat = {.interval = 0ms}, .max_depth = 8}};
    world.connect();
    std::vector<realtime_error> errors;
    world.socket->on_error([&](const realtime_error& said) { errors.push_back(said); });
    world.deliver(R"({"match_data":{"x":[[[[[1]]]]]}})");
    CHECK(errors.empty());
    world.deliver(R"({"match_data":{"x":[[[[[[[1]]]]]]]}})");
    CHECK(errors.size() == 1);
    CHECK(world.socket->is_connected());
}

TEST_CASE("messages above the rate wait for their second") {
    socket_world world{{.heartbeat = {.interval = 0ms}, .max_messages_per_second = 100}};
    world.connect();
    int heard = 0;
    world.socket->on_match_data([&](const match_data&) { ++heard; });
    for (int i = 0; i < 250; ++i) world.line->deliver(R"({"match_data":{}})");
    settle(world.io);
    CHECK(heard == 10);
    for (int tenths = 2; tenths <= 25; ++tenths) {
        world.time->advance(100ms);
        settle(world.io);
        REQUIRE(heard == std::min(10 * tenths, 250));
    }
    // What was not used is not saved up.
    world.time->advance(1h);
    for (int i = 0; i < 250; ++i) world.line->deliver(R"({"match_data":{}})");
    settle(world.io);
    CHECK(heard < 300);
}

TEST_CASE("silence is asked after, and the answers are measured") {
    socket_world world{{.heartbeat = {.interval = 5s, .timeout = 3s}}};
    world.connect();
    int events = 0;
    world.socket->on_unknown([&](const unknown_message&) { ++events; });
    CHECK(world.socket->round_trips().count == 0);
    world.time->advance(5s);
    settle(world.io);
    // What came with the handshake may have counted as life.
    if (world.line->sent().empty()) {
        world.time->advance(5s);
        settle(world.io);
    }
    REQUIRE(world.line->sent().size() == 1);
    CHECK(world.line->sent()[0] == R"({"cid":"1","ping":{}})");
    world.time->advance(20ms);
    world.deliver(R"({"cid":"1","pong":{}})");
    CHECK(world.socket->round_trips().count == 1);
    CHECK(world.socket->round_trips().last == 20ms);
    CHECK(events == 0);

    // A ping of the program's own is measured too.
    bool answered = false;
    asio::co_spawn(world.io, world.socket->ping(), [&](std::exception_ptr thrown) { answered = !thrown; });
    settle(world.io);
    world.time->advance(40ms);
    world.deliver(R"({"cid":"2","pong":{}})");
    CHECK(answered);
    CHECK(world.socket->round_trips().count == 2);
    CHECK(world.socket->round_trips().last == 40ms);
}

TEST_CASE("silence after the ping is the end") {
    socket_world world{{.heartbeat = {.interval = 5s, .timeout = 3s}}};
    world.connect();
    spawned<match> created;
    created.start(world.io, world.socket->match_create({}, {.timeout = 1h}));
    world.time->advance(30min);
    settle(world.io);
    CHECK(world.socket->is_connected()); // a request is under way
    created.cancel.emit(asio::cancellation_type::terminal);
    settle(world.io);
    const auto before = world.time->now();
    while (world.socket->is_connected() && world.time->advance_to_next()) settle(world.io);
    CHECK(world.time->now() - before <= 13s);
    REQUIRE(world.socket->last_close());
    CHECK(world.socket->last_close()->cause == close_cause::silence);
    CHECK(world.socket->last_close()->initiator == close_info::by::network);
    CHECK(world.line->ended_by_client());
    CHECK(world.time->pending() == 0);
}

TEST_CASE("limits that cannot work are refused at once") {
    scripted_world world;
    const auto client = world.make_client();
    for (const auto& wrong :
         {socket_config{.timeout = 0ms}, socket_config{.max_queued_messages = 0},
          socket_config{.max_depth = 2}, socket_config{.heartbeat = {.interval = 1s, .timeout = 0s}}})
        CHECK_THROWS_AS(client.create_socket(wrong), error);
}
