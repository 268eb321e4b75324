// The operations of the API, from a decoded request to the answer's body, by the groups of the API's
// description.
#pragma once

#include "sandbox/http/route.hpp"

#include <span>

namespace nakama::sandbox {

[[nodiscard]] std::span<const route> account_routes();
[[nodiscard]] std::span<const route> authentication_routes();
[[nodiscard]] std::span<const route> channel_routes();
[[nodiscard]] std::span<const route> event_routes();
[[nodiscard]] std::span<const route> friend_import_routes();
[[nodiscard]] std::span<const route> friend_routes();
[[nodiscard]] std::span<const route> group_member_routes();
[[nodiscard]] std::span<const route> group_routes();
[[nodiscard]] std::span<const route> leaderboard_routes();
[[nodiscard]] std::span<const route> link_routes();
[[nodiscard]] std::span<const route> match_routes();
[[nodiscard]] std::span<const route> matchmaker_routes();
[[nodiscard]] std::span<const route> notification_routes();
[[nodiscard]] std::span<const route> party_routes();
[[nodiscard]] std::span<const route> purchase_routes();
[[nodiscard]] std::span<const route> satori_routes();
[[nodiscard]] std::span<const route> server_routes();
[[nodiscard]] std::span<const route> session_routes();
[[nodiscard]] std::span<const route> storage_routes();
[[nodiscard]] std::span<const route> subscription_routes();
[[nodiscard]] std::span<const route> tournament_routes();
[[nodiscard]] std::span<const route> unlink_routes();
[[nodiscard]] std::span<const route> user_routes();

} // namespace nakama::sandbox
