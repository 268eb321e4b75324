#include "sandbox/departure.hpp"
#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/operations/operations.hpp"
#include "wire/json_writer.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

std::string get_account(world& world, const http_request& request) {
    const auto caller = require_session(world, request);
    const account_record* record = world.users.find(caller.uid);
    if (!record) throw refusal{code::not_found, "Account not found."};
    account account = record->account;
    account.user.online = world.is_online(caller.uid);
    account.disable_time = {}; // not for its owner's eyes
    return wire::to_json(account);
}

std::string update_account(world& world, const http_request& request) {
    request_body body{request.body};
    const account_changes changes{.username = body->wrapped_text("username"),
                                  .display_name = body->wrapped_text("display_name"),
                                  .avatar_url = body->wrapped_text("avatar_url"),
                                  .lang_tag = body->wrapped_text("lang_tag"),
                                  .location = body->wrapped_text("location"),
                                  .timezone = body->wrapped_text("timezone")};
    const auto caller = require_session(world, request);
    world.users.update(caller.uid, changes, world.now());
    return "{}";
}

std::string delete_account(world& world, const http_request& request) {
    const auto caller = require_session(world, request);
    (void)remove_user(world, caller.uid); // gone already is gone
    return "{}";
}

constexpr std::array routes{
    route{"DELETE", "/v2/account", delete_account},
    route{"GET", "/v2/account", get_account},
    route{"PUT", "/v2/account", update_account},
};

} // namespace

std::span<const route> account_routes() {
    return routes;
}

} // namespace nakama::sandbox
