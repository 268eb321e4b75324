// Generated from gen/api by nakama-gen; not to be edited.
// Chat channels: their messages, now and before.
#pragma once

#include <nakama/api/presences.hpp>
#include <nakama/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// What kind of channel `target` of `ChannelJoin` names. The server's `ChannelJoin.Type`. Numbers that this
/// version does not know are kept.
enum class channel_type : std::int32_t {
    type_unspecified = 0, ///< not said; taken as a room
    room = 1, ///< a room by name
    direct_message = 2, ///< another user by id
    group = 3, ///< a group by id
};

/// A message of a chat channel.
struct channel_message {
    std::string channel_id{}; ///< [1] `2...room`, `3.group..` or `4.user.user.` with the smaller id first
    std::string message_id{}; ///< [2] UUID
    /// [3] 0 chat, 1 update, 2 remove, 3 join, 4 add, 5 leave, 6 kick, 7 promote, 8 ban, 9 demote
    std::optional<std::int32_t> code{};
    std::string sender_id{}; ///< [4] UUID of the user who sent it
    std::string username{}; ///< [5] the sender's name as it was in the session's token
    std::string content{}; ///< [6] a JSON object as text
    timestamp create_time{}; ///< [7] when it was sent
    timestamp update_time{}; ///< [8] when it was last changed; equal to `create_time` if never
    std::optional<bool> persistent{}; ///< [9] whether the server keeps it in the history
    std::string room_name{}; ///< [10] of a room's channel, 1 to 64 bytes
    std::string group_id{}; ///< [11] of a group's channel, UUID
    std::string user_id_one{}; ///< [12] of a direct channel: the smaller user id
    std::string user_id_two{}; ///< [13] of a direct channel: the larger user id

    bool operator==(const channel_message&) const = default;
};

/// A page of a channel's history.
struct channel_message_list {
    std::vector<channel_message> messages{}; ///< [1] in the direction asked for; edited ones keep code 0
    std::string next_cursor{}; ///< [2] where the next page starts; empty on the last one
    std::string prev_cursor{}; ///< [3] where the page before starts; empty on the first one
    std::string cacheable_cursor{}; ///< [4] for later, to ask for what came after this page

    bool operator==(const channel_message_list&) const = default;
};

/// A chat channel that was joined.
struct channel {
    std::string id{}; ///< [1] by the kind of channel "2...room", "3.group.." or "4.user.user."
    /// [2] the others; includes oneself when joining again, never who is hidden
    std::vector<user_presence> presences{};
    user_presence self{}; ///< [3] one's own presence
    std::string room_name{}; ///< [4] of a room; empty for other channels
    std::string group_id{}; ///< [5] UUID, of a group's channel; empty for other channels
    std::string user_id_one{}; ///< [6] UUID of one user of a direct channel, the smaller of the two
    std::string user_id_two{}; ///< [7] UUID of the other user of a direct channel

    bool operator==(const channel&) const = default;
};

/// A message in a channel as the server took it.
struct channel_message_ack {
    std::string channel_id{}; ///< [1] where the message went
    std::string message_id{}; ///< [2] UUID, given by the server; updating and removing need it
    std::optional<std::int32_t> code{}; ///< [3] 0 sent, 1 changed, 2 removed
    std::string username{}; ///< [4] of the sender, as in the token of the socket
    timestamp create_time{}; ///< [5] when it was sent, to the nanosecond
    timestamp update_time{}; ///< [6] when it was changed last, to the nanosecond
    std::optional<bool> persistent{}; ///< [7] whether it is kept in the history
    std::string room_name{}; ///< [8] of a room; empty for other channels
    std::string group_id{}; ///< [9] UUID, of a group's channel; empty for other channels
    std::string user_id_one{}; ///< [10] UUID of one user of a direct channel, the smaller of the two
    std::string user_id_two{}; ///< [11] UUID of the other user of a direct channel

    bool operator==(const channel_message_ack&) const = default;
};

/// Who came to and who went from a channel.
struct channel_presence_event {
    std::string channel_id{}; ///< [1] the channel it is about
    std::vector<user_presence> joins{}; ///< [2] who came; may be oneself
    std::vector<user_presence> leaves{}; ///< [3] who went
    std::string room_name{}; ///< [4] of a room; empty for other channels
    std::string group_id{}; ///< [5] UUID, of a group's channel; empty for other channels
    std::string user_id_one{}; ///< [6] UUID of one user of a direct channel, the smaller of the two
    std::string user_id_two{}; ///< [7] UUID of the other user of a direct channel

    bool operator==(const channel_presence_event&) const = default;
};

/// List the history of a channel, a page at a time.
struct list_channel_messages_request {
    /// [1] `2...room`, `3.group..` or `4.user.user.` with the smaller id first; required
    std::string_view channel_id{};
    std::optional<std::int32_t> limit{}; ///< [2] size of the page; 1 to 100; the server's default is 1
    std::optional<bool> forward{}; ///< [3] whether the oldest comes first; the server's default is true
    std::string_view cursor{}; ///< [4] from a page before, of the same channel and direction
};

/// Join a chat channel.
struct channel_join_request {
    /// [1] room name, user id or group id, as `type` says; 1 to 64 bytes; required
    std::string_view target{};
    channel_type type = channel_type::room; ///< [2] what `target` names
    /// [3] keep one's messages in the history; the server's default is true
    std::optional<bool> persistence{};
    /// [4] join unseen: no presence event, and in nobody's list; the server's default is false
    std::optional<bool> hidden{};
};

/// Leave a chat channel.
struct channel_leave_request {
    std::string_view channel_id{}; ///< [1] as in the `channel` that joining gave; required
};

/// Send a message to a joined channel.
struct channel_message_send_request {
    std::string_view channel_id{}; ///< [1] as in the `channel` that joining gave; required
    std::string_view content{}; ///< [2] a JSON object as text, relayed byte for byte; required
};

/// Change a message of one's own.
struct channel_message_update_request {
    std::string_view channel_id{}; ///< [1] as in the `channel` that joining gave; required
    /// [2] as the ack or the message told; not looked at in a volatile channel; required
    std::string_view message_id{};
    std::string_view content{}; ///< [3] a JSON object as text, in place of the old one; required
};

/// Remove a message of one's own.
struct channel_message_remove_request {
    std::string_view channel_id{}; ///< [1] as in the `channel` that joining gave; required
    /// [2] as the ack or the message told; not looked at in a volatile channel; required
    std::string_view message_id{};
};

} // namespace nakama
