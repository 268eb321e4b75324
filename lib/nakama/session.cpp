#include "call/tokens.hpp"
#include "wire/jwt.hpp"

#include <nakama/api/authentication.hpp>
#include <nakama/error.hpp>
#include <nakama/session.hpp>

namespace nakama {

struct session::state final : call::token_source {
    const std::string& token() const noexcept override { return bearer; }

    std::string bearer{};
    std::string refresh_token{};
    bool created = false;
    wire::jwt_claims claims{};
    time_point refresh_expires_at{};
};

session::session() : state_{std::make_shared<state>()} {}

session::session(std::string_view token, std::string_view refresh_token) : state_{std::make_shared<state>()} {
    update({.token = std::string{token}, .refresh_token = std::string{refresh_token}});
}

session::session(const session_tokens& tokens) : state_{std::make_shared<state>()} {
    update(tokens);
}

void session::update(const session_tokens& tokens) {
    state next;
    next.bearer = tokens.token;
    next.refresh_token = tokens.refresh_token;
    next.created = tokens.created;
    next.claims = wire::claims_of(tokens.token, "token");
    if (!tokens.refresh_token.empty())
        next.refresh_expires_at = wire::time_of(wire::claims_of(tokens.refresh_token, "refresh token").exp);
    *state_ = std::move(next);
}

std::shared_ptr<const call::token_source> session::tokens() const {
    return state_;
}

const std::string& session::token() const noexcept {
    return state_->bearer;
}
const std::string& session::refresh_token() const noexcept {
    return state_->refresh_token;
}
bool session::created() const noexcept {
    return state_->created;
}
const std::string& session::user_id() const noexcept {
    return state_->claims.uid;
}
const std::string& session::username() const noexcept {
    return state_->claims.usn;
}
const std::map<std::string, std::string>& session::vars() const noexcept {
    return state_->claims.vrs;
}
session::time_point session::issued_at() const noexcept {
    return wire::time_of(state_->claims.iat);
}
session::time_point session::expires_at() const noexcept {
    return wire::time_of(state_->claims.exp);
}
session::time_point session::refresh_expires_at() const noexcept {
    return state_->refresh_expires_at;
}
bool session::is_expired(time_point now) const noexcept {
    return now >= expires_at();
}
bool session::is_refresh_expired(time_point now) const noexcept {
    return now >= refresh_expires_at();
}
bool session::expires_within(std::chrono::seconds span, time_point now) const noexcept {
    return now + span >= expires_at();
}

} // namespace nakama
