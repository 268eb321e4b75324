#include "floor.hpp"

#include "answers.hpp"
#include "burst_line.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <memory>
#include <stdexcept>
#include <vector>

namespace bench::floor {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace json = boost::json;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using tls_stream = asio::ssl::stream<tcp::socket>;

template <class Stream>
struct opened {
    explicit opened(const asio::any_io_executor& executor) : context{asio::ssl::context::tls_client} {
        if constexpr (std::is_same_v<Stream, tls_stream>)
            stream = std::make_unique<Stream>(executor, context);
        else stream = std::make_unique<Stream>(executor);
    }

    asio::awaitable<void> connect(std::uint16_t port) {
        auto& lowest = beast::get_lowest_layer(*stream);
        co_await lowest.async_connect({asio::ip::address_v4::loopback(), port}, asio::use_awaitable);
        lowest.set_option(tcp::no_delay{true});
        if constexpr (std::is_same_v<Stream, tls_stream>)
            co_await stream->async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
    }

    asio::ssl::context context;
    std::unique_ptr<Stream> stream;
};

template <class Stream>
asio::awaitable<void> get_in_turn(Stream& stream, const std::string& target, std::size_t calls, answers how,
                                  meter* latencies) {
    beast::flat_buffer buffer;
    buffer.reserve(64 * 1024);
    std::vector<unsigned char> memory(256 * 1024);
    http::request<http::empty_body> request{http::verb::get, target, 11};
    request.set(http::field::host, "127.0.0.1");
    request.set(http::field::authorization, "Bearer e30.e30.e30");
    request.set(http::field::accept, "application/json");
    for (std::size_t i = 0; i < calls; ++i) {
        const auto start = meter::clock::now();
        co_await http::async_write(stream, request, asio::use_awaitable);
        http::response<http::string_body> response;
        co_await http::async_read(stream, buffer, response, asio::use_awaitable);
        if (response.body().size() < 100) throw std::runtime_error{"a wrong answer"};
        if (how == answers::parsed) {
            json::monotonic_resource resource{memory.data(), memory.size()};
            const json::value document = json::parse(response.body(), &resource);
            if (!document.is_object()) throw std::runtime_error{"a wrong answer"};
        }
        if (latencies) latencies->took(meter::clock::now() - start);
    }
}

template <class Stream>
asio::awaitable<void> get_over(std::uint16_t port, std::string target, std::size_t connections,
                               std::size_t calls, answers how, meter& meter) {
    const auto executor = co_await asio::this_coro::executor;
    std::vector<std::unique_ptr<opened<Stream>>> all;
    for (std::size_t i = 0; i < connections; ++i) {
        all.push_back(std::make_unique<opened<Stream>>(executor));
        co_await all.back()->connect(port);
        co_await get_in_turn(*all.back()->stream, target, 10, how, nullptr);
    }
    meter.begin();
    if (connections == 1) {
        co_await get_in_turn(*all.front()->stream, target, calls, how, &meter);
    } else {
        std::size_t under_way = connections;
        asio::steady_timer done{executor, asio::steady_timer::time_point::max()};
        std::exception_ptr failure;
        for (auto& one : all)
            asio::co_spawn(executor, get_in_turn(*one->stream, target, calls, how, nullptr),
                           [&](std::exception_ptr thrown) {
                               if (thrown) failure = thrown;
                               if (--under_way == 0) done.cancel();
                           });
        boost::system::error_code ignored;
        while (under_way > 0) co_await done.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        if (failure) std::rethrow_exception(failure);
    }
    meter.end(connections * calls);
}

template <class Stream>
asio::awaitable<void> open(websocket::stream<Stream&>& socket) {
    socket.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
        request.set(http::field::authorization, "Bearer e30.e30.e30");
    }));
    co_await socket.async_handshake("127.0.0.1", "/ws?format=json", asio::use_awaitable);
}

