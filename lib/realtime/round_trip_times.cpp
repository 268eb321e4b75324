#include <nakama/round_trip_times.hpp>

#include <algorithm>
#include <cstddef>

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
    const auto above =
        std::lower_bound(bounds_us.begin(), bounds_us.end(), taken.count(),
                         [](std::uint32_t bound, std::int64_t value) { return bound < value; });
    ++histogram[static_cast<std::size_t>(above - bounds_us.begin())];
}

std::chrono::microseconds round_trip_times::quantile(double share) const noexcept {
    if (count == 0) return {};
    const double wanted = std::clamp(share, 0.0, 1.0) * static_cast<double>(count);
    double seen = 0;
    for (std::size_t i = 0; i < bounds_us.size(); ++i) {
        seen += histogram[i];
        if (seen >= wanted && seen > 0) return std::min(longest, std::chrono::microseconds{bounds_us[i]});
    }
    return longest;
}

} // namespace nakama
