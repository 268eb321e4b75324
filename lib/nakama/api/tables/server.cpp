// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/server.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/server.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<realtime_error>() {
    static constexpr std::array fields{
        member<&realtime_error::code>("code"),
        member<&realtime_error::message>("message"),
        member<&realtime_error::context>("context"),
    };
    static constexpr schema layout{"error", fields};
    return layout;
}

template <>
const schema& schema_of<pong>() {
    static constexpr schema layout{"pong", {}};
    return layout;
}

} // namespace nakama::wire
