// When a failed request is tried again, and how long to wait before.
#pragma once

#include <nakama/config.hpp>

#include <chrono>
#include <cstdint>

namespace nakama {

/// How often to try again and how long to wait. Which failures may be repeated at all is not its business:
/// that is decided by the operation's idempotency and by what is known of the failure.
///
/// A value; make one with retries::fixed, incremental, exponential or none.
struct retry_policy {
    enum class growth : std::uint8_t { fixed, incremental, exponential };

    int retries = 0; ///< attempts after the first
    std::chrono::milliseconds interval{};
    growth grows = growth::fixed;
    std::chrono::milliseconds cap = std::chrono::minutes{1}; ///< no single delay is longer
    bool jitter = false; ///< wait a random time between zero and the delay

    /// The delay before retry `number`, counted from 1, without jitter.
    NAKAMA_API std::chrono::milliseconds delay(int number) const noexcept;

    bool operator==(const retry_policy&) const = default;
};

namespace retries {

/// Never try again.
constexpr retry_policy none() noexcept {
    return {};
}

/// The same delay each time.
constexpr retry_policy fixed(int retries, std::chrono::milliseconds interval) noexcept {
    return {.retries = retries, .interval = interval, .grows = retry_policy::growth::fixed};
}

/// 1, 2, 3, ... times the interval.
constexpr retry_policy incremental(int retries, std::chrono::milliseconds interval) noexcept {
    return {.retries = retries, .interval = interval, .grows = retry_policy::growth::incremental};
}

/// 1, 2, 4, ... times the interval.
constexpr retry_policy exponential(int retries, std::chrono::milliseconds interval) noexcept {
    return {.retries = retries, .interval = interval, .grows = retry_policy::growth::exponential};
}

} // namespace retries
} // namespace nakama
