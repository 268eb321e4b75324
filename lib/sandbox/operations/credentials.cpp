#include "sandbox/operations/credentials.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/state/linking.hpp"

#include <array>
#include <utility>

namespace nakama::sandbox {
namespace {

std::string missing_token(provider which) {
    switch (which) {
    case provider::apple:
        return "Apple ID token is required.";
    case provider::facebook_instant_game:
        return "Signed Player Info for a Facebook Instant Game is required.";
    default:
        return name_of(which) + " access token is required.";
    }
}

} // namespace

bool credentials::is_complete(provider which) const {
    if (which != provider::game_center) return !token.empty();
    return !token.empty() && !data.bundle_id.empty() && !data.player_id.empty() &&
           !data.public_key_url.empty() && !data.salt.empty() && data.timestamp != 0;
}

credentials read_credentials(message_reader& account, provider which) {
    credentials shown;
    switch (which) {
    case provider::facebook_instant_game:
        shown.token = account.text("signed_player_info").value_or("");
        break;
    case provider::game_center:
        shown.token = account.text("signature").value_or("");
        shown.data = {.bundle_id = account.text("bundle_id").value_or(""),
                      .player_id = account.text("player_id").value_or(""),
                      .public_key_url = account.text("public_key_url").value_or(""),
                      .salt = account.text("salt").value_or(""),
                      .timestamp = account.int64("timestamp_seconds").value_or(0)};
        break;
    default:
        shown.token = account.text("token").value_or("");
    }
    shown.vars = account.text_map("vars").value_or(session_vars{});
    return shown;
}

void require_configured(const world& world, provider which) {
    const bool wants_configuration = which == provider::apple || which == provider::steam;
    if (wants_configuration && !world.providers.is_configured(which))
        throw refusal{code::failed_precondition, name_of(which) + " authentication is not configured."};
}

void require_complete(const credentials& shown, provider which) {
    if (which != provider::game_center) {
        if (shown.token.empty()) throw refusal{code::invalid_argument, missing_token(which)};
        return;
    }
    const std::array<std::pair<bool, const char*>, 6> parts{{
        {!shown.data.bundle_id.empty(), "bundle ID"},
        {!shown.data.player_id.empty(), "player ID"},
        {!shown.data.public_key_url.empty(), "public key URL"},
        {!shown.data.salt.empty(), "salt"},
        {!shown.token.empty(), "signature"},
        {shown.data.timestamp != 0, "timestamp"},
    }};
    for (const auto& [given, name] : parts)
        if (!given)
            throw refusal{code::invalid_argument, std::string{"GameCenter "} + name + " is required."};
}

provider_profile require_profile(const world& world, provider which, const credentials& shown) {
    auto profile = profile_of(world, which, shown);
    if (!profile)
        throw refusal{code::unauthenticated, "Could not authenticate " + name_of(which) + " profile."};
    return std::move(*profile);
}

std::optional<provider_profile> profile_of(const world& world, provider which, const credentials& shown) {
    auto profile = world.providers.find(which, shown.token);
    if (which == provider::game_center && profile && profile->id != shown.data.player_id) return {};
    if (profile || which != provider::facebook_instant_game) return profile;
    const auto player = signed_player(shown.token, world.config.facebook_instant_game_app_secret);
    if (!player) return {};
    return provider_profile{.id = *player};
}

} // namespace nakama::sandbox
