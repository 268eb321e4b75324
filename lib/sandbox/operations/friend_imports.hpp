// Friends from elsewhere become friends here.
#pragma once

#include "sandbox/world.hpp"

#include <string>

namespace nakama::sandbox {

/// Makes friends with all who are friends at the provider and linked with it here, and tells them.
void import_friends(world& world, const std::string& user_id, const std::string& username, provider which,
                    const provider_profile& profile);

} // namespace nakama::sandbox
