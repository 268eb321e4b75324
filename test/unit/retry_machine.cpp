#include "call/retry_machine.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <set>

using namespace nakama;
using namespace nakama::call;
using namespace std::chrono_literals;

namespace {

error status(int http_status) {
    return error{grpc_code::unknown, error_details{.http_status = http_status, .maybe_sent = true}};
}

error transport(errc code, bool maybe_sent) {
    return error{code, error_details{.maybe_sent = maybe_sent}};
}

} // namespace

TEST_CASE("refusals about the moment may be repeated by idempotent operations alone") {
    const int repeatable = GENERATE(408, 429, 502, 503, 504);
    CHECK(may_repeat(status(repeatable), true));
    CHECK(!may_repeat(status(repeatable), false));
}

TEST_CASE("refusals about the request are final, and so is 500") {
    const int final = GENERATE(400, 401, 403, 404, 409, 431, 499, 500, 501);
    CHECK(!may_repeat(status(final), true));
}

TEST_CASE("failures before anything was sent may always be repeated") {
    for (const errc code : {errc::resolve_failed, errc::connect_failed, errc::connection_lost})
        CHECK(may_repeat(transport(code, false), false));
}

TEST_CASE("a connection lost after bytes have left may be repeated by idempotent operations alone") {
    CHECK(may_repeat(transport(errc::connection_lost, true), true));
    CHECK(!may_repeat(transport(errc::connection_lost, true), false));
}

TEST_CASE("what would only fail again is final") {
    for (const errc code : {errc::cancelled, errc::timed_out, errc::closed, errc::tls_failed,
                            errc::malformed_answer, errc::invalid_argument, errc::message_too_large})
        CHECK(!may_repeat(transport(code, false), true));
}

TEST_CASE("a machine gives the policy's delays and then gives up") {
    std::mt19937_64 random{1};
    const clock::time_point now{};
    retry_machine machine{retries::exponential(3, 500ms), "get_account", true, now, now + 1h};
    CHECK(machine.after(status(503), {}, now, random) == 500ms);
    CHECK(machine.after(status(503), {}, now, random) == 1s);
    CHECK(machine.after(status(503), {}, now, random) == 2s);
    CHECK(!machine.after(status(503), {}, now, random));
}

TEST_CASE("a machine gives up at once rather than wait past the deadline") {
    std::mt19937_64 random{1};
    const clock::time_point now{};
    retry_machine machine{retries::fixed(3, 500ms), "get_account", true, now, now + 700ms};
    CHECK(machine.after(status(503), {}, now, random) == 500ms);
    CHECK(!machine.after(status(503), {}, now + 500ms, random));
}

TEST_CASE("jitter spreads delays between zero and the policy's, the same for the same seed") {
    auto policy = retries::fixed(1000, 500ms);
    policy.jitter = true;
    std::mt19937_64 random{7}, again{7};
    const clock::time_point now{};
    retry_machine machine{policy, "get_account", true, now, now + 1h},
        twin{policy, "get_account", true, now, now + 1h};
    std::set<std::chrono::milliseconds> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto delay = machine.after(status(503), {}, now, random);
        REQUIRE(delay);
        CHECK(*delay >= 0ms);
        CHECK(*delay <= 500ms);
        CHECK(twin.after(status(503), {}, now, again) == delay);
        seen.insert(*delay);
    }
    CHECK(seen.size() > 300);
}

TEST_CASE("a server's Retry-After makes the wait longer, never shorter") {
    std::mt19937_64 random{1};
    const clock::time_point now{};
    retry_machine machine{retries::fixed(3, 500ms), "get_account", true, now, now + 1h};
    CHECK(machine.after(status(429), 7s, now, random) == 7s);
    CHECK(machine.after(status(429), 0s, now, random) == 500ms);
    // Longer than the call may take: better to know at once.
    CHECK(!machine.after(status(429), 2h, now, random));
}

TEST_CASE("no attempt begins after the budget") {
    std::mt19937_64 random{1};
    const clock::time_point now{};
    auto policy = retries::exponential(10, 1s);
    policy.budget = 5s;
    retry_machine machine{policy, "get_account", true, now, now + 1h};
    CHECK(machine.after(status(503), {}, now, random) == 1s);
    CHECK(machine.after(status(503), {}, now + 1s, random) == 2s);
    CHECK(!machine.after(status(503), {}, now + 3s, random));
}

TEST_CASE("a predicate decides instead of the library, and a listener is told") {
    struct notes {
        std::vector<int> asked;
        std::vector<std::chrono::milliseconds> told;
    } kept;
    auto policy = retries::fixed(2, 100ms);
    policy.context = &kept;
    policy.repeat_if = [](const failed_attempt& seen) {
        CHECK(seen.operation == "rpc");
        CHECK(!seen.idempotent);
        CHECK(!seen.may_repeat);
        static_cast<notes*>(seen.context)->asked.push_back(seen.number);
        return seen.failure.http_status() == 500;
    };
    policy.on_retry = [](const failed_attempt& seen) {
        static_cast<notes*>(seen.context)->told.push_back(seen.delay);
    };
    std::mt19937_64 random{1};
    const clock::time_point now{};
    retry_machine machine{policy, "rpc", false, now, now + 1h};
    CHECK(machine.after(status(500), {}, now, random) == 100ms);
    CHECK(!machine.after(status(501), {}, now, random));
    CHECK(kept.asked == std::vector{1, 2});
    CHECK(kept.told == std::vector<std::chrono::milliseconds>{100ms});
    // What was cut short or cannot be sent is none of its business.
    for (const errc code : {errc::cancelled, errc::timed_out, errc::closed, errc::invalid_argument}) {
        retry_machine other{policy, "rpc", false, now, now + 1h};
        CHECK(!other.after(transport(code, false), {}, now, random));
    }
    CHECK(kept.asked.size() == 2);
}

TEST_CASE("Retry-After is a number of seconds or a date") {
    const std::chrono::system_clock::time_point now{784111777s}; // Sun, 06 Nov 1994 08:49:37 GMT
    CHECK(retry_after("0", now) == 0s);
    CHECK(retry_after("120", now) == 120s);
    CHECK(retry_after("Sun, 06 Nov 1994 08:50:07 GMT", now) == 30s);
    CHECK(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now) == 0s);
    CHECK(retry_after("Sat, 05 Nov 1994 08:49:37 GMT", now) == 0s);
    for (const char* odd : {"", "-1", "1.5", "soon", "99999999999", "Sun, 31 Feb 1994 08:49:37 GMT",
                            "Sun, 06 Nov 1994 08:49:37", "Sunday, 06-Nov-94 08:49:37 GMT"})
        CHECK(!retry_after(odd, now));
}

TEST_CASE("policies without end overflow nothing") {
    std::mt19937_64 random{1};
    const clock::time_point now{};
    auto policy = retries::exponential(100, std::chrono::hours{1});
    policy.cap = std::chrono::milliseconds::max();
    policy.budget = std::chrono::milliseconds::max();
    retry_machine machine{policy, "get_account", true, now, clock::time_point::max()};
    for (int i = 0; i < 100; ++i) CHECK(machine.after(status(503), {}, now + 1h, random).has_value());
    CHECK(!retry_after("Fri, 31 Dec 9999 23:59:59 GMT", std::chrono::system_clock::time_point{}));
}
