// What sockets cost the client: memory of each while idle, against plain Beast in the same run, then
// processor time of messages that pass through a match while the others are idle. The sandbox runs in another
// process. Exits with 1 where a figure misses what is promised.
#include <nakama/nakama.hpp>
#include <nakama/sandbox/server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <malloc.h>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;

namespace {

constexpr std::string_view usage = R"(Usage: bench-sockets [options]

  --count N      idle sockets, 10000 by default
  --messages N   passed through a match, 200000 by default
  --idle SECONDS to look at the idle sockets, 12 by default: enough for each one's first ping
  --limit SECONDS for everything, 240 by default
  --json         print one object instead of text
  --help         this text
)";

constexpr double promised_kib = 12;
constexpr std::size_t message_bytes = 64;
constexpr std::size_t outstanding = 48; // less than makes the server drop a slow reader
constexpr std::size_t at_a_time = 32;   // sign-ins and handshakes

std::size_t allocations = 0;

struct options {
    std::size_t count = 10'000;
    std::size_t messages = 200'000;
    std::chrono::seconds idle{12};
    std::chrono::seconds limit{240};
    bool json = false;
};

/// What is promised and not kept.
class missed : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

using deadline = std::chrono::steady_clock::time_point;

double seconds_since(deadline start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct memory {
    double heap = 0; ///< in use
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
    memory since(const memory& before, std::size_t count) const {
        const double each = 1024 * static_cast<double>(std::max<std::size_t>(count, 1));
        return {.heap = (heap - before.heap) / each, .resident = (resident - before.resident) / each};
    }
};

/// Each of the processes holds one end of every connection.
void raise_file_limit(std::size_t sockets) {
    const rlim_t needed = sockets + 200;
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur < needed)
        throw std::runtime_error{"a process may have " + std::to_string(limit.rlim_cur) +
                                 " files open, and " + std::to_string(needed) +
                                 " are needed: raise the hard limit (ulimit -Hn " + std::to_string(needed) +
                                 " as root, or limits.conf), or ask for fewer sockets with --count"};
}

/// Another process, at the other end of a line. It is to end when the line does.
class child {
public:
    explicit child(const std::function<void(int line)>& work) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            throw std::runtime_error{"no socketpair"};
        line_ = ends[0];
        process_ = fork();
        if (process_ < 0) throw std::runtime_error{"no process to be had"};
        if (process_ == 0) {
            close(ends[0]);
            try {
                work(ends[1]);
                _exit(EXIT_SUCCESS);
            } catch (const std::exception& failure) {
                std::cerr << "bench-sockets: " << failure.what() << std::endl;
                _exit(EXIT_FAILURE);
            }
        }
        close(ends[1]);
    }
    ~child() {
        close(line_);
        waitpid(process_, nullptr, 0);
    }
    child(const child&) = delete;
    child& operator=(const child&) = delete;

    /// What it says first.
    template <class T>
    T hear() const {
        T said{};
        if (recv(line_, &said, sizeof said, MSG_WAITALL) != sizeof said)
            throw std::runtime_error{"a process that was needed has failed"};
        return said;
    }

private:
    int line_ = -1;
    pid_t process_ = -1;
};

template <class T>
void say(int line, const T& what) {
    if (send(line, &what, sizeof what, MSG_NOSIGNAL) != sizeof what)
        throw std::runtime_error{"nobody listens"};
}

void serve(int line) {
    asio::io_context io{1};
    nakama::sandbox::server server{io.get_executor(), {.token_expiry = std::chrono::hours{1}}};
    say(line, server.port());
    asio::posix::stream_descriptor parent{io, line};
    char nothing = 0;
    parent.async_read_some(asio::buffer(&nothing, 1), [&](auto...) { io.stop(); });
    io.run();
}

