// Opens connections.
#pragma once

#include "stream.hpp"
#include "tls.hpp"

#include <nakama/transport.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

namespace nakama::net {

/// Resolves the host's name, connects to the first of its addresses that answers and, if asked for, does the
/// TLS handshake. Throws nakama::error: resolve_failed, connect_failed, tls_failed.
/// Cancelled, it throws boost::system::system_error with asio::error::operation_aborted.
asio::awaitable<std::unique_ptr<stream>> dial(const endpoint& server, tls_context& tls);

/// "127.0.0.1:7350" or "[::1]:7350", for messages and for the Host header.
std::string host_and_port(const endpoint& server);

} // namespace nakama::net
