// What the sandbox costs those who test with it: how long a server takes to start, how long a small test's
// exchange takes on it, and what connected sockets take of memory, with their clients in another process.
// Exits with 1 where a figure misses what is promised.
#include "options.hpp"

#include <nakama/nakama.hpp>
#include <nakama/sandbox/server.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <malloc.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace asio = boost::asio;
namespace sandbox = nakama::sandbox;
using asio::ip::tcp;

namespace {

constexpr std::string_view usage = R"(Usage: bench-sandbox [options]

  --count N      connected sockets, 5000 by default
  --rounds N     of starting a server and of the exchange, 200 by default
  --json         print one object instead of text
  --help         this text
)";

constexpr double promised_start = 5;     // milliseconds
constexpr double promised_exchange = 20; // milliseconds

struct wishes {
    std::size_t count = 5000;
    std::size_t rounds = 200;
    bool json = false;
};

class missed : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Milliseconds that half of the rounds stay below, and nearly all.
struct spans {
    double median = 0;
    double nearly_all = 0; ///< 95 %
};

spans measure(std::size_t rounds, const std::function<void()>& work) {
    std::vector<double> all;
    for (std::size_t i = 0; i < std::max<std::size_t>(rounds, 1); ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        all.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::ranges::sort(all);
    return {.median = all[all.size() / 2], .nearly_all = all[all.size() * 95 / 100]};
}

/// Until it listens.
spans measure_start(std::size_t rounds, const sandbox::server_config& config) {
    asio::io_context io{1};
    return measure(rounds, [&] { const sandbox::server server{io.get_executor(), config}; });
}

asio::awaitable<void> exchange(const nakama::client& client) {
    auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    auto socket = client.create_socket();
    co_await socket.connect(session);
    const auto channel = co_await socket.channel_join({.target = "room"});
    auto messages = socket.stream<nakama::channel_message>();
    co_await socket.channel_message_send({.channel_id = channel.id, .content = R"({"text":"hello"})"});
    auto heard = co_await messages.next();
    if (!heard || heard->channel_id != channel.id) throw missed{"a message got lost"};
    co_await socket.close();
}

/// A server, a client, and what a small test does with them; all of it anew each time.
spans measure_exchange(std::size_t rounds) {
    return measure(rounds, [] {
        asio::io_context io{1};
        const sandbox::server server{io.get_executor()};
        const nakama::client client{io.get_executor(), {.port = server.port()}};
        bool done = false;
        asio::co_spawn(io, exchange(client), [&](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
            done = true;
        });
        while (!done) io.run_one();
    });
}

struct memory {
    double heap = 0;
    double resident = 0;

    static memory now() {
        const struct mallinfo2 info = ::mallinfo2();
        std::ifstream statm{"/proc/self/statm"};
        std::size_t size = 0, resident = 0;
        statm >> size >> resident;
        return {.heap = static_cast<double>(info.uordblks + info.hblkhd),
                .resident = static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE))};
    }
    /// KiB of each of `count`.
    [[nodiscard]] memory since(const memory& before, std::size_t count) const {
        const double each = 1024 * static_cast<double>(std::max<std::size_t>(count, 1));
        return {.heap = (heap - before.heap) / each, .resident = (resident - before.resident) / each};
    }
};

void raise_file_limit(std::size_t sockets) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < sockets + 200)
        throw std::runtime_error{"a process may have " + std::to_string(limit.rlim_cur) +
                                 " files open: raise the hard limit, or ask for fewer sockets with --count"};
}

/// Opens sockets one after the other and holds them until `line` is closed.
void hold_sockets(std::uint16_t port, std::size_t count, int line) {
    asio::io_context io{1};
    const tcp::endpoint server{asio::ip::address_v4::loopback(), port};
    const auto ask = [&](tcp::socket& socket, const std::string& request, std::string_view end) {
        asio::write(socket, asio::buffer(request));
        std::string answer;
        asio::read_until(socket, asio::dynamic_buffer(answer), end);
        return answer;
    };
    tcp::socket first{io};
    first.connect(server);
    const std::string signed_in =
        ask(first,
            "POST /v2/account/authenticate/device HTTP/1.1\r\nHost: x\r\nAuthorization: Basic "
            "ZGVmYXVsdGtleTo=\r\nContent-Length: 26\r\n\r\n{\"id\":\"device-0000000001\"}",
            "}");
    const auto begin = signed_in.find("\"token\":\"") + 9;
    const std::string handshake =
        "GET /ws HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
        signed_in.substr(begin, signed_in.find('"', begin) - begin) +
        "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    std::vector<tcp::socket> sockets;
    for (std::size_t i = 0; i < count; ++i) {
        sockets.emplace_back(io).connect(server);
        (void)ask(sockets.back(), handshake, "\r\n\r\n");
    }
    char word = 'x';
    if (write(line, &word, 1) != 1 || read(line, &word, 1) < 0) throw std::runtime_error{"nobody listens"};
}

