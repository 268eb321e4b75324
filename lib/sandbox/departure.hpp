// When a user has to go.
#pragma once

#include "sandbox/world.hpp"

#include <string>

namespace nakama::sandbox {

/// Deletes an account, voids its tokens and ends its sockets. False if there is none.
bool remove_user(world& world, const std::string& user_id);

/// Takes a user out of everything that others keep of him.
void forget_user(world& world, const std::string& user_id);

/// Shuts a user out: his tokens are void, his sockets are told and end. False if there is none.
bool ban_user(world& world, const std::string& user_id);
bool unban_user(world& world, const std::string& user_id);

} // namespace nakama::sandbox
