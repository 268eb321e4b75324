// Generated from gen/api by nakama-gen; not to be edited.
// Sessions: how they begin, go on and end.
#pragma once

#include <nakama/list_view.hpp>
#include <satori/api/properties.hpp>

#include <string>
#include <string_view>

namespace satori {

/// The tokens of a session, with the identity's properties. The server's `Session`.
struct session_tokens {
    /// JWT with the claims `sid`, `iid`, `exp`, `iat` and `api`; empty if none was asked for
    std::string token{};
    /// JWT that lives longer, to get new tokens with; empty if none was asked for
    std::string refresh_token{};
    satori::properties properties{}; ///< what is known about the identity

    bool operator==(const session_tokens&) const = default;
};

/// Begin a session.
struct authenticate_request {
    std::string_view id{}; ///< identity id: letters, digits, `_` and `-`; 8 to 128 characters; required
    bool no_session{}; ///< only make or update the identity: the answer has no tokens
    /// default properties to change, by name; those not named stay as they are
    nakama::list_view<nakama::string_entry> default_{};
    /// custom properties to change, by name; those not named stay as they are
    nakama::list_view<nakama::string_entry> custom{};
};

} // namespace satori
