// What the views of leaderboards and tournaments have in common.
#pragma once

#include "sandbox/state/board.hpp"

#include <nakama/sandbox/leaderboards.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

/// In canonical form. These throw std::invalid_argument.
[[nodiscard]] std::string uuid_of(std::string_view id);
[[nodiscard]] std::string json_object(std::string_view text);

[[nodiscard]] submission submission_of(const new_score& score);

/// Calls what may throw board_refusal, which becomes std::invalid_argument.
template <class Act>
auto act_on_board(const Act& act) {
    try {
        return act();
    } catch (const board_refusal& refused) {
        throw std::invalid_argument{refused.what()};
    }
}

[[nodiscard]] std::vector<leaderboard_record> all_records(const board& board, std::optional<timestamp> expiry,
                                                          wall_time now);
[[nodiscard]] std::optional<leaderboard_record> record_of(const board& board, std::string_view owner_id,
                                                          wall_time now);

} // namespace nakama::sandbox
