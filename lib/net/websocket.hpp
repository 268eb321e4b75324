// WebSocket by Beast.
#pragma once

#include "tls.hpp"

#include <nakama/transport.hpp>

#include <cstddef>
#include <memory>

namespace nakama::net {

/// A socket to the server, not connected yet; messages above `message_limit` bytes end it.
std::unique_ptr<websocket> make_websocket(endpoint server, std::shared_ptr<tls_context> tls,
                                          std::size_t message_limit);

} // namespace nakama::net
