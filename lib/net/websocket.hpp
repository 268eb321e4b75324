// WebSocket after RFC 6455.
#pragma once

#include "dialer.hpp"

#include <nakama/transport.hpp>

#include <cstddef>
#include <memory>

namespace nakama::net {

/// A socket to the server, not connected yet; messages above `message_limit` bytes end it.
std::unique_ptr<websocket> make_websocket(std::shared_ptr<dialer> dialer, std::size_t message_limit);

} // namespace nakama::net
