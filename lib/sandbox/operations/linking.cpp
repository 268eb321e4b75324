#include "sandbox/state/linking.hpp"

#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/operations/credentials.hpp"
#include "sandbox/operations/friend_imports.hpp"
#include "sandbox/operations/operations.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

/// An account's id at wherever its owner knows it from.
std::string read_id(message_reader& account) {
    std::string id = account.text("id").value_or("");
    (void)account.text_map("vars"); // known, and of no use here
    return id;
}

struct email_and_password {
    std::string email{};
    std::string password{};
};

email_and_password read_email(message_reader& account) {
    email_and_password given{account.text("email").value_or(""), account.text("password").value_or("")};
    (void)account.text_map("vars");
    return given;
}

std::string link_custom(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string id = read_id(*body);
    link_custom(world.users, require_session(world, request).uid, id, world.now());
    return "{}";
}

std::string link_device(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string id = read_id(*body);
    link_device(world.users, require_session(world, request).uid, id, world.now());
    return "{}";
}

std::string link_email(world& world, const http_request& request) {
    request_body body{request.body};
    const auto [email, password] = read_email(*body);
    link_email(world.users, require_session(world, request).uid, email, password, world.now());
    return "{}";
}

/// With `sync` the friends at the provider are imported as well.
void link(world& world, const wire::jwt_claims& caller, provider which, const credentials& shown, bool sync) {
    require_configured(world, which);
    require_complete(shown, which);
    const provider_profile profile = require_profile(world, which, shown);
    link_provider(world.users, caller.uid, which, profile, world.now());
    if (sync) import_friends(world, caller.uid, caller.usn, which, profile);
}

template <provider which>
std::string link_to(world& world, const http_request& request) {
    request_body body{request.body};
    const credentials shown = read_credentials(*body, which);
    link(world, require_session(world, request), which, shown, false);
    return "{}";
}

std::string link_facebook(world& world, const http_request& request) {
    request_body body{request.body};
    const credentials shown = read_credentials(*body, provider::facebook);
    const bool sync = query_parameters::strict(request.query).flag("sync").value_or(true);
    link(world, require_session(world, request), provider::facebook, shown, sync);
    return "{}";
}

std::string link_steam(world& world, const http_request& request) {
    request_body body{request.body};
    credentials shown;
    if (auto account = body->message("account")) shown = read_credentials(*account, provider::steam);
    const bool sync = body->wrapped_flag("sync").value_or(true);
    const auto caller = require_session(world, request);
    require_complete(shown, provider::steam); // here before asking for the configuration
    link(world, caller, provider::steam, shown, sync);
    return "{}";
}

std::string unlink_custom(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string id = read_id(*body);
    unlink(world.users, require_session(world, request).uid, identity_kind::custom, id, world.now());
    return "{}";
}

std::string unlink_device(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string id = read_id(*body);
    unlink_device(world.users, require_session(world, request).uid, id, world.now());
    return "{}";
}

std::string unlink_email(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string email = lower_case(read_email(*body).email);
    unlink(world.users, require_session(world, request).uid, identity_kind::email, email, world.now());
    return "{}";
}

template <provider which>
std::string unlink_from(world& world, const http_request& request) {
    request_body body{request.body};
    const credentials shown = read_credentials(*body, which);
    const auto caller = require_session(world, request);
    std::string identity;
    if (shown.is_complete(which)) identity = require_profile(world, which, shown).id;
    unlink(world.users, caller.uid, identity_of(which), identity, world.now());
    return "{}";
}

constexpr std::array linking{
    route{"POST", "/v2/account/link/apple", link_to<provider::apple>},
    route{"POST", "/v2/account/link/custom", link_custom},
    route{"POST", "/v2/account/link/device", link_device},
    route{"POST", "/v2/account/link/email", link_email},
    route{"POST", "/v2/account/link/facebook", link_facebook},
    route{"POST", "/v2/account/link/facebookinstantgame", link_to<provider::facebook_instant_game>},
    route{"POST", "/v2/account/link/gamecenter", link_to<provider::game_center>},
    route{"POST", "/v2/account/link/google", link_to<provider::google>},
    route{"POST", "/v2/account/link/steam", link_steam},
};

constexpr std::array unlinking{
    route{"POST", "/v2/account/unlink/apple", unlink_from<provider::apple>},
    route{"POST", "/v2/account/unlink/custom", unlink_custom},
    route{"POST", "/v2/account/unlink/device", unlink_device},
    route{"POST", "/v2/account/unlink/email", unlink_email},
    route{"POST", "/v2/account/unlink/facebook", unlink_from<provider::facebook>},
    route{"POST", "/v2/account/unlink/facebookinstantgame", unlink_from<provider::facebook_instant_game>},
    route{"POST", "/v2/account/unlink/gamecenter", unlink_from<provider::game_center>},
    route{"POST", "/v2/account/unlink/google", unlink_from<provider::google>},
    route{"POST", "/v2/account/unlink/steam", unlink_from<provider::steam>},
};

} // namespace

std::span<const route> link_routes() {
    return linking;
}

std::span<const route> unlink_routes() {
    return unlinking;
}

} // namespace nakama::sandbox
