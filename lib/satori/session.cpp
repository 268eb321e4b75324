#include "call/tokens.hpp"
#include "wire/jwt.hpp"

#include <nakama/error.hpp>
#include <satori/api/authentication.hpp>
#include <satori/session.hpp>

namespace satori {

struct session::state final : nakama::call::token_source {
    const std::string& token() const noexcept override { return bearer; }

    std::string bearer{};
    std::string refresh_token{};
    satori::properties properties{};
    nakama::wire::jwt_claims claims{};
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
    next.properties = tokens.properties;
    // Without tokens the server was asked for no session.
    const bool is_session = !tokens.token.empty() || !tokens.refresh_token.empty();
    if (is_session) next.claims = nakama::wire::claims_of(tokens.token, "token");
    if (!tokens.refresh_token.empty())
        next.refresh_expires_at =
            nakama::wire::time_of(nakama::wire::claims_of(tokens.refresh_token, "refresh token").exp);
    *state_ = std::move(next);
}

std::shared_ptr<const nakama::call::token_source> session::tokens() const {
    return state_;
}

const std::string& session::token() const noexcept {
    return state_->bearer;
}
const std::string& session::refresh_token() const noexcept {
    return state_->refresh_token;
}
const std::string& session::session_id() const noexcept {
    return state_->claims.sid;
}
const std::string& session::identity_id() const noexcept {
    return state_->claims.iid;
}
const satori::properties& session::properties() const noexcept {
    return state_->properties;
}
session::time_point session::issued_at() const noexcept {
    return nakama::wire::time_of(state_->claims.iat);
}
session::time_point session::expires_at() const noexcept {
    return nakama::wire::time_of(state_->claims.exp);
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

} // namespace satori
