#include "sandbox/operations/friends.hpp"

#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/socket/notices.hpp"
#include "sandbox/socket/realtime.hpp"
#include "wire/json_writer.hpp"

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
    std::optional<friend_state> only;
    if (state) only = static_cast<friend_state>(*state);

    auto page = world.friendships.list(caller.uid, static_cast<std::size_t>(limit), only, cursor);
    friend_list list{.cursor = std::move(page.cursor)};
    for (const friendship& one : page.entries) list.friends.push_back(as_listed(world, one));
    return wire::to_json(list);
}

std::string list_friends_of_friends(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const std::int32_t limit = parameters.int32("limit").value_or(10);
    const std::string cursor = parameters.text("cursor").value_or("");
    const auto caller = require_session(world, request);
    if (limit < 1 || limit > 100)
        throw refusal{code::invalid_argument, "Invalid limit - limit must be between 1 and 100."};

    auto page = world.friendships.friends_of_friends(caller.uid, static_cast<std::size_t>(limit), cursor);
    friends_of_friends_list list{.cursor = std::move(page.cursor)};
    for (friend_book::acquaintance& one : page.entries) {
        user user = world.users.find(one.user_id)->account.user;
        user.online = world.is_online(one.user_id);
        list.friends_of_friends.push_back({.referrer = std::move(one.referrer), .user = std::move(user)});
    }
    return wire::to_json(list);
}

/// Whom a request names.
struct named_users {
    std::vector<std::string> ids;
    std::vector<std::string> usernames;

    explicit named_users(const query_parameters& parameters)
        : ids{parameters.texts("ids")}, usernames{parameters.texts("usernames")} {}

    [[nodiscard]] bool empty() const { return ids.empty() && usernames.empty(); }

    /// Unknown ids are somebody, unknown names are not.
    void require_somebody(const std::vector<std::string>& found) const {
        if (ids.empty() && found.empty())
            throw refusal{code::invalid_argument, "No valid ID or username was provided."};
    }

    /// Their ids, each once: those of unknown users as well, but no unknown names.
    [[nodiscard]] std::vector<std::string> find(world& world, const wire::jwt_claims& caller,
                                                const std::string& about_oneself) const {
        std::vector<std::string> found;
        const auto add = [&](const std::string& id) {
            if (std::ranges::find(found, id) == found.end()) found.push_back(id);
        };
        for (const std::string& id : ids) {
            if (id == caller.uid) throw refusal{code::invalid_argument, about_oneself};
            const auto uuid = parse_uuid(id);
            if (!uuid || *uuid == nil_uuid)
                throw refusal{code::invalid_argument, "Invalid user ID '" + id + "'."};
            add(*uuid);
        }
        for (const std::string& name : usernames) {
            if (name.empty()) throw refusal{code::invalid_argument, "Username must not be empty."};
            if (name == caller.usn) throw refusal{code::invalid_argument, about_oneself};
            if (const account_record* record = world.users.find_by_username(name))
                add(record->account.user.id);
        }
        std::erase(found, caller.uid); // written in another way
        return found;
    }
};

/// The database has no relations of a user who is gone.
void require_account(world& world, const std::string& user, const std::string& doing) {
    if (!world.users.find(user))
        throw refusal{code::internal, "Error while trying to " + doing + " friends."};
}

std::string add_friends(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const named_users named{parameters};
    const std::string metadata = parameters.text("metadata").value_or("");
    const auto caller = require_session(world, request);
    if (named.empty()) return "{}";
    auto others = named.find(world, caller, "Cannot add self as friend.");
    named.require_somebody(others);

    std::erase_if(others, [&](const auto& other) { return world.friendships.blocks(caller.uid, other); });
    if (others.empty()) return "{}";
    if (!metadata.empty() && !storable(metadata))
        throw refusal{code::internal, "Error while trying to add friends."};
    if (std::ranges::any_of(others, [&](const auto& other) { return world.users.find(other); }))
        require_account(world, caller.uid, "add");
    for (const std::string& other : others) {
        using enum friend_book::addition;
        switch (world.friendships.add(caller.uid, other, metadata.empty() ? "{}" : metadata, world.now())) {
        case invited:
            notify(world, other, notice::friend_request, "wants to add you as a friend", caller.uid,
                   caller.usn);
            break;
        case accepted:
            notify(world, other, notice::friend_accepted, "accepted your friend request", caller.uid,
                   caller.usn);
            break;
        case nothing:
            break;
        }
    }
    return "{}";
}

std::string delete_friends(world& world, const http_request& request) {
    const named_users named{query_parameters::strict(request.query)};
    const auto caller = require_session(world, request);
    for (const std::string& other : named.find(world, caller, "Cannot delete self."))
        if (world.friendships.remove(caller.uid, other, world.now()) == friend_book::removal::parted)
            notify(world, other, notice::friend_removed, "removed you as a friend", caller.uid, caller.usn);
    return "{}";
}

std::string block_friends(world& world, const http_request& request) {
    const named_users named{query_parameters::strict(request.query)};
    const auto caller = require_session(world, request);
    if (named.empty()) return "{}";
    const auto others = named.find(world, caller, "Cannot block self.");
    named.require_somebody(others);
    for (const std::string& other : others) {
        if (world.users.find(other)) require_account(world, caller.uid, "block");
        if (world.friendships.block(caller.uid, other, world.now()))
            end_direct_chat(world, caller.uid, other);
    }
    return "{}";
}

constexpr std::array routes{
    route{"GET", "/v2/friend", list_friends},
    route{"POST", "/v2/friend", add_friends},
    route{"DELETE", "/v2/friend", delete_friends},
    route{"POST", "/v2/friend/block", block_friends},
    route{"GET", "/v2/friend/friends", list_friends_of_friends},
};

} // namespace

friend_ as_listed(world& world, const friendship& relation) {
    friend_ listed{.user = world.users.find(relation.user_id)->account.user,
                   .state = relation.state,
                   .update_time = relation.update_time,
                   .metadata = relation.metadata};
    listed.user.edge_count = 0; // told by the user's own account alone
    listed.user.online = world.is_online(relation.user_id);
    return listed;
}

std::span<const route> friend_routes() {
    return routes;
}

} // namespace nakama::sandbox
