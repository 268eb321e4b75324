// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/presences.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/presences.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<user_presence>() {
    static constexpr std::array fields{
        member<&user_presence::user_id>("user_id"),
        member<&user_presence::session_id>("session_id"),
        member<&user_presence::username>("username"),
        member<&user_presence::persistence>("persistence"),
        member<&user_presence::status>("status"),
    };
    static constexpr schema layout{"user_presence", fields};
    return layout;
}

} // namespace nakama::wire
