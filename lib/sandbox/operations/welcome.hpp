// Tokens for those who have shown who they are.
#pragma once

#include "sandbox/state/sign_in.hpp"
#include "sandbox/world.hpp"

#include <nakama/api/authentication.hpp>

#include <map>
#include <string>

namespace nakama::sandbox {

using session_vars = std::map<std::string, std::string>;

/// Both tokens with these claims, valid from now on for as long as is configured.
[[nodiscard]] session_tokens issue(const world& world, wire::jwt_claims claims);

/// The answer to a successful authentication: a new session.
[[nodiscard]] std::string welcome(world& world, const entrance& entrance, session_vars vars);

} // namespace nakama::sandbox
