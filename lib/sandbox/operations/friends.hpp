// How relations look to those who ask.
#pragma once

#include "sandbox/world.hpp"

namespace nakama::sandbox {

/// One side of a relation, as lists show it.
[[nodiscard]] friend_ as_listed(world& world, const friendship& relation);

} // namespace nakama::sandbox
