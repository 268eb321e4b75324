// Decides what follows a failed attempt.
#pragma once

#include <nakama/clock.hpp>
#include <nakama/error.hpp>
#include <nakama/retry.hpp>

#include <chrono>
#include <optional>
#include <random>

namespace nakama::call {

/// Whether a failure may be repeated: one that cannot have reached the server always, one that may have only
/// for idempotent operations, and a refusal only if it is about the moment rather than about the request.
[[nodiscard]] bool may_repeat(const error& failure, bool idempotent) noexcept;

/// Counts attempts against a policy. Does no waiting itself.
class retry_machine {
public:
    retry_machine(const retry_policy& policy, bool idempotent, clock::time_point deadline)
        : policy_{policy}, idempotent_{idempotent}, deadline_{deadline} {}

    /// How long to wait before the next attempt; nothing if the failure is final: not to be repeated, out of
    /// retries, or the wait would outlast the deadline.
    [[nodiscard]] std::optional<std::chrono::milliseconds> after(const error& failure, clock::time_point now,
                                                                 std::mt19937_64& random);

    int attempts() const noexcept { return attempts_; }

private:
    retry_policy policy_;
    bool idempotent_;
    clock::time_point deadline_;
    int attempts_ = 0;
};

} // namespace nakama::call
