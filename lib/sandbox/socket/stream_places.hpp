// Where the streams are among the places that sockets can be in.
#pragma once

#include "sandbox/world.hpp"

#include <nakama/api/streams.hpp>

#include <optional>
#include <vector>

namespace nakama::sandbox {

/// With its ids in their plain form. Throws std::invalid_argument for what cannot be a stream.
[[nodiscard]] stream require_stream(const stream& given);

/// Nothing for notifications and parties, which are kept elsewhere.
[[nodiscard]] std::optional<place> place_of(const stream& stream);

/// Of any mode, hidden ones too, longest present first.
[[nodiscard]] std::vector<member> members_of(const world& world, const stream& stream);

} // namespace nakama::sandbox
