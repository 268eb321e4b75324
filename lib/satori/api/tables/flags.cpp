// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/satori/api/flags.hpp declares.
#include "wire/schema.hpp"

#include <satori/api/flags.hpp>

#include <array>

namespace nakama::wire {

template <>
std::span<const enum_name> names_of<satori::flag_value_change_reason_type>() {
    static constexpr std::array names{
        enum_name{"UNKNOWN", 0},
        enum_name{"FLAG_VARIANT", 1},
        enum_name{"LIVE_EVENT", 2},
        enum_name{"EXPERIMENT", 3},
    };
    return names;
}

template <>
std::span<const enum_name> names_of<satori::flag_override_type>() {
    static constexpr std::array names{
        enum_name{"FLAG", 0},
        enum_name{"FLAG_VARIANT", 1},
        enum_name{"LIVE_EVENT_FLAG", 2},
        enum_name{"LIVE_EVENT_FLAG_VARIANT", 3},
        enum_name{"EXPERIMENT_PHASE_VARIANT_FLAG", 4},
    };
    return names;
}

template <>
const schema& schema_of<satori::flag_value_change_reason>() {
    static constexpr std::array fields{
        member<&satori::flag_value_change_reason::type>("type"),
        member<&satori::flag_value_change_reason::name>("name"),
        member<&satori::flag_value_change_reason::variant_name>("variant_name"),
    };
    static constexpr schema layout{"value_change_reason", fields};
    return layout;
}

template <>
const schema& schema_of<satori::flag>() {
    static constexpr std::array fields{
        member<&satori::flag::name>("name"),
        member<&satori::flag::value>("value"),
        member<&satori::flag::condition_changed>("condition_changed"),
        member<&satori::flag::change_reason>("change_reason"),
        member<&satori::flag::labels>("labels"),
    };
    static constexpr schema layout{"flag", fields};
    return layout;
}

template <>
const schema& schema_of<satori::flag_list>() {
    static constexpr std::array fields{
        member<&satori::flag_list::flags>("flags"),
    };
    static constexpr schema layout{"flag_list", fields};
    return layout;
}

template <>
const schema& schema_of<satori::flag_override_value>() {
    static constexpr std::array fields{
        member<&satori::flag_override_value::type>("type"),
        member<&satori::flag_override_value::name>("name"),
        member<&satori::flag_override_value::variant_name>("variant_name"),
        member<&satori::flag_override_value::value>("value"),
        member<&satori::flag_override_value::create_time_sec>("create_time_sec"),
    };
    static constexpr schema layout{"value", fields};
    return layout;
}

template <>
const schema& schema_of<satori::flag_override>() {
    static constexpr std::array fields{
        member<&satori::flag_override::flag_name>("flag_name"),
        member<&satori::flag_override::overrides>("overrides"),
        member<&satori::flag_override::labels>("labels"),
    };
    static constexpr schema layout{"flag_override", fields};
    return layout;
}

template <>
const schema& schema_of<satori::flag_override_list>() {
    static constexpr std::array fields{
        member<&satori::flag_override_list::flags>("flags"),
    };
    static constexpr schema layout{"flag_override_list", fields};
    return layout;
}

} // namespace nakama::wire
