#include "heartbeat.hpp"

#include "call/deadlines.hpp"

#include <algorithm>
#include <utility>

namespace nakama::realtime {

heartbeat::step heartbeat::start(clock::time_point now, std::uint64_t received) {
    received_ = received;
    has_pinged_ = was_excused_ = false;
    return {.look_again = call::deadline_after(now, policy_.interval)};
}

heartbeat::step heartbeat::look(clock::time_point now, const signs& seen) {
    const bool is_alive = std::exchange(received_, seen.received) != seen.received || seen.is_held_up;
    if (is_alive) {
        has_pinged_ = was_excused_ = false;
        return {.look_again = call::deadline_after(now, policy_.interval)};
    }
    const auto answer_due = call::deadline_after(now, policy_.timeout);
    if (!std::exchange(has_pinged_, true)) {
        // Requests made later wait behind the ping, and so excuse nothing.
        excused_until_ = seen.busy_until;
        was_excused_ = now < excused_until_;
        return {.what = action::ping, .look_again = answer_due};
    }
    const bool is_excused = now < std::min(excused_until_, seen.busy_until);
    // A server that was busy until now may answer the ping now.
    if (std::exchange(was_excused_, is_excused) || is_excused) return {.look_again = answer_due};
    return {.what = action::give_up};
}

} // namespace nakama::realtime
