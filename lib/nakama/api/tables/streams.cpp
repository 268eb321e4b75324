// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/streams.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/streams.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<stream>() {
    static constexpr std::array fields{
        member<&stream::mode>("mode"),
        member<&stream::subject>("subject"),
        member<&stream::subcontext>("subcontext"),
        member<&stream::label>("label"),
    };
    static constexpr schema layout{"stream", fields};
    return layout;
}

template <>
const schema& schema_of<stream_data>() {
    static constexpr std::array fields{
        member<&stream_data::stream>("stream"),
        member<&stream_data::sender>("sender"),
        member<&stream_data::data>("data"),
        member<&stream_data::reliable>("reliable"),
    };
    static constexpr schema layout{"stream_data", fields};
    return layout;
}

template <>
const schema& schema_of<stream_presence_event>() {
    static constexpr std::array fields{
        member<&stream_presence_event::stream>("stream"),
        member<&stream_presence_event::joins>("joins"),
        member<&stream_presence_event::leaves>("leaves"),
    };
    static constexpr schema layout{"stream_presence_event", fields};
    return layout;
}

} // namespace nakama::wire
