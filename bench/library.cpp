#include "library.hpp"

#include "answers.hpp"
#include "burst_line.hpp"

#include <nakama/nakama.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <stdexcept>
#include <string>

namespace bench::library {

nakama::client make_client(const asio::any_io_executor& executor, destination to, std::size_t connections,
                           std::shared_ptr<nakama::observer> observer) {
    return nakama::client{executor,
                          {.port = to.port,
                           .tls = to.tls,
                           .tls_options = {.danger_accept_any_certificate = to.tls},
                           .limits = {.connections = connections, .idle_connections = connections},
                           .observer = std::move(observer)}};
}

const nakama::session& anybody() {
    static const nakama::session session{"e30.e30.e30", ""};
    return session;
}

namespace {

asio::awaitable<void> get_in_turn(const nakama::client& client, std::size_t calls, meter* latencies) {
    for (std::size_t i = 0; i < calls; ++i) {
        const auto start = meter::clock::now();
        auto account = co_await client.get_account(anybody());
        if (account.devices.size() != 1) throw std::runtime_error{"a wrong answer"};
        if (latencies) latencies->took(meter::clock::now() - start);
    }
}

struct window {
    std::size_t sent = 0;
    std::size_t received = 0;
};

asio::awaitable<void> send_all(nakama::socket& socket, const std::string& data, std::size_t messages,
                               std::size_t outstanding, window& window, asio::steady_timer& room) {
    boost::system::error_code ignored;
    while (window.sent < messages) {
        if (window.sent - window.received >= outstanding) {
            co_await room.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            continue;
        }
        co_await socket.match_data_send({.match_id = match_id, .op_code = 7, .data = data});
        ++window.sent;
    }
}

} // namespace

asio::awaitable<void> get_account(destination to, std::size_t lanes, std::size_t calls, meter& meter) {
    const auto executor = co_await asio::this_coro::executor;
    const nakama::client client = make_client(executor, to, lanes);
    std::size_t under_way = 0;
    std::exception_ptr failure;
    asio::steady_timer done{executor, asio::steady_timer::time_point::max()};
    const auto side_by_side = [&](std::size_t each) {
        under_way = lanes;
        for (std::size_t i = 0; i < lanes; ++i)
            asio::co_spawn(executor, get_in_turn(client, each, nullptr), [&](std::exception_ptr thrown) {
                if (thrown) failure = thrown;
                if (--under_way == 0) done.cancel();
            });
    };
    boost::system::error_code ignored;
    side_by_side(10);
    while (under_way > 0) co_await done.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    meter.begin();
    if (lanes == 1) {
        co_await get_in_turn(client, calls, &meter);
    } else {
        side_by_side(calls);
        while (under_way > 0) co_await done.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    meter.end(lanes * calls);
    if (failure) std::rethrow_exception(failure);
}

asio::awaitable<void> list_friends(destination to, std::size_t calls, meter& meter) {
    const auto executor = co_await asio::this_coro::executor;
    const nakama::client client = make_client(executor, to);
    for (std::size_t i = 0; i < 10; ++i) co_await client.list_friends(anybody(), {.limit = 100});
    meter.begin();
    for (std::size_t i = 0; i < calls; ++i) {
        const auto start = bench::meter::clock::now();
        auto page = co_await client.list_friends(anybody(), {.limit = 100});
        if (page.friends.size() != 100) throw std::runtime_error{"a wrong answer"};
        meter.took(bench::meter::clock::now() - start);
    }
    meter.end(calls);
}

asio::awaitable<void> rpc(destination to, std::size_t calls, meter& meter) {
    const auto executor = co_await asio::this_coro::executor;
    const nakama::client client = make_client(executor, to);
    auto socket = client.create_socket();
    co_await socket.connect(anybody());
    meter.begin();
    for (std::size_t i = 0; i < calls; ++i) {
        const auto start = bench::meter::clock::now();
        auto answer = co_await socket.rpc({.id = "echo", .payload = R"({"n":21})"});
        if (answer.payload.empty()) throw std::runtime_error{"a wrong answer"};
        meter.took(bench::meter::clock::now() - start);
    }
    meter.end(calls);
}

asio::awaitable<void> match_data(destination to, std::size_t bytes, std::size_t messages,
                                 std::size_t outstanding, meter& meter) {
    const auto executor = co_await asio::this_coro::executor;
    const nakama::client client = make_client(executor, to);
    auto socket = client.create_socket({.max_messages_per_second = 0}); // its bound is not what is measured
    co_await socket.connect(anybody());
    auto moves = socket.stream<nakama::match_data>();
    const std::string data(bytes, 'M');
    asio::steady_timer room{executor, asio::steady_timer::time_point::max()};
    window window;
    nakama::match_data move;
    meter.begin();
    asio::co_spawn(executor, send_all(socket, data, messages, outstanding, window, room), asio::detached);
    while (window.received < messages) {
        if (!moves.try_next(move)) {
            auto next = co_await moves.next();
            if (!next) throw std::runtime_error{"the socket has ended"};
            move = std::move(*next);
        }
        if (move.op_code != 7 || move.data.size() != bytes) throw std::runtime_error{"a wrong message"};
        if (++window.received + outstanding / 2 >= window.sent) room.cancel();
    }
    meter.end(messages);
}

void frames(destination to, std::size_t frames, meter& meter) {
    asio::io_context io{1};
    const nakama::client client = make_client(io.get_executor(), to);
    auto socket = client.create_socket({.max_messages_per_second = 0});
    bool connected = false;
    asio::co_spawn(io, socket.connect(anybody()), [&](std::exception_ptr thrown) {
        if (thrown) std::rethrow_exception(thrown);
        connected = true;
    });
    while (!connected) io.run_one();
    auto moves = socket.stream<nakama::match_data>();
    burst_line line{to.port};
    nakama::match_data move;
    const auto frame = [&] {
        for (int received = 0; received < burst;) {
            io.poll();
            for (; moves.try_next(move); ++received)
                if (move.data.size() != small_bytes) throw std::runtime_error{"a wrong message"};
            if (!socket.is_connected()) throw std::runtime_error{"the socket has ended"};
        }
    };
    measure_frames(frames, line, frame, meter);
}

} // namespace bench::library