/// Runs `io` until all of `work` has completed.
void complete(asio::io_context& io, std::deque<asio::awaitable<void>> work, std::string_view what,
              deadline until) {
    std::size_t left = work.size();
    std::exception_ptr failure;
    for (auto& each : work)
        asio::co_spawn(io, std::move(each), [&](std::exception_ptr thrown) {
            --left;
            if (thrown && !failure) failure = thrown;
        });
    while (left > 0 && !failure && io.run_one_until(until) > 0) {
    }
    if (failure) std::rethrow_exception(failure);
    if (left > 0) throw std::runtime_error{"the time is up while " + std::string{what}};
}

void complete(asio::io_context& io, asio::awaitable<void> work, std::string_view what, deadline until) {
    std::deque<asio::awaitable<void>> alone;
    alone.push_back(std::move(work));
    complete(io, std::move(alone), what, until);
}

/// Does `work` for 0 to `count` - 1, some of them at a time.
template <class Work>
void for_each(asio::io_context& io, std::size_t count, Work& work, std::string_view what, deadline until) {
    std::size_t next = 0;
    const auto some = [&]() -> asio::awaitable<void> {
        while (next < count) co_await work(next++);
    };
    std::deque<asio::awaitable<void>> workers;
    for (std::size_t i = 0; i < std::min(at_a_time, count); ++i) workers.push_back(some());
    complete(io, std::move(workers), what, until);
}

asio::awaitable<void> sign_in(const nakama::client& client, std::size_t number,
                              std::vector<nakama::session>& sessions) {
    const std::string id = "bench-sockets-" + std::to_string(number);
    auto session = co_await client.authenticate_device({.id = id});
    sessions.push_back(std::move(session));
}

/// The least that Beast does: a stream with a read under way.
struct plain_socket {
    explicit plain_socket(asio::io_context& io) : stream{io} {}

    asio::awaitable<void> connect(std::uint16_t port, const std::string& target) {
        auto& below = stream.next_layer();
        co_await below.async_connect({asio::ip::address_v4::loopback(), port}, asio::use_awaitable);
        co_await stream.async_handshake("127.0.0.1", target, asio::use_awaitable);
        stream.async_read(buffer, [](auto...) {});
    }

    websocket::stream<tcp::socket, false> stream;
    boost::beast::flat_buffer buffer;
};

memory measure_floor(std::uint16_t port, std::size_t count, deadline until) {
    asio::io_context io{1};
    std::vector<nakama::session> sessions;
    std::vector<std::unique_ptr<plain_socket>> sockets;
    {
        const nakama::client client{io.get_executor(), {.port = port}};
        complete(io, sign_in(client, 0, sessions), "signing in", until);
    }
    const std::string target = "/ws?token=" + sessions.front().token();
    malloc_trim(0);
    const auto before = memory::now();
    auto connect = [&](std::size_t) {
        sockets.push_back(std::make_unique<plain_socket>(io));
        return sockets.back()->connect(port, target);
    };
    for_each(io, count, connect, "opening plain sockets", until);
    return memory::now().since(before, count);
}

struct figures {
    memory floor{};     ///< KiB of each socket
    memory connected{}; ///< as soon as all are open
    memory idle{};      ///< some heartbeats later
    double connects_per_second = 0;
    double idle_processor_percent = 0;
    double messages_per_second = 0;
    double microseconds_per_message = 0; ///< of the client's processor, for sending and receiving one
    double allocations_per_message = 0;
};

std::string text_of(std::size_t number) {
    std::string text = std::to_string(number) + ' ';
    text.resize(message_bytes, '.');
    return text;
}

