// Notifications, pushed to whoever is connected; nobody keeps them here.
#pragma once

#include "sandbox/world.hpp"

#include <cstdint>
#include <string>

namespace nakama::sandbox {

/// The codes of the server's own notifications.
namespace notice {
inline constexpr std::int32_t wants_to_chat = -1;
inline constexpr std::int32_t friend_request = -2;
inline constexpr std::int32_t friend_accepted = -3;
inline constexpr std::int32_t single_socket = -7;
} // namespace notice

/// Tells all sockets of `to` that `from` did something: `subject` follows the sender's name.
void notify(world& world, const std::string& to, std::int32_t code, const std::string& subject,
            const std::string& from_id, const std::string& from_name);

/// Tells a socket why it is closed, and closes it.
void dismiss(world& world, peer& socket, std::int32_t code, const std::string& subject);

} // namespace nakama::sandbox
