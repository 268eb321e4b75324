// Everything that is measured by turns: the library, and plain tuned Beast doing the same. Prints a table, or
// JSON.
#include "answers.hpp"
#include "codec.hpp"
#include "floor.hpp"
#include "library.hpp"
#include "options.hpp"
#include "peer_process.hpp"
#include "sockets.hpp"
#include "table.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/version.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <system_error>
#include <type_traits>
#include <unistd.h>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif

namespace {

namespace asio = boost::asio;
using namespace bench;

constexpr std::string_view usage = R"(Usage: bench-workloads [options]

Each workload is done by turns by the library and by plain tuned Beast, against a canned server in another process.
Told are the processor time of an operation, the ratio (median of the rounds), allocations, and the latency where
operations follow each other. What is not of that kind has its unit in its title. Exits with 1 where more is taken
than the column "at most" says.

  --rounds N     of each, 7 by default; W7 and W8c have one
  --scale X      times as many operations, 1 by default
  --only NAME    one workload, such as W1, W7 or W8a; W9 then tells every type
  --cores WHICH  "one" (the default) keeps this program and the server on one core: figures repeat, and no wake-up
                 of an idle core is in them, which in a virtual machine costs more than the work itself. "all"
                 leaves it to the kernel: nearer to a client whose server is elsewhere, and less certain.
  --library NAME do one workload once, by the library alone, for profilers: W1 to W6, W8a, W8b or W10
  --plain NAME   the same by plain Beast
  --peer PROGRAM the canned server, bench-peer beside this program by default
  --json         print one object instead of the table
  --built-with   say which compiler and libraries this program was made with, and do nothing
  --help         this text
)";

using work = std::function<cost(floor::destination, std::size_t operations)>;

struct workload {
    std::string_view name;
    std::string_view title;
    std::size_t operations;
    bool tls;
    double promised; ///< largest ratio; 0 for none
    work library;
    work plain;
};

constexpr std::size_t outstanding = 256;

/// Work that is one coroutine, in an io_context of its own.
template <class Coroutine>
work driven(Coroutine coroutine) {
    return [coroutine](floor::destination to, std::size_t operations) {
        asio::io_context io{1};
        meter meter;
        std::exception_ptr failure;
        asio::co_spawn(io, coroutine(to, operations, meter), [&](std::exception_ptr thrown) {
            failure = thrown;
            io.stop();
        });
        io.run();
        if (failure) std::rethrow_exception(failure);
        return meter.result();
    };
}

/// Work that runs an io_context itself.
work driving(void (*function)(floor::destination, std::size_t, meter&)) {
    return [function](floor::destination to, std::size_t operations) {
        meter meter;
        function(to, operations, meter);
        return meter.result();
    };
}

