// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/notifications.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/notifications.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<notification>() {
    static constexpr std::array fields{
        member<&notification::id>("id"),
        member<&notification::subject>("subject"),
        member<&notification::content>("content"),
        member<&notification::code>("code"),
        member<&notification::sender_id>("sender_id"),
        member<&notification::create_time>("create_time"),
        member<&notification::persistent>("persistent"),
    };
    static constexpr schema layout{"notification", fields};
    return layout;
}

template <>
const schema& schema_of<notification_list>() {
    static constexpr std::array fields{
        member<&notification_list::notifications>("notifications"),
        member<&notification_list::cacheable_cursor>("cacheable_cursor"),
    };
    static constexpr schema layout{"notification_list", fields};
    return layout;
}

template <>
const schema& schema_of<notifications>() {
    static constexpr std::array fields{
        member<&notifications::notifications>("notifications"),
    };
    static constexpr schema layout{"notifications", fields};
    return layout;
}

} // namespace nakama::wire
