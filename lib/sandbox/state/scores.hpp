// How scores are compared and combined.
#pragma once

#include <nakama/sandbox/leaderboards.hpp>

#include <cstdint>
#include <optional>

namespace nakama::sandbox {

struct points {
    std::int64_t score{};
    std::int64_t subscore{};

    bool operator==(const points&) const = default;
};

/// What a first score puts on record. Nothing if it cannot be kept, which is so below zero.
[[nodiscard]] std::optional<points> first_points(leaderboard_operator by, points given);

/// What a further score makes of the old one; nothing if that cannot be kept, below zero or beyond 64 bits.
[[nodiscard]] std::optional<points> combined(leaderboard_operator by, score_order order, points old,
                                             points given);

/// Whether a further score on a leaderboard is taken at all.
[[nodiscard]] bool counts(leaderboard_operator by, score_order order, points old, points given);

} // namespace nakama::sandbox
