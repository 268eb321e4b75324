// The world behind a view of it.
#pragma once

#include "sandbox/world.hpp"

#include <memory>
#include <stdexcept>

namespace nakama::sandbox {

/// For what changes it. Throws std::logic_error if the server has stopped.
[[nodiscard]] inline std::shared_ptr<world> running(const std::weak_ptr<world>& viewed) {
    auto found = viewed.lock();
    if (!found) throw std::logic_error{"the sandbox has stopped"};
    return found;
}

} // namespace nakama::sandbox
