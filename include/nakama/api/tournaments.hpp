// Generated from gen/api by nakama-gen; not to be edited.
// Tournaments: joining them, and the records in them.
#pragma once

#include <nakama/api/leaderboards.hpp>
#include <nakama/list_view.hpp>
#include <nakama/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// A tournament.
struct tournament {
    std::string id{}; ///< [1] chosen by the server's code
    std::string title{}; ///< [2] for display
    std::string description{}; ///< [3] for display, longer
    std::uint32_t category{}; ///< [4] 0 to 127, agreed upon with the server's code
    std::uint32_t sort_order{}; ///< [5] 0 lowest score first, 1 highest first
    std::uint32_t size{}; ///< [6] how many joined
    std::uint32_t max_size{}; ///< [7] how many may join
    std::uint32_t max_num_score{}; ///< [8] how often each owner may write a score per period
    bool can_enter{}; ///< [9] whether joining and writing scores are possible now
    std::uint32_t end_active{}; ///< [10] end of the current active period, Unix time in seconds
    std::uint32_t next_reset{}; ///< [11] Unix time in seconds; 0 if it is never reset
    std::string metadata{}; ///< [12] a JSON object as text
    timestamp create_time{}; ///< [13] when it was made, whole seconds
    timestamp start_time{}; ///< [14] when it starts, whole seconds
    timestamp end_time{}; ///< [15] when it ends, whole seconds; unset if never
    std::uint32_t duration{}; ///< [16] length of an active period in seconds
    std::uint32_t start_active{}; ///< [17] start of the current active period, Unix time in seconds
    std::uint32_t prev_reset{}; ///< [18] Unix time in seconds; 0 if it was never reset
    leaderboard_operator operator_{}; ///< [19] how a new score is combined with the one on record
    bool authoritative{}; ///< [20] whether only the server writes records
    bool join_required{}; ///< [21] whether scores need joining first

    bool operator==(const tournament&) const = default;
};

/// A page of tournaments.
struct tournament_list {
    std::vector<tournament> tournaments{}; ///< [1] by start time, then latest end time, category and id
    std::string cursor{}; ///< [2] where the next page starts; empty on the last one

    bool operator==(const tournament_list&) const = default;
};

/// A page of a tournament's records.
struct tournament_record_list {
    std::vector<leaderboard_record> records{}; ///< [1] the page, in the order of their ranks
    std::vector<leaderboard_record> owner_records{}; ///< [2] those of the owners asked for, ordered by score
    std::string next_cursor{}; ///< [3] where the next page starts; empty on the last one
    std::string prev_cursor{}; ///< [4] where the page before starts; empty on the first one
    std::int64_t rank_count{}; ///< [5] how many records have a rank; 0 if the board keeps no ranks

    bool operator==(const tournament_record_list&) const = default;
};

/// Delete the caller's record from a tournament.
struct delete_tournament_record_request {
    std::string_view tournament_id{}; ///< [1] id of the tournament; required
};

/// Join a tournament.
struct join_tournament_request {
    std::string_view tournament_id{}; ///< [1] id of the tournament; required
};

/// List tournaments, a page at a time.
struct list_tournaments_request {
    /// [1] lowest category; 0 to 127; the server's default is 0
    std::optional<std::uint32_t> category_start{};
    /// [2] highest category, not below `category_start`; 0 to 127; the server's default is 127
    std::optional<std::uint32_t> category_end{};
    /// [3] only those that start then or later, Unix time in seconds
    std::optional<std::uint32_t> start_time{};
    /// [4] only those that end by then, Unix time in seconds; 0 for those without an end
    std::optional<std::uint32_t> end_time{};
    std::optional<std::int32_t> limit{}; ///< [6] size of the page; 1 to 100; the server's default is 100
    std::string_view cursor{}; ///< [8] from the page before; empty begins at the first page
};

/// List the records of a tournament, a page at a time.
struct list_tournament_records_request {
    std::string_view tournament_id{}; ///< [1] id of the tournament; required
    text_list owner_ids{}; ///< [2] UUIDs; their records come apart from the page, in `owner_records`
    std::optional<std::int32_t> limit{}; ///< [3] size of the page; 1 to 100; the server's default is 10
    std::string_view cursor{}; ///< [4] from a page before or after, of the same tournament
    /// [5] Unix time in seconds at which the period asked for ends; unset takes the current one
    std::optional<std::int64_t> expiry{};
};

/// List the records next to that of an owner.
struct list_tournament_records_around_owner_request {
    std::string_view tournament_id{}; ///< [1] id of the tournament; required
    /// [2] size of the page, the owner's record included; 1 to 100; the server's default is 100
    std::optional<std::uint32_t> limit{};
    std::string_view owner_id{}; ///< [3] UUID, who is in the middle of the page; required
    /// [4] Unix time in seconds at which the period asked for ends; unset takes the current one
    std::optional<std::int64_t> expiry{};
    std::string_view cursor{}; ///< [5] from a page before or after, of the same tournament
};

/// Write the caller's score to a tournament.
struct write_tournament_record_request {
    std::string_view tournament_id{}; ///< [1] id of the tournament; required
    std::int64_t score{}; ///< [2.1] whole points; at least 0; the server's default is 0
    std::int64_t subscore{}; ///< [2.2] decides between equal scores; at least 0; the server's default is 0
    std::string_view metadata{}; ///< [2.3] a JSON object as text; empty keeps that of the old record
    /// [2.4] how to combine with the score on record; `NO_OVERRIDE` takes the board's own way
    leaderboard_operator operator_{};
};

} // namespace nakama
