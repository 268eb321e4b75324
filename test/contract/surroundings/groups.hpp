// One for each group that has something around it.
#pragma once

#include <memory>

namespace replay {

class surroundings;

std::unique_ptr<surroundings> account_surroundings();
std::unique_ptr<surroundings> authenticate_surroundings();
std::unique_ptr<surroundings> channels_surroundings();
std::unique_ptr<surroundings> friends_surroundings();
std::unique_ptr<surroundings> groups_surroundings();
std::unique_ptr<surroundings> leaderboards_surroundings();
std::unique_ptr<surroundings> matches_surroundings();
std::unique_ptr<surroundings> notifications_surroundings();
std::unique_ptr<surroundings> parties_surroundings();
std::unique_ptr<surroundings> sessions_surroundings();
std::unique_ptr<surroundings> storage_surroundings();
std::unique_ptr<surroundings> tournaments_surroundings();
std::unique_ptr<surroundings> users_surroundings();
std::unique_ptr<surroundings> variant_surroundings();

} // namespace replay