asio::awaitable<void> pass(const nakama::joined_match& from, nakama::joined_match& to, std::size_t messages) {
    nakama::match_data taken;
    std::size_t received = 0;
    for (std::size_t sent = 0; sent < messages;) {
        for (const std::size_t end = std::min(sent + outstanding, messages); sent < end; ++sent) {
            const std::string text = text_of(sent);
            co_await from.send({.op_code = 1, .data = text});
        }
        for (; received < sent; ++received) {
            if (!to.try_next(taken)) {
                auto next = co_await to.next();
                if (!next) throw std::runtime_error{"the match has ended"};
                taken = std::move(*next);
            }
            if (taken.data != text_of(received))
                throw missed{"message " + std::to_string(received) +
                             " was lost or reordered: instead came \"" + taken.data + '"'};
        }
    }
    if (to.try_next(taken)) throw missed{"more came than was sent"};
    if (to.dropped() > 0) throw missed{std::to_string(to.dropped()) + " messages were dropped"};
}

void measure_messages(asio::io_context& io, const nakama::client& client, const nakama::session& session,
                      const options& wanted, deadline until, figures& found) {
    auto left = client.create_socket();
    auto right = client.create_socket({.max_messages_per_second = 0}); // its bound is not what is measured
    nakama::joined_match from, to;
    const auto meet = [&]() -> asio::awaitable<void> {
        co_await left.connect(session);
        co_await right.connect(session);
        from = co_await left.create_match();
        to = co_await right.join_match({.match_id = from.match_id()});
    };
    complete(io, meet(), "joining a match", until);
    // What is allocated once is not a message's.
    complete(io, pass(from, to, 10 * outstanding), "warming up", until);

    const auto start = std::chrono::steady_clock::now();
    const double before = processor_seconds();
    const std::size_t allocated = allocations;
    complete(io, pass(from, to, wanted.messages), "passing messages", until);
    const auto messages = static_cast<double>(std::max<std::size_t>(wanted.messages, 1));
    found.messages_per_second = messages / seconds_since(start);
    found.microseconds_per_message = 1e6 * (processor_seconds() - before) / messages;
    found.allocations_per_message = static_cast<double>(allocations - allocated) / messages;
}

figures measure(std::uint16_t port, const options& wanted, deadline until) {
    figures found;
    asio::io_context io{1};
    const nakama::client client{io.get_executor(), {.port = port}};
    std::vector<nakama::session> sessions;
    sessions.reserve(wanted.count + 1);
    auto sign = [&](std::size_t number) { return sign_in(client, number, sessions); };
    for_each(io, wanted.count + 1, sign, "signing in", until);

    malloc_trim(0);
    const auto before = memory::now();
    std::vector<nakama::socket> sockets;
    sockets.reserve(wanted.count);
    const auto start = std::chrono::steady_clock::now();
    auto connect = [&](std::size_t number) {
        sockets.push_back(client.create_socket());
        return sockets.back().connect(sessions[number]);
    };
    for_each(io, wanted.count, connect, "opening sockets", until);
    found.connects_per_second = static_cast<double>(wanted.count) / seconds_since(start);
    found.connected = memory::now().since(before, wanted.count);

    if (wanted.count > 0) {
        const double used = processor_seconds();
        io.run_for(wanted.idle);
        found.idle_processor_percent =
            100 * (processor_seconds() - used) / static_cast<double>(wanted.idle.count());
        found.idle = memory::now().since(before, wanted.count);
    }
    const auto check_sockets = [&] {
        const auto open = std::ranges::count_if(sockets, &nakama::socket::is_connected);
        if (static_cast<std::size_t>(open) < sockets.size())
            throw missed{std::to_string(sockets.size() - static_cast<std::size_t>(open)) + " of " +
                         std::to_string(sockets.size()) + " idle sockets were lost"};
    };
    check_sockets();
    if (wanted.messages > 0) measure_messages(io, client, sessions.back(), wanted, until, found);
    check_sockets();
    return found;
}

