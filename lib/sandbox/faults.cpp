#include "sandbox/faults/fault_file.hpp"
#include "sandbox/running.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/faults.hpp>

namespace nakama::sandbox {
fault_id faults::order(const fault_order& order) {
    return running(world_)->faults.add(order);
}

std::vector<fault_id> faults::order_from(std::string_view json, std::string_view name) {
    const auto world = running(world_);
    std::vector<fault_id> ids;
    for (const fault_order& order : read_faults(json, name)) ids.push_back(world->faults.add(order));
    return ids;
}

void faults::withdraw(fault_id order) {
    if (const auto world = world_.lock()) world->faults.remove(order);
}

void faults::clear() {
    if (const auto world = world_.lock()) world->faults.clear();
}

std::size_t faults::hits(fault_id order) const {
    const auto world = world_.lock();
    return world ? world->faults.hits(order) : 0;
}

std::size_t faults::seen(fault_id order) const {
    const auto world = world_.lock();
    return world ? world->faults.seen(order) : 0;
}

std::vector<fault_hit> faults::history() const {
    const auto world = world_.lock();
    if (!world) return {};
    return {world->faults.history().begin(), world->faults.history().end()};
}

std::size_t faults::connections() const {
    const auto world = world_.lock();
    return world ? world->faults.connections() : 0;
}

} // namespace nakama::sandbox
