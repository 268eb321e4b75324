// The tables by which the codec reads and writes what include/nakama/api/realtime.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/realtime.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<user_presence>() {
    static const std::array fields{
        member<&user_presence::user_id>("user_id"),   member<&user_presence::session_id>("session_id"),
        member<&user_presence::username>("username"), member<&user_presence::persistence>("persistence"),
        member<&user_presence::status>("status"),
    };
    static const schema layout{"user_presence", fields};
    return layout;
}

template <>
const schema& schema_of<channel>() {
    static const std::array fields{
        member<&channel::id>("id"),
        member<&channel::presences>("presences"),
        member<&channel::self>("self"),
        member<&channel::room_name>("room_name"),
        member<&channel::group_id>("group_id"),
        member<&channel::user_id_one>("user_id_one"),
        member<&channel::user_id_two>("user_id_two"),
    };
    static const schema layout{"channel", fields};
    return layout;
}

template <>
const schema& schema_of<channel_message_ack>() {
    static const std::array fields{
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
    static const schema layout{"channel_message_ack", fields};
    return layout;
}

template <>
const schema& schema_of<channel_presence_event>() {
    static const std::array fields{
        member<&channel_presence_event::channel_id>("channel_id"),
        member<&channel_presence_event::joins>("joins"),
        member<&channel_presence_event::leaves>("leaves"),
        member<&channel_presence_event::room_name>("room_name"),
        member<&channel_presence_event::group_id>("group_id"),
        member<&channel_presence_event::user_id_one>("user_id_one"),
        member<&channel_presence_event::user_id_two>("user_id_two"),
    };
    static const schema layout{"channel_presence_event", fields};
    return layout;
}

template <>
const schema& schema_of<realtime_error>() {
    static const std::array fields{
        member<&realtime_error::code>("code"),
        member<&realtime_error::message>("message"),
        member<&realtime_error::context>("context"),
    };
    static const schema layout{"error", fields};
    return layout;
}

template <>
const schema& schema_of<match>() {
    static const std::array fields{
        member<&match::match_id>("match_id"),   member<&match::authoritative>("authoritative"),
        member<&match::label>("label"),         member<&match::size>("size"),
        member<&match::presences>("presences"), member<&match::self>("self"),
    };
    static const schema layout{"match", fields};
    return layout;
}

template <>
const schema& schema_of<match_data>() {
    static const std::array fields{
        member<&match_data::match_id>("match_id"), member<&match_data::presence>("presence"),
        member<&match_data::op_code>("op_code"),   bytes_member<&match_data::data>("data"),
        member<&match_data::reliable>("reliable"),
    };
    static const schema layout{"match_data", fields};
    return layout;
}

template <>
const schema& schema_of<match_presence_event>() {
    static const std::array fields{
        member<&match_presence_event::match_id>("match_id"),
        member<&match_presence_event::joins>("joins"),
        member<&match_presence_event::leaves>("leaves"),
    };
    static const schema layout{"match_presence_event", fields};
    return layout;
}

template <>
const schema& schema_of<matchmaker_ticket>() {
    static const std::array fields{
        member<&matchmaker_ticket::ticket>("ticket"),
    };
    static const schema layout{"matchmaker_ticket", fields};
    return layout;
}

template <>
const schema& schema_of<matchmaker_user>() {
    static const std::array fields{
        member<&matchmaker_user::presence>("presence"),
        member<&matchmaker_user::party_id>("party_id"),
        member<&matchmaker_user::string_properties>("string_properties"),
        member<&matchmaker_user::numeric_properties>("numeric_properties"),
    };
    static const schema layout{"matchmaker_user", fields};
    return layout;
}

template <>
const schema& schema_of<matchmaker_matched>() {
    static const std::array fields{
        member<&matchmaker_matched::ticket>("ticket"), member<&matchmaker_matched::match_id>("match_id"),
        member<&matchmaker_matched::token>("token"),   member<&matchmaker_matched::users>("users"),
        member<&matchmaker_matched::self>("self"),
    };
    static const schema layout{"matchmaker_matched", fields};
    return layout;
}

template <>
const schema& schema_of<notifications>() {
    static const std::array fields{
        member<&notifications::notifications>("notifications"),
    };
    static const schema layout{"notifications", fields};
    return layout;
}

template <>
const schema& schema_of<status_presence_event>() {
    static const std::array fields{
        member<&status_presence_event::joins>("joins"),
        member<&status_presence_event::leaves>("leaves"),
    };
    static const schema layout{"status_presence_event", fields};
    return layout;
}

} // namespace nakama::wire
