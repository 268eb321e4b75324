// How an HTTP connection becomes a WebSocket.
#pragma once

#include "stream.hpp"

#include <nakama/transport.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>

namespace nakama::net {

/// Asks the server to speak WebSocket from now on. Completes with what came behind its answer. Throws
/// nakama::error: upgrade_refused with the answer's status and body, connection_lost, tls_failed,
/// malformed_answer; invalid_argument for what cannot stand in a request.
asio::awaitable<std::string> shake_hands(stream& connection, std::string host, websocket::request asked);

} // namespace nakama::net
