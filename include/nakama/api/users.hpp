// Generated from gen/api by nakama-gen; not to be edited.
// Public profiles of users.
#pragma once

#include <nakama/list_view.hpp>
#include <nakama/timestamp.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace nakama {

/// The public side of a user.
struct user {
    std::string id{}; ///< [1] UUID
    std::string username{}; ///< [2] unique, 1 to 128 bytes
    std::string display_name{}; ///< [3] up to 255 characters, not unique
    std::string avatar_url{}; ///< [4] up to 512 characters
    std::string lang_tag{}; ///< [5] BCP 47 tag, `en` from creation
    std::string location{}; ///< [6] up to 255 characters
    std::string timezone{}; ///< [7] up to 255 characters
    std::string metadata{}; ///< [8] a JSON object as text, changed by the server only
    std::string facebook_id{}; ///< [9] linked identity at Facebook
    std::string google_id{}; ///< [10] linked identity at Google
    std::string gamecenter_id{}; ///< [11] linked identity at Game Center
    std::string steam_id{}; ///< [12] linked identity at Steam
    bool online{}; ///< [13] whether a socket of the user shows presence
    std::int32_t edge_count{}; ///< [14] relations to other users, pending ones included
    timestamp create_time{}; ///< [15] when the account was made, whole seconds
    timestamp update_time{}; ///< [16] when the account was last changed, whole seconds
    std::string facebook_instant_game_id{}; ///< [17] linked player of a Facebook Instant Game
    std::string apple_id{}; ///< [18] linked identity at Apple

    bool operator==(const user&) const = default;
};

/// Users.
struct users {
    std::vector<user> users{}; ///< [1] in no order to rely on, without unknown ones

    bool operator==(const struct users&) const = default;
};

/// Fetch users; asking for nobody gives an empty list.
struct get_users_request {
    text_list ids{}; ///< [1] UUIDs; a malformed one is refused, an unknown one left out
    text_list usernames{}; ///< [2] exact names, case-sensitive; unknown ones are left out
    text_list facebook_ids{}; ///< [3] ids at Facebook; unknown ones are left out
};

} // namespace nakama
