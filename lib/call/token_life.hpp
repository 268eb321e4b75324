// When a token ends, and when it is to be renewed.
#pragma once

#include "wire/jwt.hpp"

#include <chrono>

namespace nakama::call {

/// Told by the claims inside a token and by when it came. The server's clock may be hours away from ours, so
/// of a token that it has issued just now only how long it lives counts, and that tells the difference as
/// well.
class token_life {
public:
    using time_point = std::chrono::system_clock::time_point;
    using duration = std::chrono::system_clock::duration;

    token_life() = default;

    /// Of a token from an earlier run: nothing is known but what it says.
    [[nodiscard]] static token_life kept(const wire::jwt_claims& claims);

    /// Of a token that came from the server at `now`, for one with the life `before`. Nakama leaves the time
    /// of issue as it was at sign-in when it renews a token, so the new one's life is taken from the old
    /// one's.
    [[nodiscard]] static token_life issued(const wire::jwt_claims& claims, time_point now,
                                           const token_life& before);

    time_point begins_at() const noexcept { return begin_; } ///< by the server's clock; the epoch if not told
    time_point ends_at() const noexcept { return end_; }     ///< the same
    /// How far the server's clock is ahead of ours; 0 unless known.
    duration skew() const noexcept { return skew_; }

    bool is_over(time_point now) const noexcept { return now + skew_ >= end_; }
    /// How much of it is left at `now`, negative once it is over.
    duration left(time_point now) const noexcept { return end_ - (now + skew_); }
    /// Whether no more than the share `lead` of it is left. Never for a token that does not tell when it
    /// ends.
    bool is_due(time_point now, double lead) const noexcept;

private:
    time_point begin_{};
    time_point end_{};
    duration length_{};
    duration skew_{};
    bool is_measured_ = false; // length_ is the server's setting rather than a guess
};

} // namespace nakama::call
