// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/satori/api/live_events.hpp declares.
#include "wire/schema.hpp"

#include <satori/api/live_events.hpp>

#include <array>

namespace nakama::wire {

template <>
std::span<const enum_name> names_of<satori::live_event_status>() {
    static constexpr std::array names{
        enum_name{"UNKNOWN", 0},
        enum_name{"ACTIVE", 1},
        enum_name{"UPCOMING", 2},
        enum_name{"TERMINATED", 3},
    };
    return names;
}

template <>
const schema& schema_of<satori::live_event>() {
    static constexpr std::array fields{
        member<&satori::live_event::id>("id"),
        member<&satori::live_event::name>("name"),
        member<&satori::live_event::description>("description"),
        member<&satori::live_event::value>("value"),
        member<&satori::live_event::active_start_time_sec>("active_start_time_sec"),
        member<&satori::live_event::active_end_time_sec>("active_end_time_sec"),
        member<&satori::live_event::start_time_sec>("start_time_sec"),
        member<&satori::live_event::end_time_sec>("end_time_sec"),
        member<&satori::live_event::duration_sec>("duration_sec"),
        member<&satori::live_event::reset_cron>("reset_cron"),
        member<&satori::live_event::status>("status"),
        member<&satori::live_event::labels>("labels"),
    };
    static constexpr schema layout{"live_event", fields};
    return layout;
}

template <>
const schema& schema_of<satori::live_event_list>() {
    static constexpr std::array fields{
        member<&satori::live_event_list::live_events>("live_events"),
        member<&satori::live_event_list::explicit_join_live_events>("explicit_join_live_events"),
    };
    static constexpr schema layout{"live_event_list", fields};
    return layout;
}

} // namespace nakama::wire
