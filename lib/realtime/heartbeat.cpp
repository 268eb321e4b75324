#include "heartbeat.hpp"

#include "call/deadlines.hpp"

#include <utility>

namespace nakama::realtime {

heartbeat::step heartbeat::start(clock::time_point now, std::uint64_t received) {
    received_ = received;
    has_pinged_ = was_asked_ = false;
    return {.look_again = call::deadline_after(now, policy_.interval)};
}

heartbeat::step heartbeat::look(clock::time_point now, const signs& seen) {
    const bool is_alive = std::exchange(received_, seen.received) != seen.received || seen.is_held_up;
    if (is_alive) {
        has_pinged_ = was_asked_ = false;
        return {.look_again = call::deadline_after(now, policy_.interval)};
    }
    const auto answer_due = call::deadline_after(now, policy_.timeout);
    const bool was_asked = std::exchange(was_asked_, seen.is_asked);
    if (!std::exchange(has_pinged_, true)) return {.what = action::ping, .look_again = answer_due};
    // A server that was busy until now may answer the ping now.
    if (seen.is_asked || was_asked) return {.look_again = answer_due};
    return {.what = action::give_up};
}

} // namespace nakama::realtime
