// Generated from gen/api by nakama-gen; not to be edited.
// The matchmaker: tickets, and figures about it.
#pragma once

#include <nakama/api/presences.hpp>
#include <nakama/list_view.hpp>
#include <nakama/timestamp.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// How long one matchmaker ticket waited.
struct matchmaker_completion_stats {
    timestamp create_time{}; ///< [1] when the ticket was made, down to nanoseconds
    timestamp complete_time{}; ///< [2] when it was matched, down to nanoseconds

    bool operator==(const matchmaker_completion_stats&) const = default;
};

/// Figures about the matchmaker.
struct matchmaker_stats {
    std::int32_t ticket_count{}; ///< [1] how many tickets wait
    timestamp oldest_ticket_create_time{}; ///< [2] when the one waiting longest was made; unset if none waits
    std::vector<matchmaker_completion_stats> completions{}; ///< [3] the latest 10 tickets matched

    bool operator==(const matchmaker_stats&) const = default;
};

/// One user of a result of the matchmaker. The server's `MatchmakerMatched.MatchmakerUser`.
struct matchmaker_user {
    user_presence presence{}; ///< [1] the user, on the socket that asked
    std::string party_id{}; ///< [2] the party that the user came with; empty for one who came alone
    std::map<std::string, std::string> string_properties{}; ///< [5] texts that came with the user's ticket
    std::map<std::string, double> numeric_properties{}; ///< [6] numbers that came with the user's ticket

    bool operator==(const matchmaker_user&) const = default;
};

/// The matchmaker's result: join the match by `token`, or by `match_id` where the server made the match.
struct matchmaker_matched {
    std::string ticket{}; ///< [1] the receiver's own
    std::string match_id{}; ///< [2] set if the server made the match, in place of `token`
    std::string token{}; ///< [3] to join with, good for 30 s by default; only a match token, not a session's
    std::vector<matchmaker_user> users{}; ///< [4] everybody in the match, in the same order for all
    matchmaker_user self{}; ///< [5] one's own entry among `users`

    bool operator==(const matchmaker_matched&) const = default;
};

/// A request to the matchmaker that waits for its match.
struct matchmaker_ticket {
    std::string ticket{}; ///< [1] UUID; withdraw with it, and know the result by it

    bool operator==(const matchmaker_ticket&) const = default;
};

/// Ask the matchmaker for a match.
struct matchmaker_add_request {
    std::int32_t min_count{}; ///< [1] fewest users to play with, oneself included; at least 2; required
    /// [2] most users to play with, oneself included; not below `min_count`; at least 2; required
    std::int32_t max_count{};
    /// [3] who may be matched with us, such as `+properties.region:eu`; `*` takes anybody
    std::string_view query = "*";
    list_view<string_entry> string_properties{}; ///< [4] texts that queries can ask for as `properties.name`
    /// [5] numbers that queries can ask for as `properties.name`
    list_view<number_entry> numeric_properties{};
    /// [6] the number of users is a multiple of this; must divide both counts; at least 1
    std::optional<std::int32_t> count_multiple{};
};

/// Withdraw a ticket of the matchmaker.
struct matchmaker_remove_request {
    std::string_view ticket{}; ///< [1] UUID, as `matchmaker_ticket` told; required
};

} // namespace nakama
