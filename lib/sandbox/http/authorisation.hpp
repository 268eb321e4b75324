// Who asks: what the Authorization header says.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/world.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace nakama::sandbox {

/// The user of `Basic base64(user:password)`; nothing for anything else. The scheme is case-sensitive.
[[nodiscard]] std::optional<std::string> basic_user(std::string_view authorisation);

/// The claims of `Bearer token`; nothing for anything else, and for tokens that are expired or logged out.
[[nodiscard]] std::optional<wire::jwt_claims> bearer_claims(const world& world,
                                                            std::string_view authorisation);

/// What functions and hooks see of a session.
[[nodiscard]] rpc_context context_of(const wire::jwt_claims& claims);

/// Throw refusal. They let the operation's hook look at the request, which may make another one of it: see
/// interception.hpp.
void require_server_key(const world& world, const http_request& request);
[[nodiscard]] wire::jwt_claims require_session(const world& world, const http_request& request);

} // namespace nakama::sandbox
