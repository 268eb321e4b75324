// Generated from gen/api by nakama-gen; not to be edited.
// Matches: finding them and playing in them.
#pragma once

#include <nakama/api/presences.hpp>
#include <nakama/list_view.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// A running match as the listing shows it. The server's `Match`.
struct listed_match {
    /// [1] ends in a dot for a relayed match, in the node's name for one run by the server
    std::string match_id{};
    bool authoritative{}; ///< [2] whether the server runs it, instead of relaying
    std::optional<std::string> label{}; ///< [3] set by the server's code; unset for relayed matches
    std::int32_t size{}; ///< [4] how many members it has, up to a second old
    std::int32_t tick_rate{}; ///< [5] runs of its loop per second; 0 for relayed matches
    std::string handler_name{}; ///< [6] the server's code that runs it; empty for relayed matches

    bool operator==(const listed_match&) const = default;
};

/// Running matches.
struct match_list {
    std::vector<listed_match> matches{}; ///< [1] in no order to rely on

    bool operator==(const match_list&) const = default;
};

/// A match that was created or joined.
struct match {
    std::string match_id{}; ///< [1] UUID and a dot, then the node's name for a match that runs on the server
    bool authoritative{}; ///< [2] whether a match handler runs on the server
    /// [3] of an authoritative match, maybe empty; not set for a relayed one
    std::optional<std::string> label{};
    /// [4] all members on create and on a repeated join, only the others on a first join
    std::int32_t size{};
    std::vector<user_presence> presences{}; ///< [5] the others; includes oneself when joining again
    user_presence self{}; ///< [6] one's own presence

    bool operator==(const match&) const = default;
};

/// Data that came through a match.
struct match_data {
    std::string match_id{}; ///< [1] UUID and a dot, then the node's name for a match that runs on the server
    user_presence presence{}; ///< [2] the sender; empty if the match itself sent it
    std::int64_t op_code{}; ///< [3] the game's own kind of message; any value
    std::string data{}; ///< [4] bytes, decoded
    bool reliable{}; ///< [5] as the sender set it

    bool operator==(const match_data&) const = default;
};

/// Who came to and who went from a match.
struct match_presence_event {
    std::string match_id{}; ///< [1] UUID and a dot, then the node's name for a match that runs on the server
    std::vector<user_presence> joins{}; ///< [2] who came; may be oneself
    std::vector<user_presence> leaves{}; ///< [3] who went

    bool operator==(const match_presence_event&) const = default;
};

/// List running matches; there are no further pages.
struct list_matches_request {
    /// [1] how many to list at most; 1 to 100; the server's default is 10
    std::optional<std::int32_t> limit{};
    std::optional<bool> authoritative{}; ///< [2] only those run by the server, or only relayed ones
    /// [3] only server matches with exactly this label; refused for relayed ones
    std::optional<std::string_view> label{};
    std::optional<std::int32_t> min_size{}; ///< [4] only those with at least so many members; at least 0
    /// [5] only those with at most so many members, not below `min_size`; at least 0
    std::optional<std::int32_t> max_size{};
    /// [6] on the labels of server matches, such as `+label.mode:ranked`; refused for relayed ones
    std::optional<std::string_view> query{};
};

/// Create a relayed match.
struct match_create_request {
    /// [1] makes the id; creating with a used name joins, and without a name makes a new id
    std::string_view name{};
};

/// Send data through a match.
struct match_data_send_request {
    /// [1] UUID and a dot, then the node's name for a match that runs on the server; required
    std::string_view match_id{};
    std::int64_t op_code{}; ///< [2] the game's own kind of message; any value
    std::string_view data{}; ///< [3] bytes, not yet encoded
    /// [4] only to these, by their session ids; empty means everybody but oneself
    list_view<user_presence_ref> presences{};
    bool reliable{}; ///< [5] passed on to the receivers
};

/// Join a match by id or by the matchmaker's token.
struct match_join_request {
    /// [1] UUID and a dot, then the node's name for a match that runs on the server
    std::string_view match_id{};
    std::string_view token{}; ///< [2] from `matchmaker_matched`; never a session token
    /// [3] for an authoritative match's join handler; relayed matches ignore it
    list_view<string_entry> metadata{};
};

/// Leave a match.
struct match_leave_request {
    /// [1] UUID and a dot, then the node's name for a match that runs on the server; required
    std::string_view match_id{};
};

} // namespace nakama