void print(const options& wanted, const figures& found) {
    const double heap = std::max(found.connected.heap, found.idle.heap);
    std::cout << std::fixed << std::setprecision(2);
    if (wanted.json) {
        std::cout << "{\"sockets\":" << wanted.count
                  << ",\"connects_per_second\":" << found.connects_per_second
                  << ",\"connected_heap_kib\":" << found.connected.heap
                  << ",\"idle_heap_kib\":" << found.idle.heap
                  << ",\"idle_resident_kib\":" << found.idle.resident
                  << ",\"floor_heap_kib\":" << found.floor.heap
                  << ",\"floor_resident_kib\":" << found.floor.resident
                  << ",\"idle_processor_percent\":" << found.idle_processor_percent
                  << ",\"messages\":" << wanted.messages
                  << ",\"messages_per_second\":" << found.messages_per_second
                  << ",\"microseconds_per_message\":" << found.microseconds_per_message
                  << ",\"allocations_per_message\":" << found.allocations_per_message << "}\n";
        return;
    }
    if (wanted.count > 0)
        std::cout << wanted.count << " idle sockets, KiB each\n"
                  << "  heap in use  " << found.connected.heap << " connected, " << found.idle.heap
                  << " after heartbeats; plain Beast " << found.floor.heap << ", ratio "
                  << heap / found.floor.heap << '\n'
                  << "  resident     " << found.connected.resident << " connected, " << found.idle.resident
                  << " after heartbeats; plain Beast " << found.floor.resident << '\n'
                  << "  opened " << found.connects_per_second << " a second; idle they take "
                  << found.idle_processor_percent << " % of a processor\n";
    if (wanted.messages > 0)
        std::cout << wanted.messages << " messages of " << message_bytes
                  << " bytes through a match, none lost or reordered\n"
                  << "  " << found.microseconds_per_message << " us of processor and "
                  << found.allocations_per_message << " allocations each, " << found.messages_per_second
                  << " a second\n";
}

options read_arguments(int count, char** arguments) {
    options wanted;
    for (int i = 1; i < count; ++i) {
        const std::string_view option = arguments[i];
        if (option == "--json") {
            wanted.json = true;
            continue;
        }
        const std::string_view text = i + 1 < count ? arguments[++i] : "";
        std::uint32_t number = 0;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (failed != std::errc{} || end != text.data() + text.size())
            throw std::invalid_argument{std::string{option} + " wants a number; see --help"};
        if (option == "--count") wanted.count = number;
        else if (option == "--messages") wanted.messages = number;
        else if (option == "--idle") wanted.idle = std::chrono::seconds{std::max(number, 1U)};
        else if (option == "--limit") wanted.limit = std::chrono::seconds{number};
        else throw std::invalid_argument{"there is no option " + std::string{option} + "; see --help"};
    }
    return wanted;
}

} // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

int main(int count, char** arguments) {
    if (count == 2 &&
        (arguments[1] == std::string_view{"--help"} || arguments[1] == std::string_view{"-h"})) {
        std::cout << usage;
        return EXIT_SUCCESS;
    }
    try {
        const options wanted = read_arguments(count, arguments);
        const auto until = std::chrono::steady_clock::now() + wanted.limit;
        raise_file_limit(wanted.count);
        const child sandbox{serve};
        const auto port = sandbox.hear<std::uint16_t>();
        memory floor;
        if (wanted.count > 0) {
            // In a process of its own, so that neither finds memory that the other has left.
            const child plain{[&](int line) { say(line, measure_floor(port, wanted.count, until)); }};
            floor = plain.hear<memory>();
        }
        figures found = measure(port, wanted, until);
        found.floor = floor;
        print(wanted, found);
        const double heap = std::max(found.connected.heap, found.idle.heap);
        if (heap > promised_kib)
            throw missed{"an idle socket takes more than " + std::to_string(static_cast<int>(promised_kib)) +
                         " KiB"};
        return EXIT_SUCCESS;
    } catch (const missed& promise) {
        std::cerr << "bench-sockets: missed: " << promise.what() << '\n';
    } catch (const std::invalid_argument& bad) {
        std::cerr << "bench-sockets: " << bad.what() << '\n';
        return 2;
    } catch (const std::exception& failure) {
        std::cerr << "bench-sockets: " << failure.what() << '\n';
    }
    return EXIT_FAILURE;
}
