// The tokens of Satori's sessions: the same form as Nakama's, with other claims and other keys.
#pragma once

#include "sandbox/state/tokens.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace nakama::sandbox::liveops {

inline constexpr std::string_view session_key = "defaultsatorisigningkey";
inline constexpr std::string_view refresh_key = "defaultsatorirefreshsigningkey";

/// With the claims sid, iid, exp, iat and api, the API key's name.
[[nodiscard]] std::string mint_token(const wire::jwt_claims& claims, std::string_view key);

/// Nothing for what is malformed, signed with another key or expired.
[[nodiscard]] std::optional<wire::jwt_claims> read_token(std::string_view token, std::string_view key,
                                                         wall_time now);

} // namespace nakama::sandbox::liveops
