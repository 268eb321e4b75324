#include "realtime/heartbeat.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace nakama;
using namespace std::chrono_literals;
using realtime::heartbeat;
using action = heartbeat::action;

namespace {

constexpr heartbeat_policy policy{.interval = 5s, .timeout = 3s};

struct watched {
    heartbeat beat{policy};
    clock::time_point now{};
    std::uint64_t received = 0;
    heartbeat::step last = beat.start(now, received);

    /// Looks when it has asked to.
    action look(bool has_come, bool is_asked = false, bool is_held_up = false) {
        now = last.look_again;
        if (has_come) ++received;
        last = beat.look(now, {.received = received, .is_held_up = is_held_up, .busy_until = is_asked ? clock::time_point::max() : clock::time_point::min()});
        return last.what;
    }
};

} // namespace

TEST_CASE("while anything comes no ping goes out") {
    watched line;
    CHECK(line.last.look_again == clock::time_point{} + 5s);
    for (int i = 0; i < 100; ++i) REQUIRE(line.look(true) == action::none);
    CHECK(line.now == clock::time_point{} + 500s);
}

TEST_CASE("silence is asked after once, then it is the end") {
    watched line;
    CHECK(line.look(false) == action::ping);
    CHECK(line.last.look_again == line.now + 3s);
    CHECK(line.look(false) == action::give_up);
    CHECK(line.now == clock::time_point{} + 8s);
}

TEST_CASE("any sign of life after the ping is enough") {
    watched line;
    CHECK(line.look(false) == action::ping);
    CHECK(line.look(true) == action::none);
    CHECK(line.last.look_again == line.now + 5s);
    CHECK(line.look(false) == action::ping);
    CHECK(line.look(true) == action::none);
}

TEST_CASE("a server that is asked may be silent until the request's time is up, and once more") {
    watched line;
    CHECK(line.look(false, true) == action::ping);
    for (int i = 0; i < 20; ++i) REQUIRE(line.look(false, true) == action::none);
    CHECK(line.look(false, false) == action::none);
    CHECK(line.look(false, false) == action::give_up);
}

TEST_CASE("an asked server's silence is forgotten when it speaks") {
    watched line;
    CHECK(line.look(false, true) == action::ping);
    CHECK(line.look(true, false) == action::none);
    CHECK(line.look(false) == action::ping);
    CHECK(line.look(false) == action::give_up);
}

TEST_CASE("while we do not read nothing can come") {
    watched line;
    for (int i = 0; i < 20; ++i) REQUIRE(line.look(false, false, true) == action::none);
    CHECK(line.look(false) == action::ping);
    CHECK(line.look(false, false, true) == action::none);
    CHECK(line.look(false) == action::ping);
}

TEST_CASE("a new connection begins anew") {
    watched line;
    CHECK(line.look(false) == action::ping);
    line.last = line.beat.start(line.now, line.received);
    CHECK(line.look(false) == action::ping);
}

TEST_CASE("requests that are made after the ping excuse nothing") {
    watched line;
    CHECK(line.look(false) == action::ping);
    CHECK(line.look(false, true) == action::give_up);
}

TEST_CASE("a request excuses no longer than it may take") {
    heartbeat beat{policy};
    const clock::time_point start{};
    auto step = beat.start(start);
    step = beat.look(start + 5s, {.busy_until = start + 9s});
    CHECK(step.what == action::ping);
    step = beat.look(start + 8s, {.busy_until = start + 60s}); // another one, made later
    CHECK(step.what == action::none);
    step = beat.look(start + 11s, {.busy_until = start + 60s});
    CHECK(step.what == action::none);
    step = beat.look(start + 14s, {.busy_until = start + 60s});
    CHECK(step.what == action::give_up);
}
