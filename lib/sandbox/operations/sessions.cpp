#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/operations/welcome.hpp"
#include "wire/json_writer.hpp"

#include <array>
#include <optional>

namespace nakama::sandbox {
namespace {

std::string session_refresh(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string token = body->text("token").value_or("");
    const session_vars new_vars = body->text_map("vars").value_or(session_vars{});
    require_server_key(world, request);
    if (token.empty()) throw refusal{code::invalid_argument, "Refresh token is required."};
    auto claims = read_session_token(token, refresh_key, world.now());
    if (!claims || !world.revoked.is_valid_refresh(claims->uid, claims->exp, claims->tid))
        throw refusal{code::unauthenticated, "Refresh token invalid or expired."};
    const account_record* record = world.users.find(claims->uid);
    if (!record) throw refusal{code::not_found, "User account not found."};
    if (record->is_banned()) throw refusal{code::permission_denied, "User account banned."};
    claims->usn = record->account.user.username;
    if (!new_vars.empty()) claims->vrs = new_vars;
    return wire::to_json(issue(world, std::move(*claims)));
}

std::string session_logout(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string token = body->text("token").value_or("");
    const std::string refresh_token = body->text("refresh_token").value_or("");
    const auto caller = require_session(world, request);

    std::optional<wire::jwt_claims> session;
    if (!token.empty()) {
        session = read_session_token(token, session_key, world.now());
        if (!session || session->uid != caller.uid)
            throw refusal{code::invalid_argument, "Session token invalid."};
    }
    std::optional<wire::jwt_claims> refresh;
    if (!refresh_token.empty()) {
        refresh = read_session_token(refresh_token, refresh_key, world.now());
        if (!refresh || refresh->uid != caller.uid)
            throw refusal{code::invalid_argument, "Refresh token invalid."};
    }
    if (!session && !refresh) world.revoked.revoke_all(caller.uid, world.now());
    if (session) world.revoked.revoke_session(caller.uid, session->tid);
    if (refresh) world.revoked.revoke_refresh(caller.uid, refresh->tid);
    return "{}";
}

constexpr std::array routes{
    route{"POST", "/v2/account/session/refresh", session_refresh},
    route{"POST", "/v2/session/logout", session_logout},
};

} // namespace

std::span<const route> session_routes() {
    return routes;
}

} // namespace nakama::sandbox
