#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/running.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/groups.hpp>

#include <algorithm>
#include <stdexcept>

namespace nakama::sandbox {
namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw std::invalid_argument{what};
}

std::string user_in(world& world, std::string_view id) {
    const auto uuid = parse_uuid(id);
    if (!uuid || !world.users.find(*uuid)) refuse("there is no user \"" + std::string{id} + '"');
    return *uuid;
}

} // namespace

std::string groups::create(const new_group& group) {
    const auto world = running(world_);
    nakama::group wanted{.creator_id = user_in(*world, group.creator_id),
                         .name = group.name,
                         .description = group.description,
                         .lang_tag = group.lang_tag,
                         .avatar_url = group.avatar_url,
                         .open = group.open,
                         .max_count = group.max_count};
    if (!group.id.empty()) {
        const auto id = parse_uuid(group.id);
        if (!id) refuse('"' + group.id + "\" is no UUID");
        if (world->groups.find(*id)) refuse("there is a group " + *id + " already");
        wanted.id = *id;
    }
    if (group.name.empty()) refuse("a group has a name");
    if (group.max_count < 1) refuse("a group may have at least one member");
    auto metadata = storable_object(group.metadata);
    if (!metadata) refuse("metadata is a JSON object, not " + group.metadata);
    wanted.metadata = std::move(*metadata);
    try {
        return world->groups.create(std::move(wanted), world->now()).id;
    } catch (const refusal& refused) {
        refuse(refused.what());
    }
}

void groups::add(std::string_view group_id, std::string_view user_id, group_user_state state) {
    const auto world = running(world_);
    const std::string user = user_in(*world, user_id);
    const auto id = parse_uuid(group_id);
    if (state < group_user_state::superadmin || state > banned) refuse("there is no such state");
    if (!id || !world->groups.find(*id)) refuse("there is no group \"" + std::string{group_id} + '"');
    if (!world->groups.put(*id, user, state, world->now())) refuse("group " + *id + " is full");
}

std::optional<nakama::group> groups::find(std::string_view group_id) const {
    const auto world = world_.lock();
    const auto id = parse_uuid(group_id);
    const group_record* record = world && id ? world->groups.find(*id) : nullptr;
    if (!record) return {};
    return record->group;
}

std::optional<nakama::group> groups::find_by_name(std::string_view name) const {
    if (const auto world = world_.lock())
        for (const auto& [id, record] : world->groups.all())
            if (record.group.name == name) return record.group;
    return {};
}

std::vector<group_member> groups::members(std::string_view group_id) const {
    const auto world = world_.lock();
    const auto id = parse_uuid(group_id);
    const group_record* record = world && id ? world->groups.find(*id) : nullptr;
    std::vector<group_member> result;
    if (!record) return result;
    std::vector<std::pair<std::string, group_edge>> edges{record->edges.begin(), record->edges.end()};
    std::ranges::sort(edges, {},
                      [](const auto& one) { return std::pair{one.second.state, one.second.position}; });
    for (auto& [user, edge] : edges) result.push_back({std::move(user), edge.state});
    return result;
}

std::size_t groups::size() const {
    const auto world = world_.lock();
    return world ? world->groups.all().size() : 0;
}

} // namespace nakama::sandbox
