// TLS by OpenSSL.
#pragma once

#include "stream.hpp"

#include <nakama/tls_options.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <string>

namespace nakama::net {

/// What the connections to one server share: whom they trust, who they are, and the latest session, which the
/// next one takes up.
class tls_context {
public:
    /// Reads no file yet. Throws nakama::error with errc::invalid_argument for options that exclude each
    /// other.
    explicit tls_context(tls_options options);
    ~tls_context();

    /// Does the handshake, with the server's name in it, and verifies certificate and name.
    /// Throws nakama::error with errc::tls_failed and OpenSSL's reason.
    asio::awaitable<std::unique_ptr<stream>> handshake(asio::ip::tcp::socket socket, const std::string& host);

    struct state;

private:
    tls_options options_;
    std::shared_ptr<state> state_; // made of the options for the first handshake
};

/// Why a read or write failed: OpenSSL's or the system's reason, and what to do where that is known.
std::string reason_of(error_code failed);

/// Whether the server has found the client's certificate missing or bad. With TLS 1.3 it says so only after
/// the handshake, in place of its first bytes.
bool is_certificate_refused(error_code failed) noexcept;

/// Whether OpenSSL has failed, rather than the connection beneath it.
bool is_tls_failure(error_code failed) noexcept;

} // namespace nakama::net
