#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/json/json_input.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/socket/notices.hpp"
#include "wire/json_writer.hpp"

#include <nakama/api/friends.hpp>

#include <algorithm>
#include <array>

namespace nakama::sandbox {
namespace {

std::string list_friends(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const std::int32_t limit = parameters.int32("limit").value_or(1000);
    const auto state = parameters.int32("state");
    const std::string cursor = parameters.text("cursor").value_or("");
    const auto caller = require_session(world, request);

    if (limit < 1 || limit > 1000)
        throw refusal{code::invalid_argument, "Invalid limit - limit must be between 1 and 1000."};
    if (state && (*state < 0 || *state > 3))
        throw refusal{code::invalid_argument, "Invalid state - state must be between 0 and 3."};

    auto page = world.friendships.list(caller.uid, static_cast<std::size_t>(limit), state, cursor);
    friend_list list;
    list.cursor = std::move(page.cursor);
    for (friendship& one : page.entries) {
        friend_ listed;
        listed.user = world.users.find(one.user_id)->account.user;
        listed.user.edge_count = 0; // told by the user's own account alone
        listed.user.online = world.is_online(one.user_id);
        listed.state = static_cast<friend_state>(one.state);
        listed.update_time = one.update_time;
        listed.metadata = std::move(one.metadata);
        list.friends.push_back(std::move(listed));
    }
    return wire::to_json(list);
}

std::string add_friends(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const auto ids = parameters.texts("ids");
    const auto usernames = parameters.texts("usernames");
    const std::string metadata = parameters.text("metadata").value_or("");
    const auto caller = require_session(world, request);
    if (ids.empty() && usernames.empty()) return "{}";

    std::vector<std::string> others;
    const auto add = [&](const std::string& id) {
        if (std::ranges::find(others, id) == others.end()) others.push_back(id);
    };
    for (const std::string& id : ids) {
        if (id == caller.uid) throw refusal{code::invalid_argument, "Cannot add self as friend."};
        const auto uuid = parse_uuid(id);
        if (!uuid || *uuid == nil_uuid)
            throw refusal{code::invalid_argument, "Invalid user ID '" + id + "'."};
        add(*uuid);
    }
    for (const std::string& name : usernames) {
        if (name.empty()) throw refusal{code::invalid_argument, "Username must not be empty."};
        if (name == caller.usn) throw refusal{code::invalid_argument, "Cannot add self as friend."};
        if (const account_record* record = world.users.find_by_username(name)) add(record->account.user.id);
    }
    if (others.empty()) throw refusal{code::invalid_argument, "No valid ID or username was provided."};
    if (!metadata.empty() && !is_json(metadata))
        throw refusal{code::internal, "Error while trying to add friends."};

    account_record* self = world.users.find(caller.uid);
    for (const std::string& other : others) {
        account_record* record = world.users.find(other);
        if (!self || !record || other == caller.uid) continue; // unknown ids are left out silently
        const auto outcome =
            world.friendships.add(caller.uid, other, metadata.empty() ? "{}" : metadata, world.now());
        if (outcome == friend_book::outcome::invited) {
            for (account_record* side : {self, record}) {
                ++side->account.user.edge_count;
                side->account.user.update_time = std::chrono::floor<std::chrono::seconds>(world.now());
            }
            notify(world, other, notice::friend_request, "wants to add you as a friend", caller.uid,
                   caller.usn);
        } else if (outcome == friend_book::outcome::accepted) {
            notify(world, other, notice::friend_accepted, "accepted your friend request", caller.uid,
                   caller.usn);
        }
    }
    return "{}";
}

constexpr std::array routes{
    route{"GET", "/v2/friend", list_friends},
    route{"POST", "/v2/friend", add_friends},
};

} // namespace

std::span<const route> friend_routes() {
    return routes;
}

} // namespace nakama::sandbox
