// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/satori/api/messages.hpp declares.
#include "wire/schema.hpp"

#include <satori/api/messages.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<satori::message>() {
    static constexpr std::array fields{
        member<&satori::message::id>("id"),
        member<&satori::message::schedule_id>("schedule_id"),
        member<&satori::message::title>("title"),
        member<&satori::message::text>("text"),
        member<&satori::message::image_url>("image_url"),
        member<&satori::message::metadata>("metadata"),
        member<&satori::message::send_time>("send_time"),
        member<&satori::message::create_time>("create_time"),
        member<&satori::message::update_time>("update_time"),
        member<&satori::message::read_time>("read_time"),
        member<&satori::message::consume_time>("consume_time"),
    };
    static constexpr schema layout{"message", fields};
    return layout;
}

template <>
const schema& schema_of<satori::get_message_list_response>() {
    static constexpr std::array fields{
        member<&satori::get_message_list_response::messages>("messages"),
        member<&satori::get_message_list_response::next_cursor>("next_cursor"),
        member<&satori::get_message_list_response::prev_cursor>("prev_cursor"),
        member<&satori::get_message_list_response::cacheable_cursor>("cacheable_cursor"),
    };
    static constexpr schema layout{"get_message_list_response", fields};
    return layout;
}

} // namespace nakama::wire
