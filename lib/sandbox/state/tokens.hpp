// JSON web tokens signed with HMAC-SHA256, and which of them were declared void.
#pragma once

#include "wire/jwt.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace nakama::sandbox {

using wall_time = std::chrono::system_clock::time_point;

/// The keys of a server with the default configuration.
inline constexpr std::string_view session_key = "defaultencryptionkey";
inline constexpr std::string_view refresh_key = "defaultrefreshencryptionkey";

/// The HMAC-SHA256 of a text in base64url without padding.
[[nodiscard]] std::string signature(std::string_view text, std::string_view key);

[[nodiscard]] std::int64_t unix_seconds(wall_time time) noexcept;

/// A token of these claims, a JSON object.
[[nodiscard]] std::string mint(std::string_view claims, std::string_view key);

/// The claims' JSON of a token that is ours; whether it has expired is for the caller to see.
[[nodiscard]] std::optional<std::string> open_token(std::string_view token, std::string_view key);

/// `expiry` is in Unix seconds.
[[nodiscard]] bool has_expired(std::int64_t expiry, wall_time now) noexcept;

[[nodiscard]] std::string mint_session_token(const wire::jwt_claims& claims, std::string_view key);

/// Nothing for what is malformed, signed with another key or expired.
[[nodiscard]] std::optional<wire::jwt_claims> read_session_token(std::string_view token, std::string_view key,
                                                                 wall_time now);

/// What lets its holder into a match that nobody has joined yet.
[[nodiscard]] std::string mint_match_token(std::string_view match_id, wall_time expiry);

struct match_token {
    std::optional<std::string>
        match_id{}; ///< absent from a session's token, which is signed with the same key
};
[[nodiscard]] std::optional<match_token> read_match_token(std::string_view token, wall_time now);

/// Remembers what logging out made void.
class revocations {
public:
    revocations(std::chrono::seconds token_expiry, std::chrono::seconds refresh_expiry)
        : token_expiry_{token_expiry}, refresh_expiry_{refresh_expiry} {}

    /// `token` names what REST goes by: the claim tid. The socket looks at whole revocations alone.
    [[nodiscard]] bool is_valid_session(const std::string& user, std::int64_t expiry,
                                        const std::string& token) const;
    [[nodiscard]] bool is_valid_refresh(const std::string& user, std::int64_t expiry,
                                        const std::string& token) const;

    void revoke_session(const std::string& user, const std::string& token) {
        users_[user].sessions.insert(token);
    }
    void revoke_refresh(const std::string& user, const std::string& token) {
        users_[user].refreshes.insert(token);
    }
    /// Everything issued before the second of `now`.
    void revoke_all(const std::string& user, wall_time now);

private:
    struct voided {
        std::int64_t all_before = 0;
        std::set<std::string> sessions;
        std::set<std::string> refreshes;
    };

    std::chrono::seconds token_expiry_;
    std::chrono::seconds refresh_expiry_;
    std::map<std::string, voided> users_;
};

} // namespace nakama::sandbox
