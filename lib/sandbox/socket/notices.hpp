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
inline constexpr std::int32_t group_add = -4;
inline constexpr std::int32_t group_join_request = -5;
} // namespace notice

/// Tells all sockets of `to` that `from` did something: `subject` follows the sender's name.
void notify(world& world, const std::string& to, std::int32_t code, const std::string& subject,
            const std::string& from_id, const std::string& from_name);

struct notice_text {
    std::string subject{};
    std::string content{}; ///< a JSON object
};

/// The same in words of one's own.
void notify(world& world, const std::string& to, std::int32_t code, notice_text text,
            const std::string& from_id);

} // namespace nakama::sandbox
