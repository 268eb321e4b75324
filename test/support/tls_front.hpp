// TLS in front of a plain server, with a certificate made for the occasion.
#pragma once

#include "co_test.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace nakama::test {

/// A self-signed certificate and its key, both PEM.
struct certificate {
    std::string pem;
    std::string key;
};

/// Valid for `host` (a name or an address) from now on, or only until an hour ago.
certificate make_certificate(const std::string& host, bool expired = false);

/// Accepts TLS on a free port and passes everything on to a port of this machine.
class tls_front {
public:
    tls_front(asio::io_context& io, const certificate& certificate, std::uint16_t to_port);
    ~tls_front();

    std::uint16_t port() const;

private:
    struct state;
    std::shared_ptr<state> state_;
};

/// A file with this text that is gone with the object.
class temporary_file {
public:
    explicit temporary_file(const std::string& text);
    ~temporary_file();
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;

    const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
};

} // namespace nakama::test
