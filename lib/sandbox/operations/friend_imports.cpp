#include "sandbox/operations/friend_imports.hpp"

#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/json/json_output.hpp"
#include "sandbox/operations/credentials.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/socket/notices.hpp"
#include "sandbox/state/linking.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

template <provider which>
std::string import_from(world& world, const http_request& request) {
    request_body body{request.body};
    const credentials shown = read_credentials(*body, which);
    const bool reset = query_parameters::strict(request.query).flag("reset").value_or(false);
    const auto caller = require_session(world, request);
    require_configured(world, which);
    if (shown.token.empty()) throw refusal{code::invalid_argument, name_of(which) + " token is required."};
    const provider_profile profile = require_profile(world, which, shown);
    if (reset) world.friendships.reset(caller.uid, world.now());
    import_friends(world, caller.uid, caller.usn, which, profile);
    return "{}";
}

constexpr std::array routes{
    route{"POST", "/v2/friend/facebook", import_from<provider::facebook>},
    route{"POST", "/v2/friend/steam", import_from<provider::steam>},
};

} // namespace

void import_friends(world& world, const std::string& user_id, const std::string& username, provider which,
                    const provider_profile& profile) {
    if (!world.users.find(user_id)) return;
    const std::string metadata = R"({"provider": ")" + lower_case(name_of(which)) + "\"}";
    std::string content = R"({"username":)";
    append_escaped(content, username);
    content += '}';
    for (const std::string& friend_there : profile.friends) {
        const account_record* record = world.users.find_by(identity_of(which), friend_there);
        if (!record || record->account.user.id == user_id) continue;
        const std::string other = record->account.user.id;
        if (!world.friendships.befriend(user_id, other, metadata, world.now())) continue;
        notify(world, other,
               {{.subject = "Your friend has just joined the game",
                 .content = content,
                 .code = notice::friend_joined_game,
                 .sender_id = user_id,
                 .persistent = true}});
    }
}

std::span<const route> friend_import_routes() {
    return routes;
}

} // namespace nakama::sandbox
