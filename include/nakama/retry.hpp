// When a failed request is tried again, and how long to wait before.
#pragma once

#include <nakama/config.hpp>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace nakama {

class error;

/// An attempt that has failed, as predicates and listeners of a policy see it. What it refers to lives only
/// during the call.
struct failed_attempt {
    std::string_view operation{}; ///< "get_account"
    int number = 1;               ///< of the attempt, counted from 1
    const error& failure;
    bool idempotent = false;           ///< whether repeating the operation changes nothing
    bool may_repeat = false;           ///< what the library would do
    std::chrono::milliseconds delay{}; ///< until the next attempt, for listeners
    void* context = nullptr;           ///< retry_policy::context
};

/// How often to try again and how long to wait. Which failures may be repeated at all is decided by the
/// operation's idempotency and by what is known of the failure, unless `repeat_if` decides otherwise:
/// failures before anything was sent always; lost connections and the statuses 408, 429, 502, 503 and 504
/// only for idempotent operations; never 500, which is what a failing function of the server's runtime gives.
///
/// A value; make one with retries::fixed, incremental, exponential or none.
struct retry_policy {
    /// How the delays follow from the interval.
    enum class growth : std::uint8_t {
        fixed,       ///< 1, 1, 1, ... times
        incremental, ///< 1, 2, 3, ... times
        exponential, ///< 1, 2, 4, ... times
    };

    int retries = 0;                      ///< attempts after the first
    std::chrono::milliseconds interval{}; ///< the first delay
    growth grows = growth::fixed;
    std::chrono::milliseconds cap = std::chrono::minutes{1}; ///< no single delay of the policy's is longer
    /// No attempt begins later than this after the call did; 0 leaves that to the call's deadline.
    std::chrono::milliseconds budget{};
    bool jitter = false; ///< wait a random time between zero and the delay

    /// Decides whether a failure is repeated, instead of the library. Never asked about what the caller or a
    /// deadline cut short, nor about what cannot be sent.
    bool (*repeat_if)(const failed_attempt&) = nullptr;
    /// Is told of each attempt that will be followed by another, before the wait.
    void (*on_retry)(const failed_attempt&) = nullptr;
    void* context = nullptr; ///< passed to both; has to live as long as the call

    /// The delay before retry `number`, counted from 1, without jitter. A server that asks for more, by
    /// Retry-After, gets it.
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

/// The same policy with full jitter: many clients that were cut off together do not come back together.
constexpr retry_policy jittered(retry_policy policy) noexcept {
    policy.jitter = true;
    return policy;
}

} // namespace retries
} // namespace nakama
