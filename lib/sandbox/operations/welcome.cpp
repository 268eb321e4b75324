#include "sandbox/operations/welcome.hpp"

#include "wire/json_writer.hpp"

namespace nakama::sandbox {

session_tokens issue(const world& world, wire::jwt_claims claims) {
    session_tokens tokens;
    const std::int64_t now = unix_seconds(world.now());
    claims.exp = now + world.config.token_expiry.count();
    tokens.token = mint_session_token(claims, session_key);
    claims.exp = now + world.config.refresh_token_expiry.count();
    tokens.refresh_token = mint_session_token(claims, refresh_key);
    return tokens;
}

std::string welcome(world& world, const entrance& entrance, session_vars vars) {
    if (world.config.single_session) world.revoked.revoke_all(entrance.user_id, world.now());
    session_tokens tokens = issue(world, {.tid = world.ids.uuid(),
                                          .uid = entrance.user_id,
                                          .usn = entrance.username,
                                          .vrs = std::move(vars),
                                          .exp = 0,
                                          .iat = unix_seconds(world.now())});
    tokens.created = entrance.created;
    return wire::to_json(tokens);
}

} // namespace nakama::sandbox
