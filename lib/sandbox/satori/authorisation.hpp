// Who asks of Satori: what the Authorization header says.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/world.hpp"

#include <string>

namespace nakama::sandbox::liveops {

struct caller {
    std::string session_id;
    identity_record& record;

    [[nodiscard]] const std::string& id() const noexcept { return record.identity.id; }
};

/// All throw refusal.
void require_api_key(const world& world, const http_request& request);
[[nodiscard]] caller require_identity(world& world, const http_request& request);
/// The claims alone, whether or not their identity is there.
[[nodiscard]] wire::jwt_claims require_token(const world& world, const http_request& request);
/// Null for the API key.
[[nodiscard]] const identity_record* require_identity_or_api_key(world& world, const http_request& request);

} // namespace nakama::sandbox::liveops
