#include "sandbox/state/providers.hpp"

#include "sandbox/json/message_reader.hpp"
#include "sandbox/state/tokens.hpp"
#include "wire/base64.hpp"

namespace nakama::sandbox {

identity_kind identity_of(provider which) noexcept {
    switch (which) {
    case provider::apple:
        return identity_kind::apple;
    case provider::facebook:
        return identity_kind::facebook;
    case provider::facebook_instant_game:
        return identity_kind::facebook_instant_game;
    case provider::game_center:
        return identity_kind::game_center;
    case provider::google:
        return identity_kind::google;
    case provider::steam:
        break;
    }
    return identity_kind::steam;
}

void provider_book::accept(provider which, const std::string& token, provider_profile profile) {
    configured_.insert(which);
    profiles_.insert_or_assign({which, token}, std::move(profile));
}

std::optional<provider_profile> provider_book::find(provider which, const std::string& token) const {
    const auto found = profiles_.find({which, token});
    if (found == profiles_.end()) return {};
    return found->second;
}

std::optional<std::string> signed_player(std::string_view signed_player_info, std::string_view secret) {
    const auto dot = signed_player_info.find('.');
    if (dot == std::string_view::npos) return {};
    const std::string_view payload = signed_player_info.substr(dot + 1);
    if (signed_player_info.substr(0, dot) != signature(payload, secret)) return {};
    const auto text = wire::decode_base64(payload);
    if (!text) return {};
    try {
        const json_document document = parse_lenient(*text);
        message_reader reader{document.text, document.root, unknown_fields::ignored};
        const std::string algorithm = reader.text("algorithm").value_or("");
        if (algorithm != "HMAC-SHA256" && algorithm != "HS256") return {};
        return reader.text("player_id").value_or("");
    } catch (const malformed&) {
        return {};
    }
}

} // namespace nakama::sandbox
