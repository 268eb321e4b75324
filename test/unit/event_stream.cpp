#include "support/scripted.hpp"
#include "support/spawned.hpp"

#include <optional>
#include <string>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

TEST_CASE("a stream keeps what came before it is read, in order") {
    socket_world world;
    auto stream = world.socket->stream<match_data>();
    world.connect();
    for (int i = 1; i <= 3; ++i) world.deliver(R"({"match_data":{"op_code":")" + std::to_string(i) + "\"}}");
    CHECK(stream.size() == 3);
    CHECK(stream.try_next()->op_code == 1);
    world.run([](event_stream<match_data>& s) -> asio::awaitable<void> {
        for (int i = 2; i <= 3; ++i) {
            const auto data = co_await s.next();
            CHECK(data->op_code == i);
        }
    }(stream));
    CHECK(!stream.try_next());
    CHECK(stream.dropped() == 0);
}

TEST_CASE("a full stream follows its policy") {
    socket_world world;
    world.connect();
    auto oldest = world.socket->stream<match_data>({.capacity = 2, .when_full = overflow::drop_oldest});
    auto newest = world.socket->stream<match_data>({.capacity = 2, .when_full = overflow::drop_newest});
    auto failing = world.socket->stream<match_data>({.capacity = 2, .when_full = overflow::fail});
    for (int i = 1; i <= 4; ++i) world.deliver(R"({"match_data":{"op_code":")" + std::to_string(i) + "\"}}");
    CHECK(oldest.try_next()->op_code == 3);
    CHECK(oldest.try_next()->op_code == 4);
    CHECK(oldest.dropped() == 2);
    CHECK(newest.try_next()->op_code == 1);
    CHECK(newest.try_next()->op_code == 2);
    CHECK(newest.dropped() == 2);
    world.run([](event_stream<match_data>& s) -> asio::awaitable<void> {
        co_await s.next();
        co_await s.next();
        const auto failure = co_await failure_of(s.next());
        CHECK(failure.code() == errc::overflow);
    }(failing));
    CHECK(world.socket->is_connected());
}

TEST_CASE("a stream that waits holds the socket's reading back, and loses nothing") {
    socket_world world;
    world.connect();
    auto stream = world.socket->stream<match_data>({.capacity = 2, .when_full = overflow::wait});
    int listened = 0;
    world.socket->on_match_data([&](const match_data&) { ++listened; });
    for (int i = 1; i <= 5; ++i) world.deliver(R"({"match_data":{"op_code":")" + std::to_string(i) + "\"}}");
    CHECK(listened == 2);
    for (int i = 1; i <= 5; ++i) {
        CHECK(stream.try_next()->op_code == i);
        settle(world.io);
    }
    CHECK(listened == 5);
    // Letting the stream go lets the reading go on.
    for (int i = 1; i <= 5; ++i) world.deliver(R"({"match_data":{}})");
    CHECK(listened == 7);
    {
        const auto gone = std::move(stream);
    }
    settle(world.io);
    CHECK(listened == 10);
}

TEST_CASE("a socket whose reading is held back can be closed and destroyed") {
    for (const bool destroy : {false, true}) {
        socket_world world;
        world.connect();
        auto stream = world.socket->stream<match_data>({.capacity = 1, .when_full = overflow::wait});
        for (int i = 0; i < 3; ++i) world.deliver(R"({"match_data":{}})");
        if (destroy) world.socket.reset();
        else world.run(world.socket->close());
        settle(world.io);
        CHECK(stream.try_next());
        spawned<std::optional<match_data>> next;
        next.start(world.io, stream.next());
        CHECK(next.completions == 1);
    }
}

TEST_CASE("a cancelled wait in a stream loses no event") {
    socket_world world;
    world.connect();
    auto stream = world.socket->stream<match_data>();
    spawned<std::optional<match_data>> next;
    next.start(world.io, stream.next());
    next.cancel.emit(asio::cancellation_type::terminal);
    world.line->deliver(R"({"match_data":{"op_code":"7"}})");
    settle(world.io);
    REQUIRE(next.completions == 1);
    if (next.failed) {
        CHECK(next.failed->code() == errc::cancelled);
        CHECK(stream.try_next()->op_code == 7);
    } else {
        CHECK(next.value.value()->op_code == 7);
    }
}

TEST_CASE("closing a socket whose reading is held back takes no time") {
    socket_world world;
    world.connect();
    auto stream = world.socket->stream<match_data>({.capacity = 1, .when_full = overflow::wait});
    for (int i = 0; i < 3; ++i) world.deliver(R"({"match_data":{}})");
    world.run(world.socket->close());
    CHECK(world.time->now().time_since_epoch() == 0s);
    CHECK(world.socket->last_close()->code == 1000);
}

TEST_CASE("a stream opened on a socket that has ended has ended too") {
    socket_world world;
    world.connect();
    world.line->cut("gone");
    settle(world.io);
    auto stream = world.socket->stream<match_data>();
    spawned<std::optional<match_data>> next;
    next.start(world.io, stream.next());
    CHECK(next.completions == 1);
    CHECK(!next.value.value());
}
