#include "heartbeat.hpp"

#include "call/deadlines.hpp"

#include <algorithm>
#include <utility>

namespace nakama {

void round_trip_times::add(std::chrono::microseconds taken) noexcept {
    taken = std::max(taken, std::chrono::microseconds::zero());
    last = taken;
    shortest = count == 0 ? taken : std::min(shortest, taken);
    longest = std::max(longest, taken);
    if (count == 0) {
        smoothed = taken;
        variation = taken / 2;
    } else {
        const auto off = taken > smoothed ? taken - smoothed : smoothed - taken;
        variation = (3 * variation + off) / 4;
        smoothed = (7 * smoothed + taken) / 8;
    }
    ++count;
    const auto above = std::lower_bound(bounds_us.begin(), bounds_us.end(), taken.count(),
                                        [](std::uint32_t bound, std::int64_t value) { return bound < value; });
    ++histogram[static_cast<std::size_t>(above - bounds_us.begin())];
}

std::chrono::microseconds round_trip_times::quantile(double share) const noexcept {
    if (count == 0) return {};
    const double wanted = std::clamp(share, 0.0, 1.0) * static_cast<double>(count);
    double seen = 0;
    for (std::size_t i = 0; i < bounds_us.size(); ++i) {
        seen += histogram[i];
        if (seen >= wanted && seen > 0)
            return std::min(longest, std::chrono::microseconds{bounds_us[i]});
    }
    return longest;
}

namespace realtime {

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

} // namespace realtime
} // namespace nakama
