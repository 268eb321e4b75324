// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/satori/api/authentication.hpp declares.
#include "wire/schema.hpp"

#include <satori/api/authentication.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<satori::session_tokens>() {
    static constexpr std::array fields{
        member<&satori::session_tokens::token>("token"),
        member<&satori::session_tokens::refresh_token>("refresh_token"),
        member<&satori::session_tokens::properties>("properties"),
    };
    static constexpr schema layout{"session", fields};
    return layout;
}

} // namespace nakama::wire
