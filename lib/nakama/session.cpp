#include "wire/jwt.hpp"

#include <nakama/api/types.hpp>
#include <nakama/error.hpp>
#include <nakama/session.hpp>

#include <algorithm>

namespace nakama {

struct session::state {
    std::string token{};
    std::string refresh_token{};
    bool created = false;
    wire::jwt_claims claims{};
    time_point refresh_expires_at{};
};

namespace {

wire::jwt_claims read_claims(std::string_view token, const char* which) {
    if (auto claims = wire::read_jwt(token)) return std::move(*claims);
    throw error{errc::invalid_argument, std::string{"the "} + which +
                                            " is not a JSON Web Token; pass what session::token() and "
                                            "session::refresh_token() gave, unchanged"};
}

session::time_point from_seconds(std::int64_t seconds) {
    // A token may say anything; a time_point ends in the year 2262.
    constexpr std::int64_t limit = 9'000'000'000;
    return session::time_point{std::chrono::seconds{std::clamp(seconds, -limit, limit)}};
}

} // namespace

session::session() : state_{std::make_shared<state>()} {}

session::session(std::string_view token, std::string_view refresh_token) : state_{std::make_shared<state>()} {
    update({.token = std::string{token}, .refresh_token = std::string{refresh_token}});
}

session::session(const session_tokens& tokens) : state_{std::make_shared<state>()} {
    update(tokens);
}

void session::update(const session_tokens& tokens) {
    state next{.token = tokens.token, .refresh_token = tokens.refresh_token, .created = tokens.created};
    next.claims = read_claims(tokens.token, "token");
    if (!tokens.refresh_token.empty())
        next.refresh_expires_at = from_seconds(read_claims(tokens.refresh_token, "refresh token").exp);
    *state_ = std::move(next);
}

const std::string& session::token() const noexcept {
    return state_->token;
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
    return from_seconds(state_->claims.iat);
}
session::time_point session::expires_at() const noexcept {
    return from_seconds(state_->claims.exp);
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
