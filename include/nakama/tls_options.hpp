// Whom a client trusts when it connects by TLS, and how it proves who it is itself.
#pragma once

#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
} // namespace boost::asio::ssl

namespace nakama {

/// How connections are encrypted where `tls` is switched on. As it stands: TLS 1.2 or later, with a server
/// whose certificate is valid now, for its host, and vouched for by an authority that the system trusts.
///
/// Files are read once, before the first connection of a client; what is wrong with them is told then, with
/// errc::tls_failed.
struct tls_options {
    std::string ca_file{}; ///< PEM file of authorities to trust instead of the system's
    std::string ca_pem{};  ///< the same as text; those of both are trusted

    std::string certificate_file{};     ///< PEM file of the client's own certificate, its chain below it
    std::string private_key_file{};     ///< its key, PEM; may be the same file
    std::string private_key_password{}; ///< of that file; a secret

    /// Whom the certificate must be for, and who is asked for (SNI), instead of the host: for connections to
    /// an address or through a tunnel.
    std::string verify_name{};

    /// DANGER: takes any certificate, whoever made it, for whatever host. Whoever is on the way can then read
    /// and change everything, passwords and session tokens included. For experiments on one's own machine;
    /// to trust a certificate of one's own making, name it in ca_file.
    bool danger_accept_any_certificate = false;

    /// The caller's own, for keys in hardware and the like. It is used as it is, except that it verifies the
    /// server whatever its mode says, danger_accept_any_certificate aside. The other members but verify_name
    /// must be empty. Sessions are not resumed with it.
    std::shared_ptr<boost::asio::ssl::context> context{};
};

} // namespace nakama
