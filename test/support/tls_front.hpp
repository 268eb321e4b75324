// TLS in front of a plain server, with certificates made for the occasion.
#pragma once

#include "co_test.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nakama::test {

/// A certificate and its key, both PEM.
struct certificate {
    std::string pem;
    std::string key;
};

struct certificate_terms {
    std::chrono::hours from{-2}; ///< of its validity, counted from now
    std::chrono::hours until{1};
    const certificate* issuer = nullptr; ///< self-signed without one
    std::string key_password{};          ///< encrypts the key, unless empty
    bool edwards = false;                ///< its key is for Ed25519, not for P-256
};

/// For `host`, a name or an address.
certificate make_certificate(const std::string& host, const certificate_terms& terms = {});

enum class tls_version { v1_1, v1_2, v1_3 };

struct tls_front_options {
    tls_version newest = tls_version::v1_3;
    std::string client_authority{}; ///< PEM; demands client certificates that it has issued
};

/// Accepts TLS on a free port and passes everything on to a port of this machine.
class tls_front {
public:
    tls_front(asio::io_context& io, const certificate& certificate, std::uint16_t to_port,
              const tls_front_options& options = {});
    ~tls_front();

    std::uint16_t port() const;

    struct handshake {
        bool resumed = false;
        std::string server_name{}; ///< the one that was asked for (SNI)
    };
    /// Those that succeeded, in order.
    const std::vector<handshake>& handshakes() const;

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
