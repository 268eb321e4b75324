// Sees to it that calls go out with a good token.
#pragma once

#include "session_state.hpp"

#include <nakama/clock.hpp>
#include <nakama/observer.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace nakama::call {

/// What to do with a session before a call.
enum class token_advice : std::uint8_t {
    use,           ///< its token is good, or as good as it gets
    renew,         ///< refresh it first
    sign_in_again, ///< its token is over, and the server has refused to renew it
};

/// `lead` is the share of a token's life that may be left when it is renewed.
[[nodiscard]] token_advice advise(const session_state& session, session_state::time_point now, double lead);

/// Whether a refusal is about the token that a call went out with, rather than what the operation itself
/// answered: functions of the server's runtime may refuse with the same status.
[[nodiscard]] bool is_token_refused(const error& failure, bool idempotent);

/// Whether a refusal to refresh is about the refresh token rather than about the key of the client.
[[nodiscard]] bool is_refresh_refused(const error& failure);

/// A refusal as callers get it when nothing but signing in again helps.
[[nodiscard]] error session_expired(const error& refusal, std::string why = "its refresh token is spent");

/// Refreshes sessions for the calls and sockets of a client, once for all that wait.
class session_keeper : public std::enable_shared_from_this<session_keeper> {
public:
    /// Asks the server for new tokens and gives them to the session.
    using refresh_function = std::function<asio::awaitable<void>(std::shared_ptr<session_state>)>;

    session_keeper(asio::any_io_executor executor, std::shared_ptr<clock> clock,
                   std::shared_ptr<observer> observer, double lead, refresh_function refresh);

    /// Whether fresh() has anything to do.
    bool is_needed(const session_state& session) const;

    /// Completes when the session may be used. A refresh that fails while the token is still good is left for
    /// later. Throws nakama::error: session_expired, or why the refresh failed.
    asio::awaitable<void> fresh(std::shared_ptr<session_state> session);

    /// Completes when the session has another token than `refused`. Throws like fresh().
    asio::awaitable<void> renew(std::shared_ptr<session_state> session, std::string refused);

    /// Whether a session whose token was refused can be renewed at all.
    bool can_renew(const session_state& session) const {
        return lead_ > 0 && !stopped_ && !session.refresh_token().empty();
    }

    /// The client is gone: sessions are used as they are, and the observer hears no more.
    void stop() noexcept {
        stopped_ = true;
        observer_.reset();
    }

private:
    asio::awaitable<void> join(std::shared_ptr<session_state> session);
    asio::awaitable<void> refresh(std::shared_ptr<session_state> session,
                                  std::shared_ptr<token_refresh> flight);

    asio::any_io_executor executor_;
    std::shared_ptr<clock> clock_;
    std::shared_ptr<observer> observer_;
    double lead_;
    bool stopped_ = false;
    refresh_function refresh_;
};

} // namespace nakama::call
