// More than a program can take, over real TCP: each policy bounds memory, and says what it has cost.
#include "support/socket_script.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

constexpr int many = 100'000;
constexpr std::size_t room = 64;

/// How much the server has got rid of, by number of messages.
struct flow {
    int sent = 0;
};

/// Sends all of them when it is asked, as fast as they are taken, and then answers.
auto floods(std::shared_ptr<flow> so_far) {
    return [so_far](frame_peer& peer) -> asio::awaitable<void> {
        const auto asked = co_await peer.hear();
        constexpr int portion = 100;
        while (so_far->sent < many) {
            std::string bytes;
            for (int i = 1; i <= portion; ++i)
                bytes += text_frame(R"({"match_data":{"match_id":"11111111-2222-4333-8444-555555555555.",)"
                                    R"("presence":{"user_id":"u","session_id":"s","username":"n"},)"
                                    R"("data":"YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo=","op_code":")" +
                                    std::to_string(so_far->sent + i) + R"("}})");
            co_await peer.send(std::move(bytes));
            so_far->sent += portion;
        }
        const auto answered = R"({"cid":")" + cid_of(asked) + R"(","match":{"match_id":"m."}})";
        co_await peer.say(answered);
        co_await peer.next(); // the close frame
        co_await peer.send_close(1000, "");
        co_await peer.until_end();
    };
}

/// As fast as can be, and never given up for being slow.
socket_config unbounded() {
    return {.heartbeat = {.interval = 0ms}, .max_messages_per_second = 0};
}

struct flooded {
    explicit flooded(overflow when_full, socket_config config = unbounded())
        : w{floods(line), config},
          stream{w.socket->stream<match_data>({.capacity = room, .when_full = when_full})} {
        w.connect();
    }

    /// Runs until `done`, while the stream stays within its bound after every step.
    template <class Done>
    void until(Done done) {
        w.until([&] {
            most = std::max(most, stream.size());
            return done();
        });
    }

    void ask() {
        asio::co_spawn(w.io, w.socket->match_create({}, {.timeout = 600s}),
                       [this](const std::exception_ptr& thrown, const match&) {
                           ++answers;
                           is_answered = !thrown;
                       });
    }

    /// All has come and gone through.
    void drain() {
        until([&] { return answers > 0; });
        CHECK(answers == 1);
        CHECK(is_answered);
        CHECK(line->sent == many);
        CHECK(most == room);
    }

    std::shared_ptr<flow> line = std::make_shared<flow>();
    socket_script w;
    event_stream<match_data> stream;
    std::size_t most = 0;
    int answers = 0;
    bool is_answered = false;
};

asio::awaitable<void> take(event_stream<match_data>& stream, int number) {
    const auto event = co_await stream.next();
    CHECK((event && event->op_code == number));
}

/// Takes the events one at a time and now and then sleeps, until the stream ends or all are there.
asio::awaitable<bool> take_in_order(event_stream<match_data>& stream, nakama::clock& time, int& taken) {
    while (taken < many) {
        const auto event = co_await stream.next();
        if (!event) co_return false;
        if (event->op_code != ++taken) co_return false;
        if (taken % 1000 == 0) co_await time.sleep_for(100ms);
    }
    co_return true;
}

} // namespace

TEST_CASE("a flood past a consumer that stands still leaves the latest, or the first") {
    for (const auto when_full : {overflow::drop_oldest, overflow::drop_newest}) {
        flooded f{when_full};
        f.ask();
        f.drain();
        CHECK(f.stream.size() == room);
        CHECK(f.stream.dropped() == many - room);
        const int first = when_full == overflow::drop_oldest ? many - static_cast<int>(room) + 1 : 1;
        for (int i = 0; i < static_cast<int>(room); ++i) {
            const auto event = f.stream.try_next();
            REQUIRE(event);
            REQUIRE(event->op_code == first + i);
        }
        CHECK(f.w.socket->is_connected());
    }
}

TEST_CASE("a flood past a slow consumer: what it gets is in order, and the rest is counted") {
    for (const auto when_full : {overflow::drop_oldest, overflow::drop_newest}) {
        flooded f{when_full};
        std::int64_t last = 0;
        std::size_t taken = 0;
        int steps = 0;
        f.ask();
        const auto take = [&] {
            const auto event = f.stream.try_next();
            if (!event) return false;
            CHECK(event->op_code > last);
            last = event->op_code;
            ++taken;
            return true;
        };
        f.until([&] {
            if (++steps % 5 == 0) take();
            return f.answers > 0;
        });
        while (take()) {
        }
        CHECK(f.most == room);
        CHECK(taken > 10 * room);
        CHECK(taken + f.stream.dropped() == many);
        if (when_full == overflow::drop_oldest) CHECK(last == many);
    }
}

