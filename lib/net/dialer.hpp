// Opens connections to one server.
#pragma once

#include "event.hpp"
#include "stream.hpp"
#include "tls.hpp"

#include <nakama/clock.hpp>
#include <nakama/error.hpp>
#include <nakama/transport.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nakama::net {

/// Shared by all connections of a transport: remembers the addresses of the server's name and what TLS needs.
class dialer : public std::enable_shared_from_this<dialer> {
public:
    /// Addresses are remembered for `remember`.
    dialer(endpoint server, std::chrono::seconds remember, std::shared_ptr<clock> clock);

    /// Resolves the host's name, connects to the first of its addresses that answers, through the proxy if
    /// there is one, and does the TLS handshake if asked for. Throws nakama::error: resolve_failed,
    /// connect_failed, tls_failed. Cancelled, it throws boost::system::system_error with
    /// asio::error::operation_aborted.
    asio::awaitable<std::unique_ptr<stream>> dial();

    const endpoint& server() const noexcept { return server_; }
    /// "127.0.0.1:7350" or "[::1]:7350", for messages and for the Host header.
    const std::string& host_and_port() const noexcept { return host_and_port_; }

private:
    using addresses = std::vector<asio::ip::tcp::endpoint>;

    /// A question to the resolver, for all who wait for its answer.
    struct lookup;

    asio::awaitable<addresses> resolve(std::string host, std::uint16_t port);
    asio::awaitable<addresses> look_up(std::string host, std::uint16_t port);
    asio::awaitable<asio::ip::tcp::socket> connect();

    endpoint server_;
    std::string host_and_port_;
    tls_context tls_;
    std::shared_ptr<clock> clock_;
    std::chrono::seconds remember_;
    std::shared_ptr<lookup> lookup_; // under way
    addresses known_;
    clock::time_point known_until_{};
};

std::string host_and_port(const std::string& host, std::uint16_t port);

} // namespace nakama::net
