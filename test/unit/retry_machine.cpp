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
    retry_machine machine{retries::exponential(3, 500ms), true, now + 1h};
    CHECK(machine.after(status(503), now, random) == 500ms);
    CHECK(machine.after(status(503), now, random) == 1s);
    CHECK(machine.after(status(503), now, random) == 2s);
    CHECK(!machine.after(status(503), now, random));
    CHECK(machine.attempts() == 4);
}

TEST_CASE("a machine gives up at once rather than wait past the deadline") {
    std::mt19937_64 random{1};
    const clock::time_point now{};
    retry_machine machine{retries::fixed(3, 500ms), true, now + 700ms};
    CHECK(machine.after(status(503), now, random) == 500ms);
    CHECK(!machine.after(status(503), now + 500ms, random));
}

TEST_CASE("jitter spreads delays between zero and the policy's, the same for the same seed") {
    auto policy = retries::fixed(1000, 500ms);
    policy.jitter = true;
    std::mt19937_64 random{7}, again{7};
    const clock::time_point now{};
    retry_machine machine{policy, true, now + 1h}, twin{policy, true, now + 1h};
    std::set<std::chrono::milliseconds> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto delay = machine.after(status(503), now, random);
        REQUIRE(delay);
        CHECK(*delay >= 0ms);
        CHECK(*delay <= 500ms);
        CHECK(twin.after(status(503), now, again) == delay);
        seen.insert(*delay);
    }
    CHECK(seen.size() > 300);
}
