// A session of an identity with Satori.
#pragma once

#include <nakama/config.hpp>
#include <satori/api/properties.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace nakama::call {
class token_source;
struct session_access;
} // namespace nakama::call

namespace satori {

struct session_tokens;

/// A cheap handle to the state of a session: copies share it, and a refresh shows in all of them.
/// What it tells of the identity is read from the token; only the server can tell whether the token is
/// genuine.
class NAKAMA_API session {
public:
    using time_point = std::chrono::system_clock::time_point;

    /// Nobody: all of it is empty, and calls that need a session refuse it with errc::invalid_argument.
    /// `no_session` when authenticating gives this, with the identity's properties.
    session();
    /// From what an earlier run has kept. Throws nakama::error with errc::invalid_argument if one of them is
    /// not a token; `refresh_token` may be empty, then the session cannot be refreshed.
    session(std::string_view token, std::string_view refresh_token);
    explicit session(const session_tokens& tokens);
    // Moving copies, so that no session is ever without state.
    session(const session&) = default;
    session& operator=(const session&) = default;

    const std::string& token() const noexcept;         ///< a secret
    const std::string& refresh_token() const noexcept; ///< a secret; empty if there is none

    const std::string& session_id() const noexcept;        ///< claim `sid`
    const std::string& identity_id() const noexcept;       ///< claim `iid`
    const satori::properties& properties() const noexcept; ///< as the last tokens came with them

    time_point issued_at() const noexcept;          ///< the epoch if the token does not tell
    time_point expires_at() const noexcept;         ///< of the token
    time_point refresh_expires_at() const noexcept; ///< of the refresh token; the epoch without one

    bool is_expired(time_point now = std::chrono::system_clock::now()) const noexcept;
    bool is_refresh_expired(time_point now = std::chrono::system_clock::now()) const noexcept;
    /// Whether the token ends within `span` from `now`.
    bool expires_within(std::chrono::seconds span,
                        time_point now = std::chrono::system_clock::now()) const noexcept;

    /// Takes over new tokens, in all copies of the handle. Throws like the constructor and then changes
    /// nothing.
    void update(const session_tokens& tokens);

    /// Whether two handles share their state.
    friend bool operator==(const session&, const session&) = default;

private:
    friend struct nakama::call::session_access;
    std::shared_ptr<const nakama::call::token_source> tokens() const;

    struct state;
    std::shared_ptr<state> state_;
};

} // namespace satori
