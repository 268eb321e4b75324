// The claims inside a session's tokens.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace nakama::wire {

struct jwt_claims {
    std::string tid{}; ///< the session's id
    std::string uid{}; ///< the user's id
    std::string usn{}; ///< the username
    std::map<std::string, std::string> vrs{};
    std::int64_t exp{}; ///< seconds since the epoch
    std::int64_t iat{}; ///< seconds since the epoch; 0 if the token does not tell
};

/// Reads the claims of a signed token without checking its signature (only the server can);
/// nothing if it has not the form of a token.
[[nodiscard]] std::optional<jwt_claims> read_jwt(std::string_view token);

} // namespace nakama::wire
