#include "support/allocations.hpp"

#include <nakama/clock.hpp>
#include <nakama/error.hpp>
#include <nakama/log_sink.hpp>

#include <catch2/catch_test_macros.hpp>

#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace nakama;
using namespace std::chrono_literals;

namespace {

using lines = std::vector<std::string>;

/// A sink and what it has written, each line after its level.
struct written {
    lines all;
    log_sink sink;

    explicit written(log_level minimum = log_level::debug)
        : sink{[this](log_level level, std::string_view line) {
                   all.push_back(std::string{name_of(level)} + ' ' + std::string{line});
               },
               minimum} {}
    written(const written&) = delete;
};

observer::call failed_call(boost::system::error_code error, int http_status = 0) {
    return {.operation = "get_account", .attempts = 1, .http_status = http_status, .error = error};
}

/// One of each event, so that none is forgotten.
void feed_all(observer& sink) {
    sink.on_call_start("get_account");
    sink.on_attempt_start("get_account", 1);
    sink.on_attempt_end({.operation = "get_account", .error = errc::connect_failed, .next_delay = 1s});
    sink.on_attempt_end({.operation = "get_account", .number = 2});
    sink.on_call_end({.operation = "get_account", .attempts = 2});
    sink.on_call_end(failed_call(grpc_code::not_found, 404));
    sink.on_call_end(failed_call(errc::tls_failed));
    sink.on_session_refresh({});
    sink.on_session_refresh(errc::timed_out);
    sink.on_connection_open({.host = "127.0.0.1:7350"});
    sink.on_connection_open({.host = "127.0.0.1:7350", .error = errc::connect_failed});
    sink.on_connection_reuse("127.0.0.1:7350");
    sink.on_connection_close("127.0.0.1:7350");
    sink.on_pool_change({.open = 1});
    sink.on_socket_open();
    sink.on_socket_close({});
    sink.on_message_sent(10);
    sink.on_message_received(10);
}

/// The last words of a call's line tell its duration and sizes.
std::string cost(std::chrono::nanoseconds duration, std::size_t sent, std::size_t received) {
    written log;
    log.sink.on_call_end({.operation = "x",
                          .attempts = 1,
                          .request_bytes = sent,
                          .response_bytes = received,
                          .duration = duration});
    return log.all.at(0).substr(std::string_view{"info x: ok, 1 attempt, "}.size());
}

} // namespace

