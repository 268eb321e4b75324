// Groups themselves, and the lists of them.
#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/operations/group_requests.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/socket/channels.hpp"
#include "sandbox/state/group_listing.hpp"
#include "wire/json_writer.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

void require_text(const std::optional<std::string>& text, const std::string& what) {
    if (text && text->empty()) throw refusal{code::invalid_argument, "Group " + what + " cannot be empty."};
}

std::string create_group(world& world, const http_request& request) {
    request_body body{request.body};
    group wanted{.name = body->text("name").value_or(""),
                 .description = body->text("description").value_or(""),
                 .lang_tag = body->text("lang_tag").value_or(""),
                 .metadata = "{}",
                 .avatar_url = body->text("avatar_url").value_or(""),
                 .open = body->flag("open").value_or(false),
                 .max_count = body->int32("max_count").value_or(0)};
    wanted.creator_id = require_session(world, request).uid;
    if (wanted.name.empty()) throw refusal{code::invalid_argument, "Group name must be set."};
    if (wanted.max_count < 0) throw refusal{code::invalid_argument, "Group max count must be >= 1 when set."};
    if (wanted.max_count == 0) wanted.max_count = 100;
    if (wanted.lang_tag.empty()) wanted.lang_tag = "en";
    return wire::to_json(world.groups.create(std::move(wanted), world.now()));
}

std::string update_group(world& world, const http_request& request) {
    request_body body{request.body};
    const group_changes changes{.name = body->wrapped_text("name"),
                                .description = body->wrapped_text("description"),
                                .lang_tag = body->wrapped_text("lang_tag"),
                                .avatar_url = body->wrapped_text("avatar_url"),
                                .open = body->wrapped_flag("open")};
    const auto caller = require_session(world, request);
    const std::string id = group_id_of(request);
    require_text(changes.name, "name");
    require_text(changes.lang_tag, "language");
    world.groups.update(id, caller.uid, changes, world.now());
    return "{}";
}

std::string delete_group(world& world, const http_request& request) {
    const auto caller = require_session(world, request);
    const std::string id = group_id_of(request);
    world.groups.remove(id, caller.uid);
    close_channel(world, group_channel(id));
    return "{}";
}

std::string list_groups(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    group_filter filter{.name = parameters.text("name").value_or("")};
    const std::string cursor = parameters.text("cursor").value_or("");
    const std::int32_t limit = parameters.int32("limit").value_or(1);
    filter.lang_tag = parameters.text("lang_tag").value_or("");
    filter.members = parameters.int32("members").value_or(-1);
    filter.open = parameters.flag("open");
    (void)require_session(world, request);
    require_limit(limit);
    return wire::to_json(
        list_groups(world.groups, std::move(filter), static_cast<std::size_t>(limit), cursor));
}

/// What both lists of relations ask for.
struct edge_listing {
    std::int32_t limit{};
    std::optional<std::int32_t> state{};
    std::string cursor{};

    explicit edge_listing(const http_request& request) {
        const auto parameters = query_parameters::strict(request.query);
        limit = parameters.int32("limit").value_or(100);
        state = parameters.int32("state");
        cursor = parameters.text("cursor").value_or("");
    }

    void check() const {
        require_limit(limit);
        if (state && (*state < 0 || *state > 4))
            throw refusal{code::invalid_argument, "Invalid state - state must be between 0 and 4."};
    }
};

std::string list_group_users(world& world, const http_request& request) {
    const edge_listing asked{request};
    (void)require_session(world, request);
    const std::string id = group_id_of(request);
    asked.check();
    auto page = world.groups.users_of(id, static_cast<std::size_t>(asked.limit), asked.state, asked.cursor);
    group_user_list list;
    list.cursor = std::move(page.cursor);
    for (const auto& [user_id, edge] : page.entries) {
        const account_record* record = world.users.find(user_id);
        if (!record) continue;
        group_user listed{.user = record->account.user, .state = edge.state};
        listed.user.online = world.is_online(user_id);
        list.group_users.push_back(std::move(listed));
    }
    return wire::to_json(list);
}

std::string list_user_groups(world& world, const http_request& request) {
    const edge_listing asked{request};
    (void)require_session(world, request);
    const auto user_id = parse_uuid(request.path_value("user_id"));
    // The server's own words, for users too.
    if (!user_id) throw refusal{code::invalid_argument, "Group ID must be a valid ID."};
    asked.check();
    auto page =
        world.groups.groups_of(*user_id, static_cast<std::size_t>(asked.limit), asked.state, asked.cursor);
    user_group_list list;
    list.cursor = std::move(page.cursor);
    for (const auto& [id, edge] : page.entries)
        list.user_groups.push_back(
            {.group = world.groups.find(id)->group, .state = static_cast<user_group_state>(edge.state)});
    return wire::to_json(list);
}

constexpr std::array routes{
    route{"POST", "/v2/group", create_group},
    route{"GET", "/v2/group", list_groups},
    route{"PUT", "/v2/group/{group_id}", update_group},
    route{"DELETE", "/v2/group/{group_id}", delete_group},
    route{"GET", "/v2/group/{group_id}/user", list_group_users},
    route{"GET", "/v2/user/{user_id}/group", list_user_groups},
};

} // namespace

std::span<const route> group_routes() {
    return routes;
}

} // namespace nakama::sandbox
