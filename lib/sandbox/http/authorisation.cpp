#include "sandbox/http/authorisation.hpp"

#include "sandbox/http/interception.hpp"
#include "sandbox/http/refusal.hpp"
#include "wire/base64.hpp"

namespace nakama::sandbox {

std::optional<std::string> basic_user(std::string_view authorisation) {
    constexpr std::string_view scheme = "Basic ";
    if (!authorisation.starts_with(scheme)) return {};
    const auto text = wire::decode_base64(authorisation.substr(scheme.size()));
    if (!text) return {};
    const auto colon = text->find(':');
    if (colon == std::string::npos) return {};
    return text->substr(0, colon);
}

std::optional<wire::jwt_claims> bearer_claims(const world& world, std::string_view authorisation) {
    constexpr std::string_view scheme = "Bearer ";
    if (!authorisation.starts_with(scheme)) return {};
    auto claims = read_session_token(authorisation.substr(scheme.size()), session_key, world.now());
    if (!claims || !world.revoked.is_valid_session(claims->uid, claims->exp, claims->tid)) return {};
    return claims;
}

rpc_context context_of(const wire::jwt_claims& claims) {
    rpc_context context;
    context.user_id = claims.uid;
    context.username = claims.usn;
    context.vars = claims.vrs;
    context.session_expiry = wire::time_of(claims.exp);
    return context;
}

void require_server_key(const world& world, const http_request& request) {
    const auto values = request.header("authorization");
    if (values.size() != 1) throw refusal{code::unauthenticated, "Server key required"};
    if (basic_user(values.front()) != world.config.server_key)
        throw refusal{code::unauthenticated, "Server key invalid"};
    ask_before(world, request, {});
}

wire::jwt_claims require_session(const world& world, const http_request& request) {
    const auto values = request.header("authorization");
    if (values.empty()) throw refusal{code::unauthenticated, "Auth token required"};
    auto claims = values.size() == 1 ? bearer_claims(world, values.front()) : std::nullopt;
    if (!claims) throw refusal{code::unauthenticated, "Auth token invalid"};
    ask_before(world, request, context_of(*claims));
    return std::move(*claims);
}

} // namespace nakama::sandbox
