#include "sandbox/operations/friends.hpp"

#include "sandbox/json/stored_json.hpp"
#include "sandbox/running.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/friends.hpp>

#include <stdexcept>

namespace nakama::sandbox {

void friends::put(std::string_view user_id, std::string_view other_id, friend_state state,
                  std::string_view metadata) {
    const auto world = running(world_);
    const std::string user{user_id};
    const std::string other{other_id};
    if (user == other) throw std::invalid_argument{"nobody is his own friend"};
    for (const std::string& id : {user, other})
        if (!world->users.find(id)) throw std::invalid_argument{"there is no user " + id};
    if (state < friend_state::friend_ || state > friend_state::blocked)
        throw std::invalid_argument{"there is no such state of a friend"};
    if (!storable(metadata)) throw std::invalid_argument{"the metadata of a friend is JSON"};
    world->friendships.put(user, other, state, std::string{metadata}, world->now());
}

void friends::remove(std::string_view user_id, std::string_view other_id) {
    if (const auto world = world_.lock())
        world->friendships.part(std::string{user_id}, std::string{other_id}, world->now());
}

std::optional<friend_> friends::find(std::string_view user_id, std::string_view other_id) const {
    const auto world = world_.lock();
    if (!world) return {};
    const friendship* relation = world->friendships.find(std::string{user_id}, std::string{other_id});
    if (!relation) return {};
    return as_listed(*world, *relation);
}

std::vector<friend_> friends::all(std::string_view user_id) const {
    std::vector<friend_> result;
    const auto world = world_.lock();
    if (!world) return result;
    for (const friendship& one : world->friendships.all(std::string{user_id}))
        result.push_back(as_listed(*world, one));
    return result;
}

} // namespace nakama::sandbox