struct connected {
    memory each{};
    double milliseconds = 0; ///< for opening one
};

connected measure_sockets(std::size_t count) {
    raise_file_limit(count);
    asio::io_context io{1};
    const sandbox::server server{io.get_executor(), {.token_expiry = std::chrono::hours{1}}};
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        throw std::runtime_error{"no socketpair"};
    const pid_t clients = fork();
    if (clients < 0) throw std::runtime_error{"no process to be had"};
    if (clients == 0) {
        close(ends[0]);
        try {
            hold_sockets(server.port(), count, ends[1]);
            _exit(EXIT_SUCCESS);
        } catch (const std::exception& failure) {
            std::cerr << "bench-sandbox: " << failure.what() << std::endl;
            _exit(EXIT_FAILURE);
        }
    }
    close(ends[1]);
    malloc_trim(0);
    const auto before = memory::now();
    const auto start = std::chrono::steady_clock::now();
    asio::posix::stream_descriptor line{io, ends[0]};
    char word = 0;
    bool done = false;
    line.async_read_some(asio::buffer(&word, 1), [&](auto...) { done = true; });
    while (!done) io.run_one();
    connected found;
    const double each = static_cast<double>(std::max<std::size_t>(count, 1));
    found.milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count() / each;
    found.each = memory::now().since(before, count);
    const std::size_t open = server.socket_count();
    line.close();
    waitpid(clients, nullptr, 0);
    if (open != count) throw missed{std::to_string(open) + " sockets are open, not " + std::to_string(count)};
    return found;
}

wishes read(bench::options given) {
    wishes wanted;
    while (given.next()) {
        if (given.is("--json")) wanted.json = true;
        else if (given.is("--count")) wanted.count = given.number<std::size_t>();
        else if (given.is("--rounds")) wanted.rounds = given.number<std::size_t>();
        else given.unknown();
    }
    return wanted;
}

} // namespace

int main(int count, char** arguments) {
    if (count == 2 && arguments[1] == std::string_view{"--help"}) {
        std::cout << usage;
        return EXIT_SUCCESS;
    }
    try {
        const wishes wanted = read({count, arguments});
        const spans start = measure_start(wanted.rounds, {});
        const spans start_tls = measure_start(wanted.rounds, {.tls = sandbox::tls_config{}});
        const spans small = measure_exchange(wanted.rounds);
        const connected sockets = measure_sockets(wanted.count);
        std::cout << std::fixed << std::setprecision(3);
        if (wanted.json)
            std::cout << "{\"start_ms\":" << start.median << ",\"start_95_ms\":" << start.nearly_all
                      << ",\"start_tls_ms\":" << start_tls.median
                      << ",\"start_tls_95_ms\":" << start_tls.nearly_all
                      << ",\"exchange_ms\":" << small.median << ",\"exchange_95_ms\":" << small.nearly_all
                      << ",\"sockets\":" << wanted.count << ",\"socket_heap_kib\":" << sockets.each.heap
                      << ",\"socket_resident_kib\":" << sockets.each.resident
                      << ",\"socket_open_ms\":" << sockets.milliseconds << "}\n";
        else
            std::cout << "milliseconds: median, 95 %\n"
                      << "  to start a server         " << start.median << ", " << start.nearly_all << '\n'
                      << "  with TLS                  " << start_tls.median << ", " << start_tls.nearly_all
                      << '\n'
                      << "  start, sign in, socket,\n"
                      << "  join, message, close      " << small.median << ", " << small.nearly_all << '\n'
                      << wanted.count << " connected sockets\n"
                      << "  KiB each of the server    " << sockets.each.heap << " heap in use, "
                      << sockets.each.resident << " resident\n"
                      << "  milliseconds to open one  " << sockets.milliseconds << '\n';
        if (start.nearly_all > promised_start) throw missed{"a server takes more than 5 ms to start"};
        if (small.nearly_all > promised_exchange) throw missed{"a small exchange takes more than 20 ms"};
        return EXIT_SUCCESS;
    } catch (const missed& promise) {
        std::cerr << "bench-sandbox: missed: " << promise.what() << '\n';
    } catch (const std::invalid_argument& bad) {
        std::cerr << "bench-sandbox: " << bad.what() << '\n';
        return 2;
    } catch (const std::exception& failure) {
        std::cerr << "bench-sandbox: " << failure.what() << '\n';
    }
    return EXIT_FAILURE;
}
