// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/status.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/status.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<status>() {
    static constexpr std::array fields{
        member<&status::presences>("presences"),
    };
    static constexpr schema layout{"status", fields};
    return layout;
}

template <>
const schema& schema_of<status_presence_event>() {
    static constexpr std::array fields{
        member<&status_presence_event::joins>("joins"),
        member<&status_presence_event::leaves>("leaves"),
    };
    static constexpr schema layout{"status_presence_event", fields};
    return layout;
}

} // namespace nakama::wire