TEST_CASE("a flood loses nothing for a consumer that keeps up, however much comes at once") {
    for (const auto when_full : {overflow::drop_oldest, overflow::drop_newest, overflow::fail}) {
        flooded f{when_full};
        int taken = 0;
        asio::co_spawn(
            f.w.io,
            [](flooded& all, int& count) -> asio::awaitable<void> {
                while (count < many) {
                    const auto event = co_await all.stream.next();
                    if (!event || event->op_code != count + 1) co_return;
                    ++count;
                }
            }(f, taken),
            asio::detached);
        f.ask();
        f.drain();
        CHECK(taken == many);
        CHECK(f.stream.dropped() == 0);
    }
}

TEST_CASE("a flood ends a stream that is to fail, and nothing else") {
    flooded f{overflow::fail};
    f.ask();
    f.drain();
    spawned<bool> reading;
    int taken = 0;
    finish(f.w.io, *f.w.time, reading, take_in_order(f.stream, *f.w.time, taken));
    CHECK(taken == static_cast<int>(room));
    REQUIRE(reading.failed);
    CHECK(reading.failed->code() == errc::overflow);
    CHECK(f.w.socket->is_connected());
    CHECK(f.w.closes.empty());
}

TEST_CASE("a flood is held back by a stream that waits: the server has to, and nothing is lost") {
    flooded f{overflow::wait};
    f.ask();
    f.w.settle();
    CHECK(f.stream.size() == room);
    // What the server is rid of is in the system's buffers.
    CHECK(f.line->sent < many / 2);
    const int stuck_at = f.line->sent;
    f.w.settle();
    CHECK(f.line->sent == stuck_at);

    int taken = 0;
    std::optional<bool> was_in_order;
    asio::co_spawn(f.w.io, take_in_order(f.stream, *f.w.time, taken),
                   [&](const std::exception_ptr&, bool result) { was_in_order = result; });
    f.until([&] { return was_in_order.has_value(); });
    CHECK(*was_in_order);
    CHECK(taken == many);
    CHECK(f.most == room);
    CHECK(f.stream.dropped() == 0);
    f.drain();
}

TEST_CASE("behind a consumer that stands still the socket stays, and can be closed") {
    auto config = unbounded();
    config.heartbeat = {};
    flooded f{overflow::wait, config};
    f.ask();
    f.w.settle();
    const auto began = f.w.time->now();
    f.until([&] { return f.w.time->now() - began >= 60s; });
    CHECK(f.w.socket->is_connected());
    CHECK(f.stream.size() == room);
    const auto asked = f.w.time->now();
    spawned<bool> closing;
    finish(f.w.io, *f.w.time, closing, ended(f.w.socket->close()));
    // The server answers once it is rid of everything.
    CHECK(f.w.time->now() == asked);
    CHECK(f.line->sent == many);
    CHECK(f.w.closes.size() == 1);
    f.w.settle();
    CHECK(f.answers == 1);
}

TEST_CASE("who is cut off while reading is held back was too slow") {
    const auto talk = [](frame_peer& peer) -> asio::awaitable<void> {
        std::string bytes;
        for (int i = 1; i <= 10; ++i)
            bytes += text_frame(R"({"match_data":{"op_code":")" + std::to_string(i) + R"("}})");
        co_await peer.send(bytes);
        co_await peer.time.sleep_for(30s);
        peer.below.finish();
        co_await peer.until_end();
    };
    socket_script w{talk};
    auto stream = w.socket->stream<match_data>({.capacity = 4, .when_full = overflow::wait});
    w.connect();
    const auto began = w.time->now();
    w.until([&] { return w.time->now() - began > 40s; });
    CHECK(w.closes.empty());
    for (int i = 1; i <= 10; ++i) {
        spawned<bool> reading;
        finish(w.io, *w.time, reading, ended(take(stream, i)));
        CHECK(reading.value.has_value());
    }
    w.until_closed();
    CHECK(w.closes[0].cause == close_cause::slow_reader);
}

TEST_CASE("max_messages_per_second bounds reading") {
    for (const std::size_t rate : {std::size_t{10'000}, std::size_t{100'000}}) {
        auto config = unbounded();
        config.max_messages_per_second = rate;
        flooded f{overflow::drop_oldest, config};
        const auto began = f.w.time->now();
        f.ask();
        f.drain();
        const auto took = f.w.time->now() - began;
        const auto least = std::chrono::milliseconds{1000 * many / static_cast<int>(rate)};
        CHECK(took >= least - 100ms);
        CHECK(took <= least + 100ms);
        CHECK(f.stream.dropped() == many - room);
    }
}

TEST_CASE("a socket that reads slowly is not in doubt about its server") {
    auto config = unbounded();
    config.heartbeat = {.interval = 50ms, .timeout = 20ms};
    config.max_messages_per_second = 10'000; // pauses of a tenth of a second
    flooded f{overflow::drop_oldest, config};
    f.ask();
    f.drain();
    CHECK(f.w.socket->is_connected());
}
