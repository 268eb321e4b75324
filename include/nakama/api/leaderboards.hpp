// Generated from gen/api by nakama-gen; not to be edited.
// Leaderboards and the records on them.
#pragma once

#include <nakama/list_view.hpp>
#include <nakama/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// How a new score is combined with the one on record. The server's `Operator`. Numbers that this version
/// does not know are kept.
enum class leaderboard_operator : std::int32_t {
    no_override = 0, ///< as the leaderboard or tournament is set up
    best = 1, ///< the better one in the sort order stays
    set = 2, ///< the new one replaces the old one
    increment = 3, ///< the new one is added to the old one
    decrement = 4, ///< the new one is taken off the old one, down to 0
};

/// The record of an owner on a leaderboard or in a tournament.
struct leaderboard_record {
    std::string leaderboard_id{}; ///< [1] id of the leaderboard or tournament
    std::string owner_id{}; ///< [2] UUID of the user whose record it is
    std::optional<std::string> username{}; ///< [3] name of the owner; unset if the owner is no user
    std::int64_t score{}; ///< [4] 0 or more
    std::int64_t subscore{}; ///< [5] 0 or more, decides between equal scores
    std::int32_t num_score{}; ///< [6] how many scores were taken into it
    std::string metadata{}; ///< [7] a JSON object as text
    timestamp create_time{}; ///< [8] when it was first written, whole seconds
    timestamp update_time{}; ///< [9] when it was last written, whole seconds
    timestamp expiry_time{}; ///< [10] when the next reset or the end removes it; unset if there is neither
    std::int64_t rank{}; ///< [11] from 1; 0 if the board keeps no ranks, though pages are numbered even then
    std::uint32_t max_num_score{}; ///< [12] how often a score may be written, 1000000 unless set

    bool operator==(const leaderboard_record&) const = default;
};

/// A page of a leaderboard's records.
struct leaderboard_record_list {
    std::vector<leaderboard_record> records{}; ///< [1] the page, in the order of their ranks
    std::vector<leaderboard_record> owner_records{}; ///< [2] those of the owners asked for, ordered by score
    std::string next_cursor{}; ///< [3] where the next page starts; empty on the last one
    std::string prev_cursor{}; ///< [4] where the page before starts; empty on the first one
    std::int64_t rank_count{}; ///< [5] how many records have a rank; 0 if the board keeps no ranks

    bool operator==(const leaderboard_record_list&) const = default;
};

/// A leaderboard as it is set up, which no operation answers.
struct leaderboard {
    std::string id{}; ///< [1] chosen by the server's code
    std::uint32_t sort_order{}; ///< [2] 0 lowest score first, 1 highest first
    leaderboard_operator operator_{}; ///< [3] how a new score is combined with the one on record
    std::uint32_t prev_reset{}; ///< [4] Unix time in seconds; 0 if it was never reset
    std::uint32_t next_reset{}; ///< [5] Unix time in seconds; 0 if it is never reset
    std::string metadata{}; ///< [6] a JSON object as text
    timestamp create_time{}; ///< [7] when it was made, whole seconds
    bool authoritative{}; ///< [8] whether only the server writes records

    bool operator==(const leaderboard&) const = default;
};

/// A page of leaderboards, which no operation answers.
struct leaderboard_list {
    std::vector<leaderboard> leaderboards{}; ///< [1] as they are set up
    std::string cursor{}; ///< [2] where the next page starts; empty on the last one

    bool operator==(const leaderboard_list&) const = default;
};

/// Delete the caller's record from a leaderboard.
struct delete_leaderboard_record_request {
    std::string_view leaderboard_id{}; ///< [1] id of the leaderboard; required
};

/// List the records of a leaderboard, a page at a time.
struct list_leaderboard_records_request {
    std::string_view leaderboard_id{}; ///< [1] id of the leaderboard; required
    text_list owner_ids{}; ///< [2] UUIDs; their records come apart from the page, in `owner_records`
    /// [3] size of the page; unset together with `owner_ids` means no page; 1 to 1000; the server's default
    /// is 1
    std::optional<std::int32_t> limit{};
    std::string_view cursor{}; ///< [4] from a page before or after, of the same leaderboard
    /// [5] Unix time in seconds at which the period asked for ends; unset takes the current one
    std::optional<std::int64_t> expiry{};
};

/// List the records next to that of an owner.
struct list_leaderboard_records_around_owner_request {
    std::string_view leaderboard_id{}; ///< [1] id of the leaderboard; required
    /// [2] size of the page, the owner's record included; 1 to 100; the server's default is 1
    std::optional<std::uint32_t> limit{};
    std::string_view owner_id{}; ///< [3] UUID, who is in the middle of the page; required
    /// [4] Unix time in seconds at which the period asked for ends; unset takes the current one
    std::optional<std::int64_t> expiry{};
    std::string_view cursor{}; ///< [5] from a page before or after, of the same leaderboard
};

/// Write the caller's score to a leaderboard.
struct write_leaderboard_record_request {
    std::string_view leaderboard_id{}; ///< [1] id of the leaderboard; required
    std::int64_t score{}; ///< [2.1] whole points; at least 0; the server's default is 0
    std::int64_t subscore{}; ///< [2.2] decides between equal scores; at least 0; the server's default is 0
    std::string_view metadata{}; ///< [2.3] a JSON object as text; empty keeps that of the old record
    /// [2.4] how to combine with the score on record; `NO_OVERRIDE` takes the board's own way
    leaderboard_operator operator_{};
};

} // namespace nakama
