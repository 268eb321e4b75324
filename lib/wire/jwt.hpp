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
    std::string tid{}; ///< Nakama: the session's id
    std::string uid{}; ///< Nakama: the user's id
    std::string usn{}; ///< Nakama: the username
    std::string sid{}; ///< Satori: the session's id
    std::string iid{}; ///< Satori: the identity's id
    std::map<std::string, std::string> vrs{};
    std::int64_t exp{}; ///< seconds since the epoch
    std::int64_t iat{}; ///< seconds since the epoch; 0 if the token does not tell
};

/// Reads the claims of a signed token without checking its signature (only the server can);
/// nothing if it has not the form of a token.
[[nodiscard]] std::optional<jwt_claims> read_jwt(std::string_view token);

/// The same, but throws nakama::error with errc::invalid_argument that calls the token `which`.
[[nodiscard]] jwt_claims claims_of(std::string_view token, std::string_view which);

/// A claim's time. A token may say anything; a time_point ends in the year 2262.
[[nodiscard]] std::chrono::system_clock::time_point time_of(std::int64_t seconds) noexcept;

} // namespace nakama::wire
