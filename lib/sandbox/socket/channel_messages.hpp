// What is said in channels: by their members, by the server, and by groups about themselves.
#pragma once

#include "sandbox/world.hpp"

#include <nakama/api/channels.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace nakama::sandbox {

/// The codes of messages. The history keeps `chat` for changed ones too.
namespace message_code {
inline constexpr std::int32_t chat = 0;
inline constexpr std::int32_t update = 1;
inline constexpr std::int32_t remove = 2;
inline constexpr std::int32_t group_join = 3;
inline constexpr std::int32_t group_add = 4;
inline constexpr std::int32_t group_leave = 5;
inline constexpr std::int32_t group_kick = 6;
inline constexpr std::int32_t group_promote = 7;
inline constexpr std::int32_t group_ban = 8;
inline constexpr std::int32_t group_demote = 9;
} // namespace message_code

struct speaker {
    std::string user_id{};
    std::string username{};
};

/// All members hear it, the sender and the hidden ones included. What is persistent is kept; throws refusal,
/// before anybody hears of it, for content that the database cannot hold. So does update_message.
channel_message_ack send_message(world& world, const channel_address& to, const speaker& by,
                                 const std::string& content, bool persistent);

/// Nothing if the message is to be in the history, and this speaker has none there with this id. Of what is
/// not persistent nothing is known, so that any id will do.
std::optional<channel_message_ack> update_message(world& world, const channel_address& to, const speaker& by,
                                                  const std::string& message_id, const std::string& content,
                                                  bool persistent);
std::optional<channel_message_ack> remove_message(world& world, const channel_address& to, const speaker& by,
                                                  const std::string& message_id, bool persistent);

/// Says and keeps in a group's channel what has happened to a user.
void tell_group(world& world, const std::string& group_id, std::int32_t code, const speaker& about);

} // namespace nakama::sandbox
