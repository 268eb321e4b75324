// What a channel's id says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nakama::sandbox {

enum class channel_kind { room, group, direct };

struct channel_address {
    channel_kind kind = channel_kind::room;
    std::string room_name{};
    std::string group_id{};
    std::string user_id_one{}; ///< the smaller id of a direct channel's two
    std::string user_id_two{};
    std::string written{}; ///< the id as it was given, which may spell UUIDs in another way

    /// Ids that are nil are left out of it.
    [[nodiscard]] std::string id() const;

    /// Copies itself into the message types, which all have these fields.
    template <class T>
    T& label(T& message) const {
        message.room_name = room_name;
        message.group_id = group_id;
        message.user_id_one = user_id_one;
        message.user_id_two = user_id_two;
        return message;
    }
};

/// Nothing if it is no channel's id.
[[nodiscard]] std::optional<channel_address> read_channel_id(std::string_view id);

[[nodiscard]] channel_address room_channel(const std::string& name);
[[nodiscard]] channel_address group_channel(const std::string& group_id);
[[nodiscard]] channel_address direct_channel(const std::string& user_id, const std::string& other_id);

} // namespace nakama::sandbox
