// What the sessions of Nakama and of Satori have in common.
#pragma once

#include <nakama/config.hpp>
#include <nakama/listener.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace nakama {

namespace call {
class session_state;
struct session_access;
} // namespace call

/// A cheap handle to the tokens of somebody who is signed in: copies share them, and a refresh shows in all
/// of them. Clients refresh a session by themselves, before its token ends and when a server refuses it.
///
/// What it tells of times is read from the tokens and follows the server's clock as far as that is known.
class NAKAMA_API session_handle {
public:
    using time_point = std::chrono::system_clock::time_point;

    const std::string& token() const noexcept;         ///< a secret
    const std::string& refresh_token() const noexcept; ///< a secret; empty if there is none

    time_point issued_at() const noexcept;          ///< the epoch if the token does not tell
    time_point expires_at() const noexcept;         ///< of the token
    time_point refresh_expires_at() const noexcept; ///< of the refresh token; the epoch without one

    /// How far the server's clock is ahead of this machine's, to about a second. 0 until a server has given
    /// tokens in this run of the program.
    std::chrono::seconds clock_skew() const noexcept;

    /// `now` is by this machine's clock.
    bool is_expired(time_point now = std::chrono::system_clock::now()) const noexcept;
    bool is_refresh_expired(time_point now = std::chrono::system_clock::now()) const noexcept;
    /// Whether the token ends within `span` from `now`.
    bool expires_within(std::chrono::seconds span,
                        time_point now = std::chrono::system_clock::now()) const noexcept;

    /// Calls `changed` whenever the tokens are others: to store them, for example. It gets a handle, since
    /// one that it holds itself would keep the session alive for ever. It must not throw.
    listener on_change(std::function<void(const session_handle&)> changed) const;

    /// Whether two handles share their tokens.
    friend bool operator==(const session_handle&, const session_handle&) = default;

protected:
    explicit session_handle(std::shared_ptr<call::session_state> state) noexcept;
    ~session_handle();
    // Moving copies, so that no handle is ever without state.
    session_handle(const session_handle&);
    session_handle& operator=(const session_handle&);

    std::shared_ptr<call::session_state> state_;

private:
    friend struct call::session_access;
};

} // namespace nakama
