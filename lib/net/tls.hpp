// TLS by OpenSSL.
#pragma once

#include "stream.hpp"

#include <nakama/transport.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <string>

namespace nakama::net {

/// What the connections to one server share: the authorities that are trusted. Read when first needed.
class tls_context {
public:
    explicit tls_context(std::string ca_file);
    ~tls_context();

    /// Does the handshake, with the server's name in it, and verifies certificate and name.
    /// Throws nakama::error with errc::tls_failed and OpenSSL's reason.
    asio::awaitable<std::unique_ptr<stream>> handshake(asio::ip::tcp::socket socket, const std::string& host);

private:
    struct state;
    std::string ca_file_;
    std::unique_ptr<state> state_;
};

/// The same for both kinds of connection: whether nothing is there to be read, not even the end.
bool is_idle(asio::ip::tcp::socket& socket) noexcept;

} // namespace nakama::net
