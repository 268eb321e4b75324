// The operations of the API, from a decoded request to the answer's body, by the groups of the API's
// description.
#pragma once

#include "sandbox/http/route.hpp"

#include <span>

namespace nakama::sandbox {

[[nodiscard]] std::span<const route> account_routes();
[[nodiscard]] std::span<const route> authentication_routes();
[[nodiscard]] std::span<const route> friend_routes();
[[nodiscard]] std::span<const route> match_routes();
[[nodiscard]] std::span<const route> matchmaker_routes();
[[nodiscard]] std::span<const route> notification_routes();
[[nodiscard]] std::span<const route> party_routes();
[[nodiscard]] std::span<const route> server_routes();
[[nodiscard]] std::span<const route> session_routes();

} // namespace nakama::sandbox
