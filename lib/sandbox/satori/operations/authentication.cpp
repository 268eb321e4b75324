#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/satori/authorisation.hpp"
#include "sandbox/satori/operations/operations.hpp"
#include "sandbox/satori/sessions.hpp"
#include "sandbox/satori/tokens.hpp"
#include "wire/json_writer.hpp"

#include <array>

namespace nakama::sandbox::liveops {
namespace {

std::string authenticate(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string id = body->text("id").value_or("");
    const bool no_session = body->flag("no_session").value_or(false);
    const property_changes changes{body};
    require_api_key(world, request);

    changes.check(world.liveops);
    identity_record& record = world.liveops.identities.enter(id, world.now());
    changes.apply(record.identity.properties);
    if (no_session) return wire::to_json(satori::session_tokens{.properties = record.identity.properties});
    const std::string session_id = world.ids.uuid();
    world.liveops.sessions.open(session_id, id);
    return wire::to_json(issue(world, session_id, record));
}

std::string authenticate_refresh(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string token = body->text("refresh_token").value_or("");
    require_api_key(world, request);

    if (token.empty()) throw refusal{code::invalid_argument, "Refresh token is required."};
    if (!wire::read_jwt(token)) throw refusal{code::invalid_argument, "Refresh token is malformed."};
    const auto claims = read_token(token, refresh_key, world.now());
    if (!claims || !world.liveops.sessions.can_refresh(claims->sid, claims->iid))
        throw refusal{code::unauthenticated, "Refresh token invalid or expired."};
    const identity_record* record = world.liveops.identities.find(claims->iid);
    if (!record) throw refusal{code::not_found, "Identity not found."};
    return wire::to_json(issue(world, claims->sid, *record));
}

std::string authenticate_logout(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string token = body->text("token").value_or("");
    const std::string refresh_token = body->text("refresh_token").value_or("");
    const auto caller = require_token(world, request);

    std::optional<wire::jwt_claims> session;
    std::optional<wire::jwt_claims> refresh;
    if (!token.empty()) {
        session = read_token(token, session_key, world.now());
        if (!session || session->iid != caller.iid)
            throw refusal{code::invalid_argument, "Session token invalid."};
    }
    if (!refresh_token.empty()) {
        refresh = read_token(refresh_token, refresh_key, world.now());
        if (!refresh || refresh->iid != caller.iid)
            throw refusal{code::invalid_argument, "Refresh token invalid."};
    }
    session_book& sessions = world.liveops.sessions;
    if (!session && !refresh) sessions.end_all(caller.iid);
    if (session && refresh && session->sid == refresh->sid) {
        sessions.end(session->sid);
        return "{}";
    }
    if (session) sessions.end_token(session->sid, token);
    if (refresh) sessions.end_refreshing(refresh->sid);
    return "{}";
}

constexpr std::array routes{
    route{"POST", "/v1/authenticate", authenticate},
    route{"POST", "/v1/authenticate/logout", authenticate_logout},
    route{"POST", "/v1/authenticate/refresh", authenticate_refresh},
};

} // namespace

std::span<const route> authentication_routes() {
    return routes;
}

} // namespace nakama::sandbox::liveops
