#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/operations/credentials.hpp"
#include "sandbox/operations/friend_imports.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/operations/welcome.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

struct entrance_parameters {
    bool create = true;
    std::string username{};

    explicit entrance_parameters(const query_parameters& given)
        : create{given.flag("create").value_or(true)}, username{given.text("username").value_or("")} {}
};

std::string authenticate_device(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string id = body->text("id").value_or("");
    session_vars vars = body->text_map("vars").value_or(session_vars{});
    const entrance_parameters parameters{query_parameters::strict(request.query)};
    require_server_key(world, request);
    const auto entrance =
        enter_by_device(world.users, id, parameters.username, parameters.create, world.now());
    return welcome(world, entrance, std::move(vars));
}

std::string authenticate_custom(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string id = body->text("id").value_or("");
    session_vars vars = body->text_map("vars").value_or(session_vars{});
    const entrance_parameters parameters{query_parameters::strict(request.query)};
    require_server_key(world, request);
    const auto entrance =
        enter_by_custom(world.users, id, parameters.username, parameters.create, world.now());
    return welcome(world, entrance, std::move(vars));
}

std::string authenticate_email(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string email = body->text("email").value_or("");
    const std::string password = body->text("password").value_or("");
    session_vars vars = body->text_map("vars").value_or(session_vars{});
    const entrance_parameters parameters{query_parameters::strict(request.query)};
    require_server_key(world, request);
    const auto entrance =
        enter_by_email(world.users, email, password, parameters.username, parameters.create, world.now());
    return welcome(world, entrance, std::move(vars));
}

provider_profile require_player(const world& world, const credentials& shown) {
    const auto player = profile_of(world, provider::facebook_instant_game, shown);
    if (!player)
        throw refusal{code::data_loss,
                      "Error extracting the Facebook Instant Game player ID or validating the signature"};
    return *player;
}

template <provider which>
std::string authenticate_at(world& world, const http_request& request) {
    constexpr bool has_friends = which == provider::facebook || which == provider::steam;
    request_body body{request.body};
    credentials shown = read_credentials(*body, which);
    const auto given = query_parameters::strict(request.query);
    const entrance_parameters parameters{given};
    const bool sync = has_friends && given.flag("sync").value_or(false);
    require_server_key(world, request);

    require_configured(world, which);
    require_complete(shown, which);
    check_username(parameters.username);
    const provider_profile profile = which == provider::facebook_instant_game
                                         ? require_player(world, shown)
                                         : require_profile(world, which, shown);
    const auto entrance =
        enter_by_provider(world.users, which, profile, parameters.username, parameters.create, world.now());
    if (sync) import_friends(world, entrance.user_id, entrance.username, which, profile);
    return welcome(world, entrance, std::move(shown.vars));
}

constexpr std::array routes{
    route{"POST", "/v2/account/authenticate/apple", authenticate_at<provider::apple>},
    route{"POST", "/v2/account/authenticate/custom", authenticate_custom},
    route{"POST", "/v2/account/authenticate/device", authenticate_device},
    route{"POST", "/v2/account/authenticate/email", authenticate_email},
    route{"POST", "/v2/account/authenticate/facebook", authenticate_at<provider::facebook>},
    route{"POST", "/v2/account/authenticate/facebookinstantgame",
          authenticate_at<provider::facebook_instant_game>},
    route{"POST", "/v2/account/authenticate/gamecenter", authenticate_at<provider::game_center>},
    route{"POST", "/v2/account/authenticate/google", authenticate_at<provider::google>},
    route{"POST", "/v2/account/authenticate/steam", authenticate_at<provider::steam>},
};

} // namespace

std::span<const route> authentication_routes() {
    return routes;
}

} // namespace nakama::sandbox