std::vector<workload> all_workloads() {
    using floor::answers;
    using floor::destination;
    const auto account = [](std::size_t lanes) {
        return driven([lanes](destination to, std::size_t calls, meter& meter) {
            return library::get_account(to, lanes, calls / lanes, meter);
        });
    };
    const auto plain_get = [](std::string target, std::size_t lanes, answers how) {
        return driven([target, lanes, how](destination to, std::size_t calls, meter& meter) {
            return floor::get(to, target, lanes, calls / lanes, how, meter);
        });
    };
    const auto match = [](std::size_t bytes) {
        return driven([bytes](destination to, std::size_t messages, meter& meter) {
            return library::match_data(to, bytes, messages, outstanding, meter);
        });
    };
    const auto plain_match = [](std::size_t bytes) {
        return driven([bytes](destination to, std::size_t messages, meter& meter) {
            return floor::exchange(to, match_data_message(bytes), messages, outstanding, meter);
        });
    };
    const auto plain_rpc = driven([](destination to, std::size_t calls, meter& meter) {
        return floor::ask(to, R"({"cid":"1","rpc":{"id":"echo","payload":"{\"n\":21}"}})", calls, meter);
    });
    return {
        {"W1", "get_account", 10'000, false, 1.25, account(1), plain_get("/v2/account", 1, answers::counted)},
        {"W2", "get_account, 64 at once", 19'200, false, 1.25, account(64),
         plain_get("/v2/account", 64, answers::counted)},
        {"W3", "list_friends of 100, against a DOM", 2'000, false, 0.6, driven(library::list_friends),
         plain_get("/v2/friend?limit=100", 1, answers::parsed)},
        {"W4", "rpc over the socket", 10'000, false, 1.25, driven(library::rpc), plain_rpc},
        {"W5", "match data of 64 bytes", 200'000, false, 0.5, match(small_bytes), plain_match(small_bytes)},
        {"W6", "match data of 1024 bytes", 50'000, false, 0.5, match(large_bytes), plain_match(large_bytes)},
        {"W8a", "get_account over TLS", 10'000, true, 0, account(1),
         plain_get("/v2/account", 1, answers::counted)},
        {"W8b", "match data of 64 bytes over TLS", 100'000, true, 0, match(small_bytes),
         plain_match(small_bytes)},
        {"W10", "a frame for which 100 messages wait", 2'000, false, 0, driving(library::frames),
         driving(floor::frames)},
    };
}

std::string built_with() {
    const auto version = [](int major, int minor) {
        return std::to_string(major) + '.' + std::to_string(minor);
    };
#if defined(__clang__)
    std::string all = "clang " + version(__clang_major__, __clang_minor__);
#elif defined(__GNUC__)
    std::string all = "gcc " + version(__GNUC__, __GNUC_MINOR__);
#else
    std::string all = "another compiler";
#endif
    all += ", Boost " + version(BOOST_VERSION / 100'000, BOOST_VERSION / 100 % 1000);
#if defined(__GLIBC__)
    all += ", glibc " + version(__GLIBC__, __GLIBC_MINOR__);
#endif
#if defined(__x86_64__)
    all += ", x86-64";
#elif defined(__aarch64__)
    all += ", arm64";
#endif
    return all + ", optimisation " BENCH_OPTIMISATION;
}

struct wishes {
    std::size_t rounds = 7;
    double scale = 1;
    std::string only;
    std::string alone;
    work workload::* by = &workload::library; ///< who does that
    std::string peer;
    bool one_core = true;
    bool json = false;

    [[nodiscard]] bool wants(std::string_view name) const { return only.empty() || only == name; }
    [[nodiscard]] std::size_t scaled(std::size_t operations) const {
        return std::max<std::size_t>(static_cast<std::size_t>(static_cast<double>(operations) * scale), 1);
    }
};

wishes read(std::string_view self, options given) {
    wishes wanted;
    const auto slash = self.rfind('/');
    wanted.peer =
        std::string{slash == std::string_view::npos ? "" : self.substr(0, slash + 1)} + "bench-peer";
    while (given.next()) {
        if (given.is("--json")) wanted.json = true;
        else if (given.is("--rounds")) wanted.rounds = given.number<std::size_t>();
        else if (given.is("--scale")) wanted.scale = given.number<double>();
        else if (given.is("--only")) wanted.only = given.text();
        else if (given.is("--library")) wanted.alone = given.text();
        else if (given.is("--plain")) {
            wanted.alone = given.text();
            wanted.by = &workload::plain;
        } else if (given.is("--peer")) wanted.peer = given.text();
        else if (given.is("--cores")) {
            const std::string_view cores = given.text();
            if (cores != "one" && cores != "all") given.wrong("wants \"one\" or \"all\"");
            wanted.one_core = cores == "one";
        } else given.unknown();
    }
    return wanted;
}

/// Keeps this process, and those it starts, on the core that it is on. False where that cannot be done.
bool keep_to_one_core() {
#if defined(__linux__)
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<std::size_t>(std::max(sched_getcpu(), 0)), &cores);
    return sched_setaffinity(0, sizeof cores, &cores) == 0;
#else
    return false;
#endif
}

/// Measures in a process of its own, so that none finds the heap as another has left it: that alone is worth
/// some percent.
comparison apart(const std::function<comparison()>& measure) {
    static_assert(std::is_trivially_copyable_v<comparison>);
    int ends[2];
    if (pipe(ends) != 0) throw std::system_error{errno, std::generic_category(), "pipe"};
    const pid_t child = fork();
    if (child < 0) throw std::system_error{errno, std::generic_category(), "fork"};
    if (child == 0) {
        int status = EXIT_FAILURE;
        try {
            const comparison found = measure();
            if (write(ends[1], &found, sizeof found) == sizeof found) status = EXIT_SUCCESS;
        } catch (const std::exception& failure) {
            std::cerr << "bench-workloads: " << failure.what() << '\n';
        }
        _exit(status);
    }
    close(ends[1]);
    comparison found;
    const bool is_whole = ::read(ends[0], &found, sizeof found) == sizeof found;
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (!is_whole || status != 0) throw std::runtime_error{"a measurement has failed"};
    return found;
}

comparison by_turns(const workload& one, const peer_process& peer, const wishes& wanted) {
    const floor::destination to{peer.port(one.tls), one.tls};
    std::vector<comparison> rounds;
    for (std::size_t round = 0; round < wanted.rounds; ++round) {
        // By turns, so that whatever else the machine does meets both.
        comparison now;
        now.plain = one.plain(to, wanted.scaled(one.operations));
        now.library = one.library(to, wanted.scaled(one.operations));
        now.ratio = now.library.microseconds / now.plain.microseconds;
        rounds.push_back(now);
    }
    return median(rounds);
}

void measure_sockets(std::size_t most, const wishes& wanted, table& table) {
    constexpr std::size_t usual = 10'000;
    constexpr double promised_heap = 12 * 1024;
    const std::size_t count = std::min(wanted.scaled(usual), most);
    if (count < wanted.scaled(usual))
        std::cerr << "bench-workloads: W7 has " << count
                  << " sockets, since a process may have no more files open "
                  << "(ulimit -Hn)\n";
    const auto plain = sockets::of_floor(wanted.peer, count);
    const auto library = sockets::of_library(wanted.peer, count);
    if (!plain.all_stayed || !library.all_stayed) throw std::runtime_error{"sockets were lost while idle"};
    const auto compared = [](const cost& library, const cost& plain) {
        return comparison{
            .library = library, .plain = plain, .ratio = library.microseconds / plain.microseconds};
    };
    table.add("W7a", "open one of " + std::to_string(count) + " sockets", compared(library.open, plain.open));
    table.add("W7b", "sockets opened a second", library.opened_per_second, plain.opened_per_second);
    if (library.heap > 0)
        table.add("W7c", "bytes of heap of an idle socket", library.heap, plain.heap, promised_heap);
    table.add("W7d", "us a second for all, no heartbeat", library.idle, plain.idle);
    table.add("W7e", "a heartbeat", compared(library.heartbeat, plain.heartbeat));
}

void measure_tls_sockets(std::size_t most, const wishes& wanted, table& table) {
    constexpr std::size_t usual = 1'000;
    const std::size_t count = std::min(wanted.scaled(usual), most);
    const auto plain = sockets::of_floor_over_tls(wanted.peer, count);
    const auto library = sockets::of_library_over_tls(wanted.peer, count);
    if (!plain.all_stayed || !library.all_stayed) throw std::runtime_error{"sockets were lost while idle"};
    if (library.heap > 0)
        table.add("W8c", "bytes of heap of an idle socket over TLS", library.heap, plain.heap);
}

void measure_codec(const wishes& wanted, table& table) {
    const auto types = codec::measure(wanted.rounds);
    if (wanted.json || wanted.only == "W9")
        for (const auto& each : types) {
            table.add("W9", "read " + std::string{each.name}, each.reading);
            table.add("W9", "write " + std::string{each.name}, each.writing);
        }
    const auto summary = [&](std::string_view name, const std::string& verb,
                             comparison codec::type::* which) {
        std::vector<comparison> all;
        for (const auto& each : types) all.push_back(each.*which);
        table.add(name, verb + " " + std::to_string(types.size()) + " types, median, against DOM",
                  median(all));
        const auto& worst =
            *std::ranges::max_element(types, {}, [&](const auto& each) { return (each.*which).ratio; });
        table.add(name, "worst: " + std::string{worst.name}, worst.*which);
    };
    summary("W9a", "read", &codec::type::reading);
    summary("W9b", "write", &codec::type::writing);
}

int measure(const wishes& wanted) {
    const bool pinned = wanted.one_core && keep_to_one_core();
    const std::size_t most_sockets = sockets::most();
    const peer_process peer{wanted.peer};
    const auto workloads = all_workloads();
    if (!wanted.alone.empty()) {
        const auto one = std::ranges::find(workloads, wanted.alone, &workload::name);
        if (one == workloads.end()) throw std::invalid_argument{"there is no workload " + wanted.alone};
        const std::size_t operations = wanted.scaled(one->operations);
        ((*one).*wanted.by)({peer.port(one->tls), one->tls}, operations);
        std::cout << operations << " operations\n";
        return EXIT_SUCCESS;
    }
    const bool known =
        wanted.wants("W7") || wanted.wants("W8c") || wanted.wants("W9") ||
        std::ranges::any_of(workloads, [&](const auto& one) { return wanted.wants(one.name); });
    if (!known) throw std::invalid_argument{"there is no workload " + wanted.only};
    table table{wanted.json ? table::form::json : table::form::text,
                pinned ? "client and server on one core" : "on all cores"};
    for (const workload& one : workloads) {
        if (!wanted.wants(one.name)) continue;
        const auto found = apart([&] { return by_turns(one, peer, wanted); });
        table.add(one.name, one.title, found, one.promised);
    }
    if (wanted.wants("W7")) measure_sockets(most_sockets, wanted, table);
    if (wanted.wants("W8c")) measure_tls_sockets(most_sockets, wanted, table);
    if (wanted.wants("W9")) measure_codec(wanted, table);
    table.finish();
    if (table.missed() == 0) return EXIT_SUCCESS;
    std::cerr << "bench-workloads: " << table.missed() << " figures are above what is promised\n";
    return EXIT_FAILURE;
}

} // namespace

int main(int count, char** arguments) {
    if (count == 2 && arguments[1] == std::string_view{"--help"}) {
        std::cout << usage;
        return EXIT_SUCCESS;
    }
    if (count == 2 && arguments[1] == std::string_view{"--built-with"}) {
        std::cout << built_with() << '\n';
        return EXIT_SUCCESS;
    }
    try {
        return measure(read(arguments[0], {count, arguments}));
    } catch (const std::invalid_argument& bad) {
        std::cerr << "bench-workloads: " << bad.what() << '\n';
        return 2;
    } catch (const std::exception& failure) {
        std::cerr << "bench-workloads: " << failure.what() << '\n';
        return EXIT_FAILURE;
    }
}
