// Everything that is measured by turns: the library, and plain tuned Beast doing the same. Prints a table, or
// JSON.
#include "answers.hpp"
#include "floor.hpp"
#include "library.hpp"
#include "peer_process.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace asio = boost::asio;
using namespace bench;

constexpr std::string_view usage = R"(Usage: bench-workloads [options]

Each workload is done by turns by the library and by plain tuned Beast, against a canned server in another process.
Told are the processor time of an operation, the ratio (median of the rounds), allocations, and the latency where
operations follow each other.

  --rounds N     of each, 7 by default
  --scale X      times as many operations, 1 by default
  --only NAME    one workload, such as W1
  --library NAME do one workload once, by the library alone: for profilers
  --peer PROGRAM the canned server, bench-peer beside this program by default
  --json         print one object instead of the table
  --help         this text
)";

struct workload {
    std::string_view name;
    std::string_view title;
    std::size_t operations;
    bool tls;
    double promised; ///< largest ratio; 0 for none
    std::function<asio::awaitable<void>(floor::destination, std::size_t, meter&)> library;
    std::function<asio::awaitable<void>(floor::destination, std::size_t, meter&)> plain;
};

constexpr std::size_t outstanding = 256;

std::vector<workload> all_workloads() {
    using floor::answers;
    using floor::destination;
    const auto account = [](std::size_t lanes) {
        return [lanes](destination to, std::size_t calls, meter& meter) {
            return library::get_account(to, lanes, calls / lanes, meter);
        };
    };
    const auto plain_get = [](std::string target, std::size_t lanes, answers how) {
        return [target, lanes, how](destination to, std::size_t calls, meter& meter) {
            return floor::get(to, target, lanes, calls / lanes, how, meter);
        };
    };
    const auto match = [](std::size_t bytes) {
        return [bytes](destination to, std::size_t messages, meter& meter) {
            return library::match_data(to, bytes, messages, outstanding, meter);
        };
    };
    const auto plain_match = [](std::size_t bytes) {
        return [bytes](destination to, std::size_t messages, meter& meter) {
            return floor::exchange(to, match_data_message(bytes), messages, outstanding, meter);
        };
    };
    const auto plain_rpc = [](destination to, std::size_t calls, meter& meter) {
        return floor::ask(to, R"({"cid":"1","rpc":{"id":"echo","payload":"{\"n\":21}"}})", calls, meter);
    };
    return {
        {"W1", "get_account", 10'000, false, 1.25, account(1), plain_get("/v2/account", 1, answers::counted)},
        {"W2", "get_account, 64 at once", 19'200, false, 1.25, account(64),
         plain_get("/v2/account", 64, answers::counted)},
        {"W3", "list_friends of 100, against a DOM", 2'000, false, 0.6, library::list_friends,
         plain_get("/v2/friend?limit=100", 1, answers::parsed)},
        {"W4", "rpc over the socket", 10'000, false, 1.25, library::rpc, plain_rpc},
        {"W5", "match data of 64 bytes", 200'000, false, 0.5, match(small_bytes), plain_match(small_bytes)},
        {"W6", "match data of 1024 bytes", 50'000, false, 0.5, match(large_bytes), plain_match(large_bytes)},
        {"W8a", "get_account over TLS", 10'000, true, 0, account(1),
         plain_get("/v2/account", 1, answers::counted)},
        {"W8b", "match data of 64 bytes over TLS", 100'000, true, 0, match(small_bytes),
         plain_match(small_bytes)},
    };
}

cost run(const std::function<asio::awaitable<void>(floor::destination, std::size_t, meter&)>& work,
         floor::destination to, std::size_t operations) {
    asio::io_context io{1};
    meter meter;
    std::exception_ptr failure;
    asio::co_spawn(io, work(to, operations, meter), [&](std::exception_ptr thrown) {
        failure = thrown;
        io.stop();
    });
    io.run();
    if (failure) std::rethrow_exception(failure);
    return meter.result();
}

struct outcome {
    cost library;
    cost plain;
    double ratio{};
};

template <class Member>
double median(const std::vector<outcome>& rounds, Member member) {
    std::vector<double> values;
    for (const outcome& one : rounds) values.push_back(member(one));
    std::ranges::sort(values);
    return values[values.size() / 2];
}

outcome summary(const std::vector<outcome>& rounds) {
    const auto of = [&](cost outcome::* side) {
        const auto pick = [&](double cost::* figure) {
            return median(rounds, [&](const outcome& one) { return one.*side.*figure; });
        };
        return cost{.microseconds = pick(&cost::microseconds),
                    .allocations = pick(&cost::allocations),
                    .median = pick(&cost::median),
                    .p99 = pick(&cost::p99)};
    };
    return {.library = of(&outcome::library),
            .plain = of(&outcome::plain),
            .ratio = median(rounds, [](const outcome& one) { return one.ratio; })};
}

struct options {
    std::size_t rounds = 7;
    double scale = 1;
    std::string only;
    std::string alone;
    std::string peer;
    bool json = false;
};

std::string number(double value, int digits) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(digits) << value;
    return text.str();
}

void print(const workload& one, const outcome& found) {
    const auto latency = [](const cost& side) {
        return side.median == 0 ? std::string{"-"} : number(side.median, 1) + "/" + number(side.p99, 1);
    };
    std::cout << std::left << std::setw(4) << one.name << std::setw(36) << one.title << std::right
              << std::setw(9) << number(found.library.microseconds, 2) << std::setw(9)
              << number(found.plain.microseconds, 2) << std::setw(7) << number(found.ratio, 2) << std::setw(9)
              << (one.promised > 0 ? number(one.promised, 2) : "") << std::setw(9)
              << number(found.library.allocations, 2) << std::setw(9) << number(found.plain.allocations, 2)
              << std::setw(15) << latency(found.library) << std::setw(15) << latency(found.plain)
              << std::endl;
}

std::string json_of(const workload& one, const outcome& found) {
    const auto side = [](const cost& side) {
        return R"({"microseconds":)" + number(side.microseconds, 3) + R"(,"allocations":)" +
               number(side.allocations, 3) + R"(,"latency_median":)" + number(side.median, 2) +
               R"(,"latency_p99":)" + number(side.p99, 2) + '}';
    };
    return R"({"name":")" + std::string{one.name} + R"(","title":")" + std::string{one.title} +
           R"(","ratio":)" + number(found.ratio, 3) +
           (one.promised > 0 ? R"(,"promised":)" + number(one.promised, 2) : "") + R"(,"library":)" +
           side(found.library) + R"(,"plain":)" + side(found.plain) + '}';
}

