// One for each group that has something around it.
#pragma once

#include <memory>

namespace replay {

class surroundings;

std::unique_ptr<surroundings> account_surroundings();
std::unique_ptr<surroundings> authenticate_surroundings();
std::unique_ptr<surroundings> friends_surroundings();
std::unique_ptr<surroundings> matches_surroundings();
std::unique_ptr<surroundings> notifications_surroundings();
std::unique_ptr<surroundings> parties_surroundings();

} // namespace replay
