#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/running.hpp"
#include "sandbox/state/ids.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/storage.hpp>

#include <limits>
#include <stdexcept>

namespace nakama::sandbox {
namespace {

/// Lower case; the system user's for an empty one.
std::optional<std::string> owner_id(std::string_view user_id) {
    return user_id.empty() ? std::optional{std::string{nil_uuid}} : parse_uuid(user_id);
}

void check(bool holds, const char* what) {
    if (!holds) throw std::invalid_argument{what};
}

} // namespace

storage_object_ack storage::write(const new_storage_object& object) {
    const auto world = running(world_);
    const auto owner = owner_id(object.user_id);
    check(owner.has_value(), "the owner is no UUID");
    check(!object.collection.empty() && !object.key.empty(), "collection and key have to be set");
    check(object.permission_read >= 0 && object.permission_read <= 2, "permission_read is 0, 1 or 2");
    check(object.permission_write >= 0 && object.permission_write <= 1, "permission_write is 0 or 1");
    check(holds_object(object.value), "the value is a JSON object");
    try {
        return world->objects
            .write(storage_actor::server(),
                   {{.where = {.collection = object.collection, .key = object.key, .user_id = *owner},
                     .value = object.value,
                     .version = object.version,
                     .permission_read = object.permission_read,
                     .permission_write = object.permission_write}},
                   world->now())
            .front();
    } catch (const refusal& refused) {
        throw std::invalid_argument{refused.what()};
    }
}

bool storage::remove(std::string_view collection, std::string_view key, std::string_view user_id) {
    const auto world = world_.lock();
    const auto owner = owner_id(user_id);
    if (!world || !owner || !find(collection, key, user_id)) return false;
    world->objects.remove(storage_actor::server(),
                          {{.where = {std::string{collection}, std::string{key}, *owner}}});
    return true;
}

std::optional<storage_object> storage::find(std::string_view collection, std::string_view key,
                                            std::string_view user_id) const {
    const auto world = world_.lock();
    const auto owner = owner_id(user_id);
    if (!world || !owner) return {};
    auto found =
        world->objects.read(storage_actor::server(), {{std::string{collection}, std::string{key}, *owner}});
    if (found.empty()) return {};
    return std::move(found.front());
}

std::vector<storage_object> storage::list(std::string_view collection, std::string_view user_id) const {
    const auto world = world_.lock();
    if (!world) return {};
    object_listing listing{.collection = std::string{collection},
                           .limit = std::numeric_limits<std::size_t>::max()};
    if (!user_id.empty()) {
        listing.owner = parse_uuid(user_id);
        if (!listing.owner) return {};
    }
    return world->objects.list(storage_actor::server(), listing).objects;
}

std::size_t storage::size() const {
    const auto world = world_.lock();
    return world ? world->objects.size() : 0;
}

} // namespace nakama::sandbox
