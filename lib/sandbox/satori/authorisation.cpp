#include "sandbox/satori/authorisation.hpp"

#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/satori/tokens.hpp"

#include <optional>

namespace nakama::sandbox::liveops {
namespace {

std::optional<wire::jwt_claims> session_claims(const world& world, std::string_view authorisation) {
    constexpr std::string_view scheme = "Bearer ";
    if (!authorisation.starts_with(scheme)) return {};
    const std::string token{authorisation.substr(scheme.size())};
    auto claims = read_token(token, session_key, world.now());
    if (!claims || !world.liveops.sessions.is_valid(claims->sid, claims->iid, token)) return {};
    return claims;
}

} // namespace

void require_api_key(const world& world, const http_request& request) {
    const auto values = request.header("authorization");
    if (values.size() != 1) throw refusal{code::unauthenticated, "Server key required"};
    if (basic_user(values.front()) != world.config.satori_api_key)
        throw refusal{code::unauthenticated, "Server key invalid"};
}

wire::jwt_claims require_token(const world& world, const http_request& request) {
    const auto values = request.header("authorization");
    if (values.empty()) throw refusal{code::unauthenticated, "Auth token required"};
    auto claims = values.size() == 1 ? session_claims(world, values.front()) : std::nullopt;
    if (!claims) throw refusal{code::unauthenticated, "Auth token invalid"};
    return std::move(*claims);
}

caller require_identity(world& world, const http_request& request) {
    const auto claims = require_token(world, request);
    identity_record* record = world.liveops.identities.find(claims.iid);
    if (!record) throw refusal{code::not_found, "Identity not found."};
    return {claims.sid, *record};
}

const identity_record* require_identity_or_api_key(world& world, const http_request& request) {
    const auto values = request.header("authorization");
    if (values.size() == 1 && values.front().starts_with("Basic ")) {
        require_api_key(world, request);
        return nullptr;
    }
    return &require_identity(world, request).record;
}

} // namespace nakama::sandbox::liveops
