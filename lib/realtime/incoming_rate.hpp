// Bounds how many messages a second are read.
#pragma once

#include <nakama/clock.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace nakama::realtime {

/// Counts in portions of a tenth of a second, so that the clock need not be looked at for each message.
class incoming_rate {
public:
    /// 0 is no bound.
    explicit incoming_rate(std::size_t per_second)
        : portion_{per_second == 0 ? 0 : std::max<std::size_t>(per_second / 10, 1)},
          period_{std::chrono::nanoseconds{per_second == 0
                                               ? 0
                                               : 1'000'000'000 * static_cast<std::int64_t>(portion_) /
                                                     static_cast<std::int64_t>(per_second)}} {}

    void start(clock::time_point now) {
        count_ = 0;
        next_ = now + period_;
    }

    /// Counts a message; true if a portion is used up, and until() has to be asked.
    bool count() { return portion_ > 0 && ++count_ >= portion_; }

    /// When reading may go on, perhaps in the past. Begins the next portion.
    clock::time_point until(clock::time_point now) {
        count_ = 0;
        const auto due = next_;
        next_ = std::max(now, due) + period_;
        return due;
    }

private:
    std::size_t portion_;
    clock::duration period_;
    std::size_t count_ = 0;
    clock::time_point next_{};
};

} // namespace nakama::realtime
