#include "sockets.hpp"

#include "library.hpp"
#include "peer_process.hpp"

#include <nakama/nakama.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <vector>

#if defined(HAS_MALLINFO2)
#include <malloc.h>
#endif
#include <sys/resource.h>

namespace bench::sockets {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using namespace std::chrono_literals;

constexpr std::size_t at_a_time = 32; // handshakes
constexpr auto idle_time = 2s;
constexpr auto patience = 60s; // with opening all, and with all heartbeats

double heap_in_use() {
#if defined(HAS_MALLINFO2)
    const struct mallinfo2 info = ::mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd);
#else
    return 0;
#endif
}

/// Counts heartbeats: asking every socket would take longer than they do.
struct heartbeat_counter final : nakama::observer {
    void on_round_trip(std::chrono::microseconds) noexcept override { ++count; }
    std::size_t count = 0;
};

class library_side {
public:
    library_side(asio::io_context& io, floor::destination to, std::size_t count,
                 std::chrono::milliseconds heartbeat)
        : client_{library::make_client(io.get_executor(), to, at_a_time, counter_)}, heartbeat_{heartbeat} {
        sockets_.reserve(count);
    }

    asio::awaitable<void> open() {
        auto& socket = sockets_.emplace_back(client_.create_socket({.heartbeat = {.interval = heartbeat_}}));
        co_await socket.connect(library::anybody());
    }
    bool all_open() const { return std::ranges::all_of(sockets_, &nakama::socket::is_connected); }

    /// Heartbeats are their own business.
    void start_heartbeats() {}
    std::size_t heartbeats() const { return counter_->count; }

private:
    std::shared_ptr<heartbeat_counter> counter_ = std::make_shared<heartbeat_counter>();
    nakama::client client_;
    std::chrono::milliseconds heartbeat_;
    std::vector<nakama::socket> sockets_;
};

template <class Stream>
class floor_side {
public:
    floor_side(asio::io_context& io, floor::destination to, std::size_t count)
        : io_{io}, server_{asio::ip::address_v4::loopback(), to.port} {
        sockets_.reserve(count);
    }

    asio::awaitable<void> open() {
        auto& one = *sockets_.emplace_back(std::make_unique<socket>(io_, tls_));
        auto& lowest = beast::get_lowest_layer(one.stream);
        co_await lowest.async_connect(server_, asio::use_awaitable);
        lowest.set_option(tcp::no_delay{true});
        if constexpr (is_tls)
            co_await one.stream.next_layer().async_handshake(asio::ssl::stream_base::client,
                                                             asio::use_awaitable);
        co_await one.stream.async_handshake("127.0.0.1", "/ws?format=json", asio::use_awaitable);
        read(one);
    }
    bool all_open() const {
        return std::ranges::all_of(sockets_, [](const auto& one) { return one->stream.is_open(); });
    }

    void start_heartbeats() {
        for (const auto& one : sockets_)
            one->stream.async_write(asio::buffer(std::string_view{R"({"cid":"1","ping":{}})"}),
                                    [](auto...) {});
    }
    std::size_t heartbeats() const { return answered_; }

private:
    static constexpr bool is_tls = std::is_same_v<Stream, asio::ssl::stream<tcp::socket>>;

    struct socket {
        socket(asio::io_context& io, asio::ssl::context& tls)
            requires is_tls
            : stream{io, tls} {}
        socket(asio::io_context& io, asio::ssl::context&)
            requires(!is_tls)
            : stream{io} {}
        websocket::stream<Stream, false> stream;
        beast::flat_buffer buffer;
    };

    void read(socket& from) {
        from.stream.async_read(from.buffer, [this, &from](beast::error_code failed, std::size_t) {
            if (failed) return;
            ++answered_;
            from.buffer.clear();
            read(from);
        });
    }

    asio::io_context& io_;
    asio::ssl::context tls_{asio::ssl::context::tls_client};
    tcp::endpoint server_;
    std::vector<std::unique_ptr<socket>> sockets_;
    std::size_t answered_ = 0;
};

