// What all handles of a session share.
#pragma once

#include "net/event.hpp"
#include "token_life.hpp"
#include "wire/jwt.hpp"

#include <nakama/error.hpp>
#include <nakama/listener.hpp>

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace nakama::call {

/// A refresh under way, for those who wait for it.
struct token_refresh {
    explicit token_refresh(const asio::any_io_executor& executor) : done{executor} {}

    net::event done;
    std::optional<error> failure{};
};

/// The tokens of a session, what is known of them, and who is told when they change.
class session_state : public std::enable_shared_from_this<session_state> {
public:
    using time_point = token_life::time_point;

    virtual ~session_state() = default;

    const std::string& token() const noexcept { return token_; }
    const std::string& refresh_token() const noexcept { return refresh_token_; }
    /// The header that calls go out with: `bearer` and the token. Shared, since a call may outlive the token.
    const std::shared_ptr<const std::string>& authorization() const noexcept { return authorization_; }
    static constexpr std::string_view bearer = "Bearer ";
    const wire::jwt_claims& claims() const noexcept { return claims_; }
    const token_life& life() const noexcept { return life_; }
    time_point refresh_ends_at() const noexcept { return refresh_ends_at_; }

    /// Takes over tokens: from the server if `came` tells when. Throws nakama::error with
    /// errc::invalid_argument if one of them is no token, and then changes nothing.
    void take(std::string_view token, std::string_view refresh_token, std::optional<time_point> came);

    /// Calls `changed` after each take().
    listener on_change(std::function<void()> changed);

    // What the keeper of sessions notes.
    std::shared_ptr<token_refresh> refresh{}; ///< under way
    bool is_spent = false;                    ///< the server has refused the refresh token
    time_point not_before{};                  ///< after a refresh that failed although the token was good

private:
    struct registered {
        std::function<void()> call;
        bool is_removed = false;
    };

    std::string token_, refresh_token_;
    std::shared_ptr<const std::string> authorization_;
    wire::jwt_claims claims_;
    token_life life_;
    time_point refresh_ends_at_{};
    std::list<std::shared_ptr<registered>> listeners_;
};

/// What sessions let calls see of them.
struct session_access {
    template <class Session>
    static const std::shared_ptr<session_state>& state(const Session& session) {
        return session.state_;
    }

    template <class Session>
    static Session handle(std::shared_ptr<session_state> state) {
        return Session{std::move(state)};
    }

    /// Takes over what has come from the server just now.
    template <class Session, class Tokens>
    static void renew(Session& session, const Tokens& tokens, session_state::time_point now) {
        session.take(tokens, now);
    }
};

} // namespace nakama::call
