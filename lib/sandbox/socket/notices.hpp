// Notifications on their way: kept if they are persistent, and pushed to whoever is connected.
#pragma once

#include "sandbox/world.hpp"

#include <nakama/api/notifications.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace nakama::sandbox {

/// The codes of the server's own notifications.
namespace notice {
inline constexpr std::int32_t wants_to_chat = -1;
inline constexpr std::int32_t friend_request = -2;
inline constexpr std::int32_t friend_accepted = -3;
inline constexpr std::int32_t group_add = -4;
inline constexpr std::int32_t group_join_request = -5;
inline constexpr std::int32_t friend_joined_game = -6;
inline constexpr std::int32_t single_socket = -7;
inline constexpr std::int32_t banned = -8;
inline constexpr std::int32_t friend_removed = -9;
} // namespace notice

/// Tells all sockets of `to` that `from` did something: `subject` follows the sender's name.
void notify(world& world, const std::string& to, std::int32_t code, const std::string& subject,
            const std::string& from_id, const std::string& from_name);

/// All in one message. Ids and times are given here; without a sender it is the server. Content is JSON as
/// the server's standard library writes it. Nothing happens for users who are not there.
void notify(world& world, const std::string& to, std::vector<notification> notices);

/// A persistent one becomes one for each user, another reaches whoever is connected.
void notify_everybody(world& world, const notification& notice);

/// Tells a socket why it is closed, and closes it.
void dismiss(world& world, peer& socket, std::int32_t code, const std::string& subject);

} // namespace nakama::sandbox
