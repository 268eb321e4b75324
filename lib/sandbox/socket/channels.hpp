// Who is in channels, from the side of the server.
#pragma once

#include "sandbox/world.hpp"

#include <string>

namespace nakama::sandbox {

/// Says something to all members, the hidden ones included.
void tell_channel(const world& world, const std::string& channel_id, const std::string& text);

/// Takes all sockets of a user out of a channel; those who remain are told.
void remove_from_channel(world& world, const channel_address& channel, const std::string& user_id);

/// Takes everybody out, without a word.
void close_channel(world& world, const channel_address& channel);

} // namespace nakama::sandbox
