#include "sandbox/world.hpp"

#include <nakama/sandbox/events.hpp>

namespace nakama::sandbox {

std::vector<received_event> events::list() const {
    const auto world = world_.lock();
    return world ? world->events : std::vector<received_event>{};
}

std::size_t events::size() const {
    const auto world = world_.lock();
    return world ? world->events.size() : 0;
}

void events::clear() {
    if (const auto world = world_.lock()) world->events.clear();
}

} // namespace nakama::sandbox
