// Who comes into groups, who goes, who rises and falls; their channels tell it.
#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/json/json_output.hpp"
#include "sandbox/operations/group_requests.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/socket/channel_messages.hpp"
#include "sandbox/socket/channels.hpp"
#include "sandbox/socket/notices.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

/// {"group_id":"...","key":"value"}
std::string about_group(const std::string& id, const std::string& key, const std::string& value) {
    std::string content = R"({"group_id":")" + id + R"(",")" + key + R"(":)";
    append_escaped(content, value);
    return content + '}';
}

void ask_admins(world& world, const std::string& id, const wire::jwt_claims& caller) {
    const notification asking{.subject = "User " + caller.usn + " wants to join your group",
                              .content = about_group(id, "username", caller.usn),
                              .code = notice::group_join_request,
                              .sender_id = caller.uid,
                              .persistent = true};
    for (const auto& [user, edge] : world.groups.find(id)->edges)
        if (edge.state == group_user_state::superadmin || edge.state == group_user_state::admin)
            notify(world, user, {asking});
}

std::string join_group(world& world, const http_request& request) {
    const auto caller = require_session(world, request);
    const std::string id = group_id_of(request);
    switch (world.groups.join(id, caller.uid, world.now())) {
    case group_book::entrance::nothing:
        break;
    case group_book::entrance::asked:
        ask_admins(world, id, caller);
        break;
    case group_book::entrance::joined:
        tell_group(world, id, message_code::group_join, {caller.uid, caller.usn});
        break;
    }
    return "{}";
}

std::string leave_group(world& world, const http_request& request) {
    const auto caller = require_session(world, request);
    const std::string id = group_id_of(request);
    switch (world.groups.leave(id, caller.uid, world.now())) {
    case group_book::departure::nothing:
        break;
    case group_book::departure::left:
        tell_group(world, id, message_code::group_leave, {caller.uid, caller.usn});
        remove_from_channel(world, group_channel(id), caller.uid);
        break;
    case group_book::departure::ended:
        close_channel(world, group_channel(id));
        break;
    }
    return "{}";
}

/// A request about some of a group's users.
struct group_call {
    std::string caller{};
    std::string id{};
    group_book::users whom{};

    group_call(world& world, const http_request& request) {
        const auto parameters = query_parameters::strict(request.query);
        whom = parameters.texts("user_ids");
        caller = require_session(world, request).uid;
        id = group_id_of(request);
        for (std::string& user : whom) {
            const auto uuid = parse_uuid(user);
            if (!uuid || *uuid == nil_uuid)
                throw refusal{code::invalid_argument, "User ID must be a valid ID."};
            user = *uuid;
        }
    }
};

speaker user_of(world& world, const std::string& id) {
    const account_record* record = world.users.find(id);
    return {id, record ? record->account.user.username : ""};
}

void tell_group(world& world, const std::string& id, std::int32_t code, const group_book::users& about) {
    for (const std::string& user : about) tell_group(world, id, code, user_of(world, user));
}

std::string add_group_users(world& world, const http_request& request) {
    const group_call call{world, request};
    if (call.whom.empty()) return "{}";
    const auto exists = [&](const std::string& user) { return world.users.find(user) != nullptr; };
    const auto added = world.groups.add(call.id, call.caller, call.whom, exists, world.now());
    tell_group(world, call.id, message_code::group_add, added);
    const std::string& name = world.groups.find(call.id)->group.name;
    const notification welcome{.subject = "You've been added to group " + name,
                               .content = about_group(call.id, "name", name),
                               .code = notice::group_add,
                               .sender_id = call.caller,
                               .persistent = true};
    for (const std::string& user : added) notify(world, user, {welcome});
    return "{}";
}

void expel(world& world, const std::string& id, std::int32_t code, const group_book::users& whom) {
    tell_group(world, id, code, whom);
    for (const std::string& user : whom) remove_from_channel(world, group_channel(id), user);
}

std::string kick_group_users(world& world, const http_request& request) {
    const group_call call{world, request};
    if (call.whom.empty()) return "{}";
    expel(world, call.id, message_code::group_kick,
          world.groups.kick(call.id, call.caller, call.whom, world.now()));
    return "{}";
}

std::string ban_group_users(world& world, const http_request& request) {
    const group_call call{world, request};
    if (call.whom.empty()) return "{}";
    expel(world, call.id, message_code::group_ban,
          world.groups.ban(call.id, call.caller, call.whom, world.now()));
    return "{}";
}

std::string promote_group_users(world& world, const http_request& request) {
    const group_call call{world, request};
    if (call.whom.empty()) return "{}";
    tell_group(world, call.id, message_code::group_promote,
               world.groups.promote(call.id, call.caller, call.whom));
    return "{}";
}

std::string demote_group_users(world& world, const http_request& request) {
    const group_call call{world, request};
    if (call.whom.empty()) throw refusal{code::invalid_argument, "User IDs must be set."};
    tell_group(world, call.id, message_code::group_demote,
               world.groups.demote(call.id, call.caller, call.whom));
    return "{}";
}

constexpr std::array routes{
    route{"POST", "/v2/group/{group_id}/join", join_group},
    route{"POST", "/v2/group/{group_id}/leave", leave_group},
    route{"POST", "/v2/group/{group_id}/add", add_group_users},
    route{"POST", "/v2/group/{group_id}/kick", kick_group_users},
    route{"POST", "/v2/group/{group_id}/ban", ban_group_users},
    route{"POST", "/v2/group/{group_id}/promote", promote_group_users},
    route{"POST", "/v2/group/{group_id}/demote", demote_group_users},
};

} // namespace

std::span<const route> group_member_routes() {
    return routes;
}

} // namespace nakama::sandbox
