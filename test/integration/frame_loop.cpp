// What a game does once a frame: it costs no allocation.
#include "support/allocations.hpp"
#include "support/test_server.hpp"

#include <nakama/deadline.hpp>
#include <nakama/poll_for.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

/// A sandbox and a player who sends, on a thread of their own: what they allocate is not counted.
class other_side {
public:
    other_side() : thread_{[this] { run(); }} { port = ready_.get_future().get(); }
    ~other_side() {
        is_over_ = true;
        asio::post(io_, [this] { io_.stop(); });
        thread_.join();
    }
    other_side(const other_side&) = delete;
    other_side& operator=(const other_side&) = delete;

    std::uint16_t port = 0;
    std::atomic<int> wanted{0}; ///< how many moves are to have been sent
    std::atomic<int> sent{0};

private:
    void run() {
        sandbox::server server{io_.get_executor()};
        client sender{io_.get_executor(), {.port = server.port()}};
        asio::co_spawn(io_, send(sender), asio::detached);
        ready_.set_value(server.port());
        io_.run();
    }

    asio::awaitable<void> send(client& sender) {
        const auto session = co_await sender.authenticate_device({.id = "device-of-the-sender"});
        auto socket = sender.create_socket();
        co_await socket.connect(session);
        auto match = co_await socket.create_match({.name = "arena"});
        co_await match.wait_for_members(2);
        const std::string data(64, 'x');
        while (!is_over_) {
            while (sent < wanted) co_await match.send({.op_code = ++sent, .data = data});
            co_await asio::post(io_, asio::use_awaitable);
        }
    }

    asio::io_context io_;
    std::promise<std::uint16_t> ready_;
    std::atomic<bool> is_over_{false};
    std::thread thread_;
};

} // namespace

TEST_CASE("receiving match data allocates nothing once memory is warm") {
    other_side other;
    asio::io_context io;
    client receiver{io.get_executor(), {.port = other.port}};
    std::optional<nakama::socket> socket;
    std::optional<joined_match> match;
    int heard = 0;
    asio::co_spawn(
        io,
        [&]() -> asio::awaitable<void> {
            const auto session = co_await receiver.authenticate_device({.id = "device-of-the-receiver"});
            socket = receiver.create_socket({.heartbeat = {.interval = 0ms}});
            co_await socket->connect(session);
            socket->on_match_data([&](const match_data&) { ++heard; });
            match = co_await socket->create_match({.name = "arena"});
        },
        asio::detached);
    const auto give_up = std::chrono::steady_clock::now() + 30s;
    const auto in_time = [&] { return std::chrono::steady_clock::now() < give_up; };
    while (!match && in_time()) poll_for(io, 1ms);
    REQUIRE(match);

    match_data move;
    std::int64_t last = 0;
    const auto frames_until = [&](std::int64_t op_code) {
        while (last < op_code && in_time()) {
            poll_for(io, 1ms);
            while (match->try_next(move)) {
                REQUIRE(move.op_code == last + 1);
                last = move.op_code;
            }
        }
    };
    // More at once than will come later, none of it taken before all is there: now all memory has its size.
    other.wanted = 1000;
    while (other.sent < 1000 && in_time()) std::this_thread::yield();
    while (heard < 1000 && in_time()) poll_for(io, 1ms);
    frames_until(1000);
    // And the memory that the first move was taken into has gone round.
    frames_until(other.wanted += 100);
    REQUIRE(last == 1100);
    // A buffer may still come to its last size, as chance has it, but that has an end.
    std::size_t fewest = 1;
    for (int series = 0; series < 3 && fewest > 0; ++series) {
        const auto before = allocations::so_far();
        for (int i = 0; i < 40; ++i) frames_until(other.wanted += 100);
        fewest = (allocations::so_far() - before).count;
    }
    REQUIRE(last == other.wanted);
    CHECK(heard == other.wanted);
    CHECK(move.data == std::string(64, 'x'));
    CHECK(fewest == 0);
}

TEST_CASE("sockets without a heartbeat have nothing to do while they are idle") {
    other_side other;
    asio::io_context io;
    const auto time = std::make_shared<virtual_clock>();
    client owner{io.get_executor(), {.port = other.port, .clock = time}};
    std::vector<nakama::socket> sockets;
    run(io, [&]() -> asio::awaitable<void> {
        const auto session = co_await owner.authenticate_device({.id = "device-of-the-idle"});
        for (int i = 0; i < 20; ++i) {
            sockets.push_back(owner.create_socket({.heartbeat = {.interval = 0ms}}));
            co_await sockets.back().connect(session);
        }
    }());
    while (io.poll() > 0) {
    }
    CHECK(time->pending() == 0);
    CHECK(std::ranges::all_of(sockets, &nakama::socket::is_connected));
}

TEST_CASE("a frame keeps its budget, and the rest comes later") {
    asio::io_context io;
    int runs = 0;
    std::function<void()> again = [&] {
        ++runs;
        asio::post(io, again);
    };
    asio::post(io, again);
    CHECK(poll_for(io, 0ms) == 1);
    CHECK(runs == 1);
    CHECK(poll_for(io, 2ms) > 1);
    const int so_far = runs;
    again = [&] { ++runs; };
    CHECK(poll_for(io, 1s) >= 1);
    CHECK(runs > so_far);
    CHECK(poll_for(io, 1s) == 0);
}
