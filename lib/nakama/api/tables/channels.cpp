// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/channels.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/channels.hpp>

#include <array>

namespace nakama::wire {

template <>
std::span<const enum_name> names_of<channel_type>() {
    static constexpr std::array names{
        enum_name{"TYPE_UNSPECIFIED", 0},
        enum_name{"ROOM", 1},
        enum_name{"DIRECT_MESSAGE", 2},
        enum_name{"GROUP", 3},
    };
    return names;
}

template <>
const schema& schema_of<channel_message>() {
    static constexpr std::array fields{
        member<&channel_message::channel_id>("channel_id"),
        member<&channel_message::message_id>("message_id"),
        member<&channel_message::code>("code"),
        member<&channel_message::sender_id>("sender_id"),
        member<&channel_message::username>("username"),
        member<&channel_message::content>("content"),
        member<&channel_message::create_time>("create_time"),
        member<&channel_message::update_time>("update_time"),
        member<&channel_message::persistent>("persistent"),
        member<&channel_message::room_name>("room_name"),
        member<&channel_message::group_id>("group_id"),
        member<&channel_message::user_id_one>("user_id_one"),
        member<&channel_message::user_id_two>("user_id_two"),
    };
    static constexpr schema layout{"channel_message", fields};
    return layout;
}

template <>
const schema& schema_of<channel_message_list>() {
    static constexpr std::array fields{
        member<&channel_message_list::messages>("messages"),
        member<&channel_message_list::next_cursor>("next_cursor"),
        member<&channel_message_list::prev_cursor>("prev_cursor"),
        member<&channel_message_list::cacheable_cursor>("cacheable_cursor"),
    };
    static constexpr schema layout{"channel_message_list", fields};
    return layout;
}

template <>
const schema& schema_of<channel>() {
    static constexpr std::array fields{
        member<&channel::id>("id"),
        member<&channel::presences>("presences"),
        member<&channel::self>("self"),
        member<&channel::room_name>("room_name"),
        member<&channel::group_id>("group_id"),
        member<&channel::user_id_one>("user_id_one"),
        member<&channel::user_id_two>("user_id_two"),
    };
    static constexpr schema layout{"channel", fields};
    return layout;
}

template <>
const schema& schema_of<channel_message_ack>() {
    static constexpr std::array fields{
        member<&channel_message_ack::channel_id>("channel_id"),
        member<&channel_message_ack::message_id>("message_id"),
        member<&channel_message_ack::code>("code"),
        member<&channel_message_ack::username>("username"),
        member<&channel_message_ack::create_time>("create_time"),
        member<&channel_message_ack::update_time>("update_time"),
        member<&channel_message_ack::persistent>("persistent"),
        member<&channel_message_ack::room_name>("room_name"),
        member<&channel_message_ack::group_id>("group_id"),
        member<&channel_message_ack::user_id_one>("user_id_one"),
        member<&channel_message_ack::user_id_two>("user_id_two"),
    };
    static constexpr schema layout{"channel_message_ack", fields};
    return layout;
}

template <>
const schema& schema_of<channel_presence_event>() {
    static constexpr std::array fields{
        member<&channel_presence_event::channel_id>("channel_id"),
        member<&channel_presence_event::joins>("joins"),
        member<&channel_presence_event::leaves>("leaves"),
        member<&channel_presence_event::room_name>("room_name"),
        member<&channel_presence_event::group_id>("group_id"),
        member<&channel_presence_event::user_id_one>("user_id_one"),
        member<&channel_presence_event::user_id_two>("user_id_two"),
    };
    static constexpr schema layout{"channel_presence_event", fields};
    return layout;
}

} // namespace nakama::wire
