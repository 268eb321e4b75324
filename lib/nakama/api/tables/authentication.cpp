// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/authentication.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/authentication.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<session_tokens>() {
    static constexpr std::array fields{
        member<&session_tokens::created>("created"),
        member<&session_tokens::token>("token"),
        member<&session_tokens::refresh_token>("refresh_token"),
    };
    static constexpr schema layout{"session", fields};
    return layout;
}

template <>
const schema& schema_of<account_refresh>() {
    static constexpr std::array fields{
        member<&account_refresh::token>("token"),
        member<&account_refresh::vars>("vars"),
    };
    static constexpr schema layout{"account_refresh", fields};
    return layout;
}

} // namespace nakama::wire
