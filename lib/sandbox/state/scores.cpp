#include "sandbox/state/scores.hpp"

#include <algorithm>
#include <limits>

namespace nakama::sandbox {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

/// Of what is on record, which is never below zero.
std::optional<std::int64_t> sum(std::int64_t old, std::int64_t given) {
    if (given > 0 && old > most - given) return {};
    return old + given;
}

std::optional<std::int64_t> difference(std::int64_t old, std::int64_t given) {
    if (given < 0 && old > most + given) return {};
    return std::max<std::int64_t>(old - given, 0);
}

std::optional<points> storable(std::optional<std::int64_t> score, std::optional<std::int64_t> subscore) {
    if (!score || !subscore || *score < 0 || *subscore < 0) return {};
    return points{*score, *subscore};
}

} // namespace

std::optional<points> first_points(leaderboard_operator by, points given) {
    if (by == leaderboard_operator::decrement) return points{};
    return storable(given.score, given.subscore);
}

std::optional<points> combined(leaderboard_operator by, score_order order, points old, points given) {
    switch (by) {
    case leaderboard_operator::increment:
        return storable(sum(old.score, given.score), sum(old.subscore, given.subscore));
    case leaderboard_operator::decrement:
        return storable(difference(old.score, given.score), difference(old.subscore, given.subscore));
    case leaderboard_operator::set:
        return storable(given.score, given.subscore);
    default:
        // Each for itself: the best subscore need not have come with the best score.
        if (order == score_order::lowest_first)
            return storable(std::min(old.score, given.score), std::min(old.subscore, given.subscore));
        return storable(std::max(old.score, given.score), std::max(old.subscore, given.subscore));
    }
}

bool counts(leaderboard_operator by, score_order order, points old, points given) {
    if (by == leaderboard_operator::increment || by == leaderboard_operator::decrement)
        return given != points{};
    return combined(by, order, old, given) != old;
}

} // namespace nakama::sandbox
