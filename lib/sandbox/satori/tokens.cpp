#include "sandbox/satori/tokens.hpp"

#include "sandbox/json/json_output.hpp"

namespace nakama::sandbox::liveops {

std::string mint_token(const wire::jwt_claims& claims, std::string_view key) {
    std::string text = R"({"sid":)";
    append_escaped(text, claims.sid);
    text += R"(,"iid":)";
    append_escaped(text, claims.iid);
    text += R"(,"exp":)" + std::to_string(claims.exp) + R"(,"iat":)" + std::to_string(claims.iat);
    text += R"(,"api":"sandbox"})";
    return mint(text, key);
}

std::optional<wire::jwt_claims> read_token(std::string_view token, std::string_view key, wall_time now) {
    if (!open_token(token, key)) return {};
    auto claims = wire::read_jwt(token);
    if (!claims || has_expired(claims->exp, now)) return {};
    return claims;
}

} // namespace nakama::sandbox::liveops
