// Ways through an HTTP proxy.
#pragma once

#include <nakama/transport.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <string>

namespace nakama::net {

namespace asio = boost::asio;

/// Asks a proxy that `socket` is connected to for a tunnel to `target`, "example.com:7350" (CONNECT, RFC
/// 9110, 9.3.6). Throws nakama::error with errc::connect_failed and what the proxy said. Cancelled, it throws
/// boost::system::system_error with asio::error::operation_aborted.
asio::awaitable<void> open_tunnel(asio::ip::tcp::socket& socket, const http_proxy& proxy, std::string target);

} // namespace nakama::net
