#include "sandbox/satori/sessions.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/satori/tokens.hpp"

namespace nakama::sandbox::liveops {

satori::session_tokens issue(world& world, const std::string& session_id, const identity_record& record) {
    const std::int64_t now = unix_seconds(world.now());
    wire::jwt_claims claims{.sid = session_id, .iid = record.identity.id, .iat = now};
    satori::session_tokens tokens;
    claims.exp = now + world.config.satori_token_expiry.count();
    tokens.token = mint_token(claims, session_key);
    claims.exp = now + world.config.satori_refresh_token_expiry.count();
    tokens.refresh_token = mint_token(claims, refresh_key);
    tokens.properties = record.identity.properties;
    world.liveops.sessions.issued(session_id, tokens.token);
    return tokens;
}

void property_changes::check(const state& state) const {
    for (const auto& [name, value] : default_)
        if (!state.default_properties.allows(name))
            throw refusal{code::invalid_argument, "Unknown default property \"" + name + "\"."};
}

void property_changes::apply(satori::properties& properties) const {
    for (const auto& [name, value] : default_) properties.default_.insert_or_assign(name, value);
    for (const auto& [name, value] : custom) properties.custom.insert_or_assign(name, value);
}

} // namespace nakama::sandbox::liveops
