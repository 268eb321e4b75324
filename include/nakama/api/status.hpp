// Generated from gen/api by nakama-gen; not to be edited.
// Who follows whom, and who is online.
#pragma once

#include <nakama/api/presences.hpp>
#include <nakama/list_view.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace nakama {

/// Who is online of those that are followed now.
struct status {
    /// [1] one for each socket; who is offline or oneself is left out
    std::vector<user_presence> presences{};

    bool operator==(const status&) const = default;
};

/// Who of those followed went online, offline or changed status.
struct status_presence_event {
    std::vector<user_presence> joins{}; ///< [2] with the status they have now
    /// [3] with the status they had; take them first, since a change is in both
    std::vector<user_presence> leaves{};

    bool operator==(const status_presence_event&) const = default;
};

/// Follow users to hear of their status.
struct status_follow_request {
    text_list user_ids{}; ///< [1] UUIDs; a malformed one refuses the whole
    text_list usernames{}; ///< [2] in addition to `user_ids`; none may be empty
};

/// Stop following users.
struct status_unfollow_request {
    text_list user_ids{}; ///< [1] UUIDs; who is not followed is passed over
};

/// Set one's own status.
struct status_update_request {
    /// [1] any text; not set goes offline, empty stays online; up to 2048 bytes
    std::optional<std::string_view> status{};
};

} // namespace nakama
