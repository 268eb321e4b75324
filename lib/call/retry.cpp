#include <nakama/retry.hpp>

#include <algorithm>

namespace nakama {

std::chrono::milliseconds retry_policy::delay(int number) const noexcept {
    if (number < 1 || interval.count() <= 0 || cap.count() <= 0) return std::chrono::milliseconds::zero();
    // Comparing before multiplying keeps long sequences from overflowing.
    const auto times = [this](std::int64_t factor) {
        return interval.count() > cap.count() / factor ? cap : std::min(cap, interval * factor);
    };
    switch (grows) {
    case growth::fixed:
        return times(1);
    case growth::incremental:
        return times(number);
    case growth::exponential:
        return number > 62 ? cap : times(std::int64_t{1} << (number - 1));
    }
    return interval;
}

} // namespace nakama