template <class Number>
Number to_number(std::string_view option, std::string_view text) {
    Number value{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size() || !(value > 0))
        throw std::invalid_argument{std::string{option} + " wants a number above 0"};
    return value;
}

options read(int count, char** arguments) {
    options wanted;
    const std::string self = arguments[0];
    const auto slash = self.rfind('/');
    wanted.peer = (slash == std::string::npos ? std::string{} : self.substr(0, slash + 1)) + "bench-peer";
    for (int i = 1; i < count; ++i) {
        const std::string_view option = arguments[i];
        if (option == "--json") {
            wanted.json = true;
            continue;
        }
        if (i + 1 == count) throw std::invalid_argument{std::string{option} + " wants a value; see --help"};
        const std::string_view value = arguments[++i];
        if (option == "--rounds") wanted.rounds = to_number<std::size_t>(option, value);
        else if (option == "--scale") wanted.scale = to_number<double>(option, value);
        else if (option == "--only") wanted.only = value;
        else if (option == "--library") wanted.alone = value;
        else if (option == "--peer") wanted.peer = value;
        else throw std::invalid_argument{"there is no option " + std::string{option} + "; see --help"};
    }
    return wanted;
}

int measure(const options& wanted) {
    const peer_process peer{wanted.peer};
    const std::string& only = wanted.alone.empty() ? wanted.only : wanted.alone;
    int missed = 0;
    std::size_t measured = 0;
    std::string json;
    if (!wanted.json && wanted.alone.empty())
        std::cout << "processor time in us an operation, latency as median/p99 in us\n"
                  << std::left << std::setw(40) << "" << std::right << std::setw(9) << "library"
                  << std::setw(9) << "plain" << std::setw(7) << "ratio" << std::setw(9) << "at most"
                  << std::setw(9) << "allocs" << std::setw(9) << "plain" << std::setw(15) << "latency"
                  << std::setw(15) << "plain" << '\n';
    for (const workload& one : all_workloads()) {
        if (!only.empty() && only != one.name) continue;
        ++measured;
        const floor::destination to{peer.port(one.tls), one.tls};
        const auto operations = static_cast<std::size_t>(static_cast<double>(one.operations) * wanted.scale);
        if (!wanted.alone.empty()) {
            run(one.library, to, operations);
            continue;
        }
        std::vector<outcome> rounds;
        for (std::size_t round = 0; round < wanted.rounds; ++round) {
            // By turns, so that whatever else the machine does meets both.
            outcome now;
            now.plain = run(one.plain, to, operations);
            now.library = run(one.library, to, operations);
            now.ratio = now.library.microseconds / now.plain.microseconds;
            rounds.push_back(now);
        }
        const outcome found = summary(rounds);
        if (one.promised > 0 && found.ratio > one.promised) ++missed;
        if (wanted.json) json += (json.empty() ? "" : ",") + json_of(one, found);
        else print(one, found);
    }
    if (measured == 0) throw std::invalid_argument{"there is no workload " + only};
    if (wanted.json) std::cout << R"({"workloads":[)" << json << "]}\n";
    return missed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int main(int count, char** arguments) {
    if (count == 2 && arguments[1] == std::string_view{"--help"}) {
        std::cout << usage;
        return EXIT_SUCCESS;
    }
    try {
        return measure(read(count, arguments));
    } catch (const std::invalid_argument& bad) {
        std::cerr << "bench-workloads: " << bad.what() << '\n';
        return 2;
    } catch (const std::exception& failure) {
        std::cerr << "bench-workloads: " << failure.what() << '\n';
        return EXIT_FAILURE;
    }
}
