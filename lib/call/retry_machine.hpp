// Decides what follows a failed attempt.
#pragma once

#include <nakama/clock.hpp>
#include <nakama/error.hpp>
#include <nakama/retry.hpp>

#include <chrono>
#include <optional>
#include <random>
#include <string_view>

namespace nakama::call {

struct operation;

/// Whether a failure may be repeated: one that cannot have reached the server always, one that may have only
/// for idempotent operations, and a refusal only if it is about the moment rather than about the request.
[[nodiscard]] bool may_repeat(const error& failure, bool idempotent) noexcept;

/// Whether a policy's predicate is asked about a failure: not if repeating it makes no sense whatever it
/// says.
[[nodiscard]] bool is_final(const error& failure) noexcept;

/// Counts attempts against a policy. Does no waiting itself.
class retry_machine {
public:
    retry_machine(const retry_policy& policy, std::string_view operation, bool idempotent,
                  clock::time_point started, clock::time_point deadline)
        : policy_{policy}, operation_{operation}, idempotent_{idempotent}, started_{started},
          deadline_{deadline} {}

    /// How long to wait before the next attempt; nothing if the failure is final: not to be repeated, out of
    /// retries, or the wait would outlast budget or deadline. `asked` is what the server said by Retry-After.
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    after(const error& failure, std::optional<std::chrono::milliseconds> asked, clock::time_point now,
          std::mt19937_64& random);

private:
    retry_policy policy_;
    std::string_view operation_;
    bool idempotent_;
    clock::time_point started_, deadline_;
    int failures_ = 0;
};

/// The wait that a Retry-After header asks for: seconds, or a date (RFC 9110, 10.2.3) seen from `now`.
/// Nothing if it is neither.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_after(std::string_view header,
                                                                   std::chrono::system_clock::time_point now);

} // namespace nakama::call