TEST_CASE("a call that succeeds is one line of the log") {
    written log{log_level::info};
    log.sink.on_call_start("get_account");
    log.sink.on_attempt_start("get_account", 1);
    log.sink.on_attempt_end({.operation = "get_account", .http_status = 200, .duration = 12ms});
    log.sink.on_call_end({.operation = "get_account",
                          .attempts = 1,
                          .http_status = 200,
                          .response_bytes = 812,
                          .duration = 12'340us});
    CHECK(log.all == lines{"info get_account: ok, HTTP 200, 1 attempt, 12.3 ms, 0 B sent, 812 B received"});
}

TEST_CASE("a call that is tried again is a line more for each time") {
    written log{log_level::info};
    log.sink.on_call_start("rpc");
    log.sink.on_attempt_end({.operation = "rpc",
                             .http_status = 503,
                             .error = grpc_code::unavailable,
                             .request_bytes = 2048,
                             .duration = 3ms,
                             .next_delay = 500ms});
    log.sink.on_attempt_end({.operation = "rpc",
                             .number = 2,
                             .error = errc::connect_failed,
                             .request_bytes = 2048,
                             .duration = 1ms,
                             .next_delay = 0ms});
    log.sink.on_attempt_end({.operation = "rpc", .number = 3, .http_status = 200, .duration = 1ms});
    log.sink.on_call_end({.operation = "rpc",
                          .attempts = 3,
                          .http_status = 200,
                          .request_bytes = 2048,
                          .response_bytes = 2,
                          .duration = 505ms});
    CHECK(log.all ==
          lines{"warning rpc: attempt 1: unavailable [nakama.grpc:14], HTTP 503, 3 ms, 2 KiB sent, "
                "0 B received, again in 500 ms",
                "warning rpc: attempt 2: cannot connect [nakama:5], 1 ms, 2 KiB sent, 0 B received, "
                "again at once",
                "info rpc: ok, HTTP 200, 3 attempts, 505 ms, 2 KiB sent, 2 B received"});
}

TEST_CASE("a failed call is logged with its error, by what can be done about it") {
    written log;
    log.sink.on_call_end(failed_call(grpc_code::not_found, 404));
    CHECK(log.all == lines{"warning get_account: not found [nakama.grpc:5], HTTP 404, 1 attempt, 0 ns, 0 B "
                           "sent, 0 B received"});

    const auto level_of = [](boost::system::error_code error) {
        written one;
        one.sink.on_call_end(failed_call(error));
        return one.all.at(0).substr(0, one.all.at(0).find(' '));
    };
    for (const auto code : {errc::cancelled, errc::closed}) CHECK(level_of(code) == "info");
    for (const auto code : {errc::timed_out, errc::resolve_failed, errc::connect_failed,
                            errc::connection_lost, errc::upgrade_refused, errc::overflow})
        CHECK(level_of(code) == "warning");
    for (const auto code :
         {errc::tls_failed, errc::malformed_answer, errc::invalid_argument, errc::message_too_large})
        CHECK(level_of(code) == "error");
    for (int value = 1; value <= 16; ++value) {
        const auto code = static_cast<grpc_code>(value);
        const bool lasting =
            code == grpc_code::unimplemented || code == grpc_code::internal || code == grpc_code::data_loss;
        CHECK(level_of(code) == (lasting ? "error" : "warning"));
    }
    for (const auto code : {realtime_code::unrecognized_payload, realtime_code::missing_payload,
                            realtime_code::runtime_exception})
        CHECK(level_of(code) == "error");
    for (const auto code : {realtime_code::bad_input, realtime_code::match_not_found})
        CHECK(level_of(code) == "warning");
    CHECK(level_of(boost::system::errc::make_error_code(boost::system::errc::broken_pipe)) == "warning");
}

TEST_CASE("a call that was refused before its first attempt says so") {
    written log;
    log.sink.on_call_end({.operation = "get_account", .error = errc::invalid_argument, .duration = 900ns});
    CHECK(log.all == lines{"error get_account: invalid argument [nakama:10], 0 attempts, 900 ns, 0 B sent, "
                           "0 B received"});
}

TEST_CASE("each event has its line and its level") {
    written log;
    feed_all(log.sink);
    log.sink.on_connection_open({.host = "a:1", .tls = true, .duration = 2ms});
    log.sink.on_connection_open({.host = "a:1", .tls = true, .tls_resumed = true, .duration = 2ms});
    log.sink.on_connection_open({.host = "a:1", .error = errc::cancelled});
    log.sink.on_pool_change({.open = 12, .idle = 3, .waiting = 1});
    log.sink.on_socket_close({.initiator = close_info::by::server, .code = 1009, .reason = "too\nbig\x7f"});
    log.sink.on_socket_close(
        {.initiator = close_info::by::network, .reason = "connection reset", .cause = close_cause::broken});
    log.sink.on_round_trip(1500us);
    const std::string nothing = "0 ns, 0 B sent, 0 B received";
    CHECK(log.all ==
          lines{"debug get_account: attempt 1 starts",
                "warning get_account: attempt 1: cannot connect [nakama:5], " + nothing + ", again in 1 s",
                "debug get_account: attempt 2: ok, " + nothing,
                "info get_account: ok, 2 attempts, " + nothing,
                "warning get_account: not found [nakama.grpc:5], HTTP 404, 1 attempt, " + nothing,
                "error get_account: TLS failed [nakama:6], 1 attempt, " + nothing,
                "info session refresh: ok",
                "warning session refresh: timed out [nakama:2]",
                "debug 127.0.0.1:7350: connected, 0 ns",
                "warning 127.0.0.1:7350: cannot connect [nakama:5], 0 ns",
                "debug 127.0.0.1:7350: connection reused",
                "debug 127.0.0.1:7350: connection closed",
                "debug pool: 1 connection, 0 idle, 0 requests wait",
                "info socket: open",
                "info socket: closed",
                "debug socket: 10 B sent",
                "debug socket: 10 B received",
                "debug a:1: connected, TLS, 2 ms",
                "debug a:1: connected, TLS resumed, 2 ms",
                "debug a:1: cancelled by the caller [nakama:1], 0 ns",
                "debug pool: 12 connections, 3 idle, 1 request waits",
                "info socket: closed by the server, code 1009: too big ",
                "info socket: connection lost (broken): connection reset",
                "debug socket: ping answered after 1.5 ms"});
}

TEST_CASE("a log's durations and sizes are in the unit that people would choose") {
    CHECK(cost(-1ns, 0, 1) == "0 ns, 0 B sent, 1 B received");
    CHECK(cost(999ns, 1023, 1024) == "999 ns, 1023 B sent, 1 KiB received");
    CHECK(cost(1000ns, 1025, 1536) == "1 us, 1 KiB sent, 1.5 KiB received");
    CHECK(cost(999'949ns, 38'134, 1'048'576) == "999.9 us, 37.2 KiB sent, 1 MiB received");
    CHECK(cost(999'950ns, 1'048'500, 1'073'741'824) == "1 ms, 1023.9 KiB sent, 1 GiB received");
    CHECK(cost(1250ms, 1'048'575, 5'000'000'000) == "1.3 s, 1 MiB sent, 4.7 GiB received");
    CHECK(cost(59'949ms, 0, 0) == "59.9 s, 0 B sent, 0 B received");
    CHECK(cost(59'951ms, 0, 0) == "1 min, 0 B sent, 0 B received");
    CHECK(cost(90min, 0, 0) == "1.5 h, 0 B sent, 0 B received");
    CHECK(cost(std::chrono::nanoseconds::max(), 0, 0) == "2562047.8 h, 0 B sent, 0 B received");
}

TEST_CASE("what is below the minimum level is not written") {
    std::size_t count = 0;
    const auto fed_to = [&](log_level minimum) {
        log_sink sink{[&](log_level level, std::string_view) {
                          CHECK(level >= minimum);
                          ++count;
                      },
                      minimum};
        count = 0;
        feed_all(sink);
        return count;
    };
    CHECK(fed_to(log_level::debug) == 17);
    CHECK(fed_to(log_level::info) == 9);
    CHECK(fed_to(log_level::warning) == 5);
    CHECK(fed_to(log_level::error) == 1);
}

TEST_CASE("what is below the minimum level allocates nothing") {
    const auto allocated = [](log_sink sink) {
        const close_info long_reason{.reason = std::string(100, 'x')};
        const auto before = test::allocations::so_far();
        feed_all(sink);
        sink.on_socket_close(long_reason);
        return (test::allocations::so_far() - before).count;
    };
    const auto ignore = [](log_level, std::string_view) {};
    if (allocated(log_sink{ignore, log_level::debug}) == 0) SKIP("operator new is a sanitizer's");
    CHECK(allocated(log_sink{ignore, log_level{static_cast<int>(log_level::error) + 1}}) == 0);
    CHECK(allocated(log_sink{nullptr, log_level::debug}) == 0);
}

TEST_CASE("what a log's writer throws goes no further") {
    int calls = 0;
    log_sink sink{[&](log_level, std::string_view) {
        ++calls;
        throw std::runtime_error{"the disk is full"};
    }};
    sink.on_socket_open();
    sink.on_socket_close({});
    CHECK(calls == 2);
}

TEST_CASE("a log to a stream has the time and the level on each line") {
    const auto clock = std::make_shared<virtual_clock>(std::chrono::sys_days{2026y / 1 / 31} + 12h);
    std::ostringstream out;
    const auto sink = log_to(out, log_level::debug, clock);
    sink->on_socket_open();
    clock->advance(250'999us);
    sink->on_message_sent(128);
    clock->advance(750ms);
    sink->on_session_refresh(errc::timed_out);
    CHECK(out.str() == "2026-01-31T12:00:00.000Z info socket: open\n"
                       "2026-01-31T12:00:00.250Z debug socket: 128 B sent\n"
                       "2026-01-31T12:00:01.000Z warning session refresh: timed out [nakama:2]\n");
}

TEST_CASE("a log to a stream starts at info and takes the computer's time") {
    std::ostringstream out;
    const auto sink = log_to(out);
    sink->on_message_sent(128);
    CHECK(out.str().empty());
    const auto before = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    sink->on_socket_open();
    const int year = static_cast<int>(std::chrono::year_month_day{before}.year());
    CHECK((out.str().starts_with(std::to_string(year)) || out.str().starts_with(std::to_string(year + 1))));
    CHECK(out.str().ends_with("Z info socket: open\n"));
}
