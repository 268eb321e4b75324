// The tables by which the codec reads and writes what include/nakama/api/types.hpp declares.
#include "wire/schema.hpp"

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<user>() {
    static const std::array fields{
        member<&user::id>("id"),
        member<&user::username>("username"),
        member<&user::display_name>("display_name"),
        member<&user::avatar_url>("avatar_url"),
        member<&user::lang_tag>("lang_tag"),
        member<&user::location>("location"),
        member<&user::timezone>("timezone"),
        member<&user::metadata>("metadata"),
        member<&user::facebook_id>("facebook_id"),
        member<&user::google_id>("google_id"),
        member<&user::gamecenter_id>("gamecenter_id"),
        member<&user::steam_id>("steam_id"),
        member<&user::online>("online"),
        member<&user::edge_count>("edge_count"),
        member<&user::create_time>("create_time"),
        member<&user::update_time>("update_time"),
        member<&user::facebook_instant_game_id>("facebook_instant_game_id"),
        member<&user::apple_id>("apple_id"),
    };
    static const schema layout{"user", fields};
    return layout;
}

template <>
const schema& schema_of<account_device>() {
    static const std::array fields{
        member<&account_device::id>("id"),
    };
    static const schema layout{"account_device", fields};
    return layout;
}

template <>
const schema& schema_of<account>() {
    static const std::array fields{
        member<&account::user>("user"),
        member<&account::wallet>("wallet"),
        member<&account::email>("email"),
        member<&account::devices>("devices"),
        member<&account::custom_id>("custom_id"),
        member<&account::verify_time>("verify_time"),
        member<&account::disable_time>("disable_time"),
    };
    static const schema layout{"account", fields};
    return layout;
}

template <>
const schema& schema_of<session_tokens>() {
    static const std::array fields{
        member<&session_tokens::created>("created"),
        member<&session_tokens::token>("token"),
        member<&session_tokens::refresh_token>("refresh_token"),
    };
    static const schema layout{"session_tokens", fields};
    return layout;
}

template <>
const schema& schema_of<friend_>() {
    static const std::array fields{
        member<&friend_::user>("user"),
        member<&friend_::state>("state"),
        member<&friend_::update_time>("update_time"),
        member<&friend_::metadata>("metadata"),
    };
    static const schema layout{"friend", fields};
    return layout;
}

template <>
const schema& schema_of<friend_list>() {
    static const std::array fields{
        member<&friend_list::friends>("friends"),
        member<&friend_list::cursor>("cursor"),
    };
    static const schema layout{"friend_list", fields};
    return layout;
}

template <>
const schema& schema_of<rpc>() {
    static const std::array fields{
        member<&rpc::id>("id"),
        member<&rpc::payload>("payload"),
    };
    static const schema layout{"rpc", fields};
    return layout;
}

template <>
const schema& schema_of<channel_message>() {
    static const std::array fields{
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
    static const schema layout{"channel_message", fields};
    return layout;
}

template <>
const schema& schema_of<notification>() {
    static const std::array fields{
        member<&notification::id>("id"),
        member<&notification::subject>("subject"),
        member<&notification::content>("content"),
        member<&notification::code>("code"),
        member<&notification::sender_id>("sender_id"),
        member<&notification::create_time>("create_time"),
        member<&notification::persistent>("persistent"),
    };
    static const schema layout{"notification", fields};
    return layout;
}

} // namespace nakama::wire
