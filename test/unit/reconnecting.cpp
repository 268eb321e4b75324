#include "realtime/reconnecting.hpp"

#include <nakama/error.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace nakama;
using namespace std::chrono_literals;
using realtime::reconnecting;

namespace {

const close_info accident{
    .initiator = close_info::by::network, .reason = "reset", .cause = close_cause::broken};

struct world {
    std::mt19937_64 random{1};
    clock::time_point now{};

    std::optional<std::chrono::milliseconds> after(reconnecting& machine, const close_info& why = accident) {
        const auto delay = machine.after(why, now, random);
        if (delay) now += *delay;
        return delay;
    }
};

} // namespace

TEST_CASE("delays grow from failure to failure, and end with the attempts") {
    world w;
    reconnecting machine{reconnects::with(retries::exponential(3, 1s))};
    machine.lost(w.now, 1h);
    CHECK(w.after(machine) == 1s);
    CHECK(w.after(machine) == 2s);
    CHECK(w.after(machine) == 4s);
    CHECK(machine.attempts() == 3);
    CHECK(!w.after(machine));
    CHECK(machine.since() == clock::time_point{});
}

TEST_CASE("a connection that has lasted starts the delays anew, one that has not does not") {
    world w;
    reconnecting machine{reconnects::with(retries::exponential(10, 1s))};
    machine.lost(w.now, 1h);
    CHECK(w.after(machine) == 1s);
    machine.lost(w.now, 9s);
    CHECK(machine.attempts() == 0);
    CHECK(w.after(machine) == 2s);
    machine.lost(w.now, 10s);
    CHECK(w.after(machine) == 1s);
}

TEST_CASE("the budget bounds how long the socket is away") {
    world w;
    auto policy = reconnects::with(retries::fixed(100, 2s));
    policy.delays.budget = 5s;
    reconnecting machine{policy};
    machine.lost(w.now, 1h);
    CHECK(w.after(machine) == 2s);
    w.now += 500ms; // dialling
    CHECK(w.after(machine) == 2s);
    CHECK(!w.after(machine));
}

TEST_CASE("what was meant is final") {
    world w;
    reconnecting machine{reconnects::always()};
    machine.lost(w.now, 1h);
    CHECK(!w.after(machine, {.cause = close_cause::banned}));
    CHECK(!w.after(machine, {.cause = close_cause::closed_here}));
    CHECK(w.after(machine));
}

TEST_CASE("jitter spreads delays between nothing and the whole") {
    world w;
    reconnecting machine{reconnects::with(retries::jittered(retries::fixed(1000, 1s)))};
    machine.lost(w.now, 1h);
    std::chrono::milliseconds least = 1h, most = 0ms;
    for (int i = 0; i < 200; ++i) {
        const auto delay = machine.after(accident, w.now, w.random);
        REQUIRE(delay);
        least = std::min(least, *delay);
        most = std::max(most, *delay);
    }
    CHECK(least < 100ms);
    CHECK(most > 900ms);
    CHECK(most <= 1s);
}

TEST_CASE("a predicate decides, and a listener hears") {
    struct heard {
        std::string text;
        bool answer = true;
    } about;
    auto policy = reconnects::with(retries::fixed(5, 1s));
    policy.delays.context = &about;
    policy.delays.repeat_if = [](const failed_attempt& seen) {
        auto& to = *static_cast<heard*>(seen.context);
        to.text += std::string{seen.operation} + ' ' + std::string{to_string(seen.failure.close()->cause)} +
                   (seen.may_repeat ? " yes " : " no ");
        return to.answer;
    };
    policy.delays.on_retry = [](const failed_attempt& seen) {
        static_cast<heard*>(seen.context)->text += std::to_string(seen.number) + ". ";
    };
    world w;
    reconnecting machine{policy};
    machine.lost(w.now, 1h);
    CHECK(w.after(machine, {.cause = close_cause::disconnected}));
    about.answer = false;
    CHECK(!w.after(machine));
    CHECK(about.text == "connect disconnected no 1. connect broken yes ");
    about.answer = true;
    CHECK(!w.after(machine, {.cause = close_cause::closed_here}));
}

TEST_CASE("without a policy nothing comes back") {
    world w;
    CHECK(!reconnects::none().is_on());
    CHECK(reconnects::always().is_on());
    reconnecting machine{reconnects::none()};
    machine.lost(w.now, 1h);
    CHECK(!w.after(machine));
}
