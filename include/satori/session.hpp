// A session of an identity with Satori.
#pragma once

#include <nakama/config.hpp>
#include <nakama/session_handle.hpp>
#include <satori/api/properties.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace satori {

struct session_tokens;

/// A handle to the state of an identity's session. What it tells of the identity is read from the token; only
/// the server can tell whether the token is genuine.
class NAKAMA_API session : public nakama::session_handle {
public:
    /// Nobody: all of it is empty, and calls that need a session refuse it with errc::invalid_argument.
    /// `no_session` when authenticating gives this, with the identity's properties.
    session();
    /// From what an earlier run has kept. Throws nakama::error with errc::invalid_argument if one of them is
    /// not a token; `refresh_token` may be empty, then the session cannot be refreshed.
    session(std::string_view token, std::string_view refresh_token);
    explicit session(const session_tokens& tokens);

    const std::string& session_id() const noexcept;        ///< claim `sid`
    const std::string& identity_id() const noexcept;       ///< claim `iid`
    const satori::properties& properties() const noexcept; ///< as the last tokens came with them

    /// Takes over tokens of an earlier run, in all copies of the handle. Throws like the constructor and then
    /// changes nothing.
    void update(const session_tokens& tokens);

private:
    friend struct nakama::call::session_access;
    struct state;
    explicit session(std::shared_ptr<nakama::call::session_state> shared) noexcept;
    void take(const session_tokens& tokens, std::optional<time_point> came);
};

} // namespace satori
