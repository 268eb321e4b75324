// Generated from gen/api by nakama-gen; not to be edited.
// Notifications that the server keeps for the caller.
#pragma once

#include <nakama/list_view.hpp>
#include <nakama/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// A notification, pushed to a socket or listed.
struct notification {
    std::string id{}; ///< [1] UUID
    std::string subject{}; ///< [2] short text about it
    std::string content{}; ///< [3] a JSON object as text
    /// [4] below 0 the server's own, such as -1 chat, -2 friend request, -7 single socket, -8 banned
    std::int32_t code{};
    std::string sender_id{}; ///< [5] UUID of the user who caused it; none or the nil UUID if the server did
    timestamp create_time{}; ///< [6] when it was made, whole seconds
    bool persistent{}; ///< [7] whether the server stores it for listing

    bool operator==(const notification&) const = default;
};

/// A page of notifications.
struct notification_list {
    std::vector<notification> notifications{}; ///< [1] oldest first
    /// [2] never empty: where newer ones start, now or later; stop at an empty list
    std::string cacheable_cursor{};

    bool operator==(const notification_list&) const = default;
};

/// Notifications pushed to the socket.
struct notifications {
    std::vector<notification> notifications{}; ///< [1] one or several

    bool operator==(const struct notifications&) const = default;
};

/// Delete notifications of the caller.
struct delete_notifications_request {
    text_list ids{}; ///< [1] UUIDs; unknown ones are ignored
};

/// List the caller's stored notifications, a page at a time.
struct list_notifications_request {
    std::optional<std::int32_t> limit{}; ///< [1] size of the page; 1 to 100; the server's default is 1
    std::string_view cacheable_cursor{}; ///< [2] from the page before; only what is newer is listed
};

} // namespace nakama
