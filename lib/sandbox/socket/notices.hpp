// Notifications, pushed to whoever is connected; nobody keeps them here.
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
inline constexpr std::int32_t friend_joined_game = -6;
inline constexpr std::int32_t banned = -8;
} // namespace notice

/// Tells one socket alone what the server has to say to it before it goes.
void say_farewell(world& world, peer& socket, std::int32_t code, const std::string& subject);

/// Tells all sockets of `to` that `from` did something: `subject` follows the sender's name.
void notify(world& world, const std::string& to, std::int32_t code, const std::string& subject,
            const std::string& from_id, const std::string& from_name);

/// All in one message. Ids and times are given here.
void notify(world& world, const std::string& to, std::vector<notification> notices);

} // namespace nakama::sandbox
