#include "sandbox/state/tokens.hpp"

#include "sandbox/json/json_input.hpp"
#include "sandbox/json/json_output.hpp"
#include "sandbox/json/message_reader.hpp"
#include "sandbox/state/ids.hpp"
#include "wire/base64.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace nakama::sandbox {
std::string signature(std::string_view text, std::string_view key) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &size);
    std::string result;
    wire::append_base64url(result, {reinterpret_cast<const char*>(digest), size});
    return result;
}

std::int64_t unix_seconds(wall_time time) noexcept {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

std::string mint(std::string_view claims, std::string_view key) {
    std::string token;
    wire::append_base64url(token, R"({"alg":"HS256","typ":"JWT"})");
    token += '.';
    wire::append_base64url(token, claims);
    const std::string signed_by = signature(token, key);
    return token + '.' + signed_by;
}

std::optional<std::string> open_token(std::string_view token, std::string_view key) {
    const auto dot = token.rfind('.');
    if (dot == std::string_view::npos) return {};
    const std::string expected = signature(token.substr(0, dot), key);
    const std::string_view given = token.substr(dot + 1);
    if (given.size() != expected.size() || CRYPTO_memcmp(given.data(), expected.data(), given.size()) != 0)
        return {};
    const auto first = token.find('.');
    if (first >= dot) return {};
    return wire::decode_base64(token.substr(first + 1, dot - first - 1));
}

bool has_expired(std::int64_t expiry, wall_time now) noexcept {
    return now >= wall_time{std::chrono::seconds{expiry}};
}

std::string mint_session_token(const wire::jwt_claims& claims, std::string_view key) {
    std::string text = R"({"tid":)";
    append_escaped(text, claims.tid);
    text += R"(,"uid":)";
    append_escaped(text, claims.uid);
    text += R"(,"usn":)";
    append_escaped(text, claims.usn);
    if (!claims.vrs.empty()) {
        char separator = '{';
        text += R"(,"vrs":)";
        for (const auto& [name, value] : claims.vrs) {
            text += separator;
            append_escaped(text, name);
            text += ':';
            append_escaped(text, value);
            separator = ',';
        }
        text += '}';
    }
    text += R"(,"exp":)" + std::to_string(claims.exp) + R"(,"iat":)" + std::to_string(claims.iat) + '}';
    return mint(text, key);
}

std::optional<wire::jwt_claims> read_session_token(std::string_view token, std::string_view key,
                                                   wall_time now) {
    if (!open_token(token, key)) return {};
    auto claims = wire::read_jwt(token);
    if (!claims || has_expired(claims->exp, now) || !parse_uuid(claims->uid)) return {};
    return claims;
}

std::string mint_match_token(std::string_view match_id, wall_time expiry) {
    std::string text = R"({"exp":)" + std::to_string(unix_seconds(expiry)) + R"(,"mid":)";
    append_escaped(text, match_id);
    return mint(text + '}', session_key);
}

std::optional<match_token> read_match_token(std::string_view token, wall_time now) {
    const auto claims = open_token(token, session_key);
    if (!claims) return {};
    const json_document document = parse_json(*claims);
    message_reader reader{document.text, document.root, unknown_fields::ignored};
    if (has_expired(reader.int64("exp").value_or(0), now)) return {};
    return match_token{reader.text("mid")};
}

bool revocations::is_valid_session(const std::string& user, std::int64_t expiry,
                                   const std::string& token) const {
    const auto found = users_.find(user);
    if (found == users_.end()) return true;
    return expiry - token_expiry_.count() >= found->second.all_before &&
           !found->second.sessions.contains(token);
}

bool revocations::is_valid_refresh(const std::string& user, std::int64_t expiry,
                                   const std::string& token) const {
    const auto found = users_.find(user);
    if (found == users_.end()) return true;
    return expiry - refresh_expiry_.count() >= found->second.all_before &&
           !found->second.refreshes.contains(token);
}

void revocations::revoke_all(const std::string& user, wall_time now) {
    voided& record = users_[user];
    if (unix_seconds(now) <= record.all_before) return;
    record = {.all_before = unix_seconds(now), .sessions = {}, .refreshes = {}};
}

} // namespace nakama::sandbox