template <class Stream>
asio::awaitable<void> ask_over(std::uint16_t port, std::string message, std::size_t calls, meter& meter) {
    const auto executor = co_await asio::this_coro::executor;
    opened<Stream> line{executor};
    co_await line.connect(port);
    websocket::stream<Stream&> socket{*line.stream};
    co_await open(socket);
    beast::flat_buffer buffer;
    buffer.reserve(64 * 1024);
    meter.begin();
    for (std::size_t i = 0; i < calls; ++i) {
        const auto start = bench::meter::clock::now();
        co_await socket.async_write(asio::buffer(message), asio::use_awaitable);
        co_await socket.async_read(buffer, asio::use_awaitable);
        buffer.clear();
        meter.took(bench::meter::clock::now() - start);
    }
    meter.end(calls);
}

struct window {
    std::size_t sent = 0;
    std::size_t received = 0;
};

template <class Socket>
asio::awaitable<void> send_all(Socket& socket, const std::string& message, std::size_t messages,
                               std::size_t outstanding, window& window, asio::steady_timer& room) {
    boost::system::error_code ignored;
    while (window.sent < messages) {
        if (window.sent - window.received >= outstanding) {
            co_await room.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            continue;
        }
        co_await socket.async_write(asio::buffer(message), asio::use_awaitable);
        ++window.sent;
    }
}

template <class Stream>
asio::awaitable<void> exchange_over(std::uint16_t port, std::string message, std::size_t messages,
                                    std::size_t outstanding, meter& meter) {
    const auto executor = co_await asio::this_coro::executor;
    opened<Stream> line{executor};
    co_await line.connect(port);
    websocket::stream<Stream&> socket{*line.stream};
    co_await open(socket);
    beast::flat_buffer buffer;
    buffer.reserve(64 * 1024);
    asio::steady_timer room{executor, asio::steady_timer::time_point::max()};
    window window;
    meter.begin();
    asio::co_spawn(executor, send_all(socket, message, messages, outstanding, window, room), asio::detached);
    while (window.received < messages) {
        co_await socket.async_read(buffer, asio::use_awaitable);
        buffer.clear();
        // Woken when half of the window is free: otherwise each message would cost a wake-up.
        if (++window.received + outstanding / 2 >= window.sent) room.cancel();
    }
    meter.end(messages);
}

} // namespace

asio::awaitable<void> get(destination to, std::string target, std::size_t connections, std::size_t calls,
                          answers how, meter& meter) {
    return to.tls ? get_over<tls_stream>(to.port, std::move(target), connections, calls, how, meter)
                  : get_over<tcp::socket>(to.port, std::move(target), connections, calls, how, meter);
}

asio::awaitable<void> ask(destination to, std::string message, std::size_t calls, meter& meter) {
    return to.tls ? ask_over<tls_stream>(to.port, std::move(message), calls, meter)
                  : ask_over<tcp::socket>(to.port, std::move(message), calls, meter);
}

asio::awaitable<void> exchange(destination to, std::string message, std::size_t messages,
                               std::size_t outstanding, meter& meter) {
    return to.tls ? exchange_over<tls_stream>(to.port, std::move(message), messages, outstanding, meter)
                  : exchange_over<tcp::socket>(to.port, std::move(message), messages, outstanding, meter);
}

void frames(destination to, std::size_t frames, meter& meter) {
    asio::io_context io{1};
    websocket::stream<tcp::socket> socket{io};
    socket.next_layer().connect({asio::ip::address_v4::loopback(), to.port});
    socket.next_layer().set_option(tcp::no_delay{true});
    socket.handshake("127.0.0.1", "/ws?format=json");
    beast::flat_buffer buffer;
    buffer.reserve(64 * 1024);
    int received = 0;
    std::exception_ptr failure;
    const auto read_all = [&]() -> asio::awaitable<void> {
        for (;; ++received) {
            co_await socket.async_read(buffer, asio::use_awaitable);
            buffer.clear();
        }
    };
    asio::co_spawn(io, read_all(), [&](std::exception_ptr thrown) { failure = thrown; });
    burst_line line{to.port};
    const auto frame = [&] {
        for (received = 0; received < burst;) {
            io.poll();
            if (failure) std::rethrow_exception(failure);
        }
    };
    measure_frames(frames, line, frame, meter);
}

} // namespace bench::floor
