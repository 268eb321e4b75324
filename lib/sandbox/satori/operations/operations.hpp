// The operations of Satori, by the groups of its API's description.
#pragma once

#include "sandbox/http/route.hpp"

#include <span>

namespace nakama::sandbox::liveops {

[[nodiscard]] std::span<const route> authentication_routes();
[[nodiscard]] std::span<const route> event_routes();
[[nodiscard]] std::span<const route> experiment_routes();
[[nodiscard]] std::span<const route> flag_routes();
[[nodiscard]] std::span<const route> identity_routes();
[[nodiscard]] std::span<const route> live_event_routes();
[[nodiscard]] std::span<const route> message_routes();
[[nodiscard]] std::span<const route> property_routes();
[[nodiscard]] std::span<const route> server_routes();

} // namespace nakama::sandbox::liveops
