// How far away the server is.
#pragma once

#include <nakama/config.hpp>

#include <array>
#include <chrono>
#include <cstdint>

namespace nakama {

/// How long pings took to be answered: those of the heartbeat, which only goes out in silence, and those of
/// socket::ping().
struct round_trip_times {
    /// Upper bounds of the histogram's classes, in microseconds; the last class has none.
    static constexpr std::array<std::uint32_t, 15> bounds_us{100,    250,    500,     1000,    2500,
                                                             5000,   10000,  25000,   50000,   100000,
                                                             250000, 500000, 1000000, 2500000, 5000000};

    std::uint64_t count = 0;               ///< of the pings that were answered
    std::chrono::microseconds last{};      ///< 0 before the first
    std::chrono::microseconds smoothed{};  ///< as TCP does it (RFC 6298): an eighth of each new one goes in
    std::chrono::microseconds variation{}; ///< smoothed difference from `smoothed`
    std::chrono::microseconds shortest{};
    std::chrono::microseconds longest{};
    std::array<std::uint32_t, bounds_us.size() + 1> histogram{}; ///< how many fell into each class

    NAKAMA_API void add(std::chrono::microseconds taken) noexcept;

    /// The bound of the class in which `share` (0 to 1) of the pings lies; `longest` in the last class, 0
    /// without any.
    NAKAMA_API std::chrono::microseconds quantile(double share) const noexcept;
};

} // namespace nakama
