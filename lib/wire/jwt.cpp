#include "jwt.hpp"

#include "base64.hpp"
#include "json_reader.hpp"

#include <nakama/error.hpp>

#include <algorithm>
#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<jwt_claims>() {
    static constexpr std::array fields{
        member<&jwt_claims::tid>("tid"), member<&jwt_claims::uid>("uid"), member<&jwt_claims::usn>("usn"),
        member<&jwt_claims::sid>("sid"), member<&jwt_claims::iid>("iid"), member<&jwt_claims::vrs>("vrs"),
        member<&jwt_claims::exp>("exp"), member<&jwt_claims::iat>("iat"),
    };
    static constexpr schema layout{"claims", fields};
    return layout;
}

std::optional<jwt_claims> read_jwt(std::string_view token) {
    // It goes into a header: nothing but what tokens are made of may pass.
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=.";
    if (token.find_first_not_of(alphabet) != std::string_view::npos) return {};
    const auto first = token.find('.');
    if (first == std::string_view::npos) return {};
    const auto second = token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return {};
    const auto payload = decode_base64(token.substr(first + 1, second - first - 1));
    if (!payload) return {};
    jwt_claims claims;
    if (read_json(*payload, claims)) return {};
    return claims;
}

jwt_claims claims_of(std::string_view token, std::string_view which) {
    if (auto claims = read_jwt(token)) return std::move(*claims);
    throw error{errc::invalid_argument, "the " + std::string{which} +
                                            " is not a JSON Web Token; pass what session::token() and "
                                            "session::refresh_token() gave, unchanged"};
}

std::chrono::system_clock::time_point time_of(std::int64_t seconds) noexcept {
    constexpr std::int64_t limit = 9'000'000'000;
    return std::chrono::system_clock::time_point{std::chrono::seconds{std::clamp<std::int64_t>(seconds, 0, limit)}};
}

} // namespace nakama::wire