template <class Side>
asio::awaitable<void> open_in_turn(Side& side, std::size_t& left, meter& meter) {
    while (left > 0) {
        --left;
        const auto start = bench::meter::clock::now();
        co_await side.open();
        meter.took(bench::meter::clock::now() - start);
    }
}

template <class Side>
void open_all(asio::io_context& io, Side& side, std::size_t count, meter& meter) {
    std::size_t left = count, lanes = at_a_time;
    for (std::size_t i = 0; i < at_a_time; ++i)
        asio::co_spawn(io, open_in_turn(side, left, meter), [&](std::exception_ptr thrown) {
            if (thrown) std::rethrow_exception(thrown);
            --lanes;
        });
    const auto end = meter::clock::now() + patience;
    while (lanes > 0)
        if (io.run_one_until(end) == 0) throw std::runtime_error{"opening the sockets takes too long"};
}

double idle_microseconds(asio::io_context& io) {
    io.run_for(200ms); // what opening has left to be done
    const double used = processor_microseconds();
    io.run_for(idle_time);
    return (processor_microseconds() - used) / std::chrono::duration<double>(idle_time).count();
}

/// Opens them, weighs them, and waits until each has had a heartbeat.
template <class Side>
figures measure(asio::io_context& io, Side& side, std::size_t count) {
    figures found;
    meter meter;
    meter.begin();
    const double heap = heap_in_use();
    const auto start = bench::meter::clock::now();
    open_all(io, side, count, meter);
    found.opened_per_second = static_cast<double>(count) /
                              std::chrono::duration<double>(bench::meter::clock::now() - start).count();
    found.heap = (heap_in_use() - heap) / static_cast<double>(count);
    meter.end(count);
    found.open = meter.result();

    meter.begin();
    side.start_heartbeats();
    // Not looked at after every event, since that takes longer than the event.
    const auto end = bench::meter::clock::now() + patience;
    while (side.heartbeats() < count && bench::meter::clock::now() < end) io.run_for(200ms);
    meter.end(side.heartbeats());
    found.heartbeat = meter.result();
    found.heap = std::max(found.heap, (heap_in_use() - heap) / static_cast<double>(count));
    found.all_stayed = side.all_open() && side.heartbeats() >= count;
    return found;
}

} // namespace

std::size_t most() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    constexpr rlim_t others = 100;
    return limit.rlim_cur > others ? static_cast<std::size_t>(limit.rlim_cur - others) : 1;
}

figures of_library(const std::string& peer, std::size_t count) {
    figures found;
    {
        const peer_process server{peer};
        asio::io_context io{1};
        library_side side{io, {server.port(false)}, count, nakama::heartbeat_policy{}.interval};
        found = measure(io, side, count);
    }
    const peer_process server{peer};
    asio::io_context io{1};
    library_side quiet{io, {server.port(false)}, count, 0ms};
    meter ignored;
    open_all(io, quiet, count, ignored);
    found.idle = idle_microseconds(io);
    found.all_stayed = found.all_stayed && quiet.all_open();
    return found;
}

figures of_floor(const std::string& peer, std::size_t count) {
    const peer_process server{peer};
    asio::io_context io{1};
    floor_side<tcp::socket> side{io, {server.port(false)}, count};
    figures found = measure(io, side, count);
    found.idle = idle_microseconds(io);
    return found;
}

figures of_library_over_tls(const std::string& peer, std::size_t count) {
    const peer_process server{peer};
    asio::io_context io{1};
    library_side side{io, {server.port(true), true}, count, nakama::heartbeat_policy{}.interval};
    return measure(io, side, count);
}

figures of_floor_over_tls(const std::string& peer, std::size_t count) {
    const peer_process server{peer};
    asio::io_context io{1};
    floor_side<asio::ssl::stream<tcp::socket>> side{io, {server.port(true), true}, count};
    return measure(io, side, count);
}

} // namespace bench::sockets
