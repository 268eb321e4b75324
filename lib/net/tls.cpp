#include "tls.hpp"

#include "tls_stream.hpp"

#include <nakama/error.hpp>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <utility>

namespace nakama::net {

using tcp = asio::ip::tcp;

namespace {

struct free_session {
    void operator()(SSL_SESSION* session) const noexcept { SSL_SESSION_free(session); }
};
using session_pointer = std::unique_ptr<SSL_SESSION, free_session>;

} // namespace

struct tls_context::state {
    std::shared_ptr<asio::ssl::context> context;
    std::string name; ///< whom to verify and to ask for instead of the host, unless empty
    bool verifies = true;
    session_pointer session; ///< the latest that may be taken up
};

namespace {

error failed(const std::string& host, const std::string& reason) {
    return error{errc::tls_failed, "with " + host + ": " + reason};
}

/// OpenSSL's own numbers are unsigned and use the topmost bit; 0 for errors that are not OpenSSL's.
unsigned long openssl_code(error_code failed) noexcept {
    return failed.category() == asio::error::get_ssl_category() ? static_cast<unsigned>(failed.value()) : 0;
}

/// The reason of an error from TLS itself, an SSL_R_ constant, or 0.
int tls_reason(error_code failed) noexcept {
    const unsigned long code = openssl_code(failed);
    return ERR_GET_LIB(code) == ERR_LIB_SSL ? ERR_GET_REASON(code) : 0;
}

const char* advice(error_code failed) noexcept {
    switch (tls_reason(failed)) {
    case SSL_R_WRONG_VERSION_NUMBER:
        return "the server does not seem to speak TLS on this port";
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
        return "the server speaks no version of TLS that is allowed here, 1.2 or later by default";
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
        return "the server demands a client certificate, see tls_options::certificate_file";
    default:
        return is_certificate_refused(failed) ? "the server does not accept the client certificate" : nullptr;
    }
}

/// Why the server's certificate is not good enough.
std::string verdict_of(SSL* ssl, const std::string& name) {
    const long verdict = SSL_get_verify_result(ssl);
    std::string text = X509_verify_cert_error_string(verdict);
    switch (verdict) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return text + ", expected " + name;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return text + ", no trusted authority vouches for it, see tls_options::ca_file";
    default:
        return text;
    }
}

std::string handshake_reason(SSL* ssl, error_code bad, const std::string& name) {
    if (bad == asio::error::eof || bad == asio::ssl::error::stream_truncated)
        return "the server closed the connection before the handshake was done";
    std::string text = reason_of(bad);
    // A check of the caller's own context may refuse without saying why.
    if (tls_reason(bad) == SSL_R_CERTIFICATE_VERIFY_FAILED)
        return SSL_get_verify_result(ssl) == X509_V_OK ? text : text + ": " + verdict_of(ssl, name);
    // TLS 1.2 has no alert of its own for this.
    const bool asked_in_vain = SSL_get0_peer_CA_list(ssl) && !SSL_get_certificate(ssl);
    if (asked_in_vain && tls_reason(bad) == SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE)
        text += "; the server asked for a client certificate, see tls_options::certificate_file";
    return text;
}

void set_up_trust(asio::ssl::context& context, const tls_options& options, const std::string& host) {
    const auto check = [&](error_code bad, const std::string& from) {
        if (bad) throw failed(host, "cannot read the authorities to trust" + from + ": " + reason_of(bad));
    };
    error_code bad;
    if (!options.ca_file.empty()) {
        context.load_verify_file(options.ca_file, bad);
        check(bad, " from " + options.ca_file);
    }
    if (!options.ca_pem.empty()) {
        context.add_certificate_authority(asio::buffer(options.ca_pem), bad);
        check(bad, " from tls_options::ca_pem");
    }
    if (options.ca_file.empty() && options.ca_pem.empty()) {
        context.set_default_verify_paths(bad);
        check(bad, "");
    }
}

void set_up_identity(asio::ssl::context& context, const tls_options& options, const std::string& host) {
    if (options.certificate_file.empty()) return;
    error_code bad;
    context.use_certificate_chain_file(options.certificate_file, bad);
    if (bad)
        throw failed(host, "cannot read the client certificate from " + options.certificate_file + ": " +
                               reason_of(bad));

    error_code ignored;
    bool locked = false;
    // Also without a password: OpenSSL would ask for one on the terminal.
    context.set_password_callback(
        [&](std::size_t, asio::ssl::context::password_purpose) {
            locked = true;
            return options.private_key_password;
        },
        ignored);
    context.use_private_key_file(options.private_key_file, asio::ssl::context::pem, bad);
    context.set_password_callback(
        [](std::size_t, asio::ssl::context::password_purpose) { return std::string{}; }, ignored);

    const unsigned long code = openssl_code(bad);
    const bool differs =
        ERR_GET_LIB(code) == ERR_LIB_X509 && (ERR_GET_REASON(code) == X509_R_KEY_VALUES_MISMATCH ||
                                              ERR_GET_REASON(code) == X509_R_KEY_TYPE_MISMATCH);
    if (bad && !differs)
        throw failed(host, "cannot read the private key from " + options.private_key_file + ": " +
                               reason_of(bad) +
                               (locked ? "; it is encrypted, see tls_options::private_key_password" : ""));
    // A key of another kind, such as RSA with a certificate for an elliptic curve, is taken at first.
    if (differs || SSL_CTX_check_private_key(context.native_handle()) != 1)
        throw failed(host, "the private key in " + options.private_key_file +
                               " does not belong to the certificate in " + options.certificate_file);
}

int state_index() {
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

/// OpenSSL calls it with each session that a server offers, with TLS 1.3 some time after the handshake.
int keep_session(SSL* ssl, SSL_SESSION* session) {
    auto* const shared =
        static_cast<tls_context::state*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), state_index()));
    shared->session.reset(session);
    return 1; // it is ours now
}

std::shared_ptr<tls_context::state> make_state(const tls_options& options, const std::string& host) {
    auto made = std::make_shared<tls_context::state>();
    made->name = options.verify_name;
    made->verifies = !options.danger_accept_any_certificate;
    made->context = options.context;
    if (made->context) return made;

    made->context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    // Not by a least version, which would override one that the system's configuration sets higher.
    made->context->set_options(asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                               asio::ssl::context::no_tlsv1_1);
    if (made->verifies) set_up_trust(*made->context, options, host);
    set_up_identity(*made->context, options, host);

    SSL_CTX* const native = made->context->native_handle();
    SSL_CTX_set_ex_data(native, state_index(), made.get());
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(native, keep_session);
    return made;
}

/// Tells OpenSSL whom to ask for and whose certificate to accept. False if nobody can have that name.
bool expect(SSL* ssl, const std::string& name) {
    // OpenSSL would take nothing for no expectation, and a dot in front for all names that end so.
    if (name.empty() || name.front() == '.' || name.find('\0') != std::string::npos) return false;
    X509_VERIFY_PARAM* const expected = SSL_get0_param(ssl);
    error_code no_address;
    const auto address = asio::ip::make_address(name, no_address);
    if (no_address) {
        X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        return X509_VERIFY_PARAM_set1_host(expected, name.data(), name.size()) == 1 &&
               SSL_set_tlsext_host_name(ssl, name.c_str()) == 1;
    }
    // Addresses have no place in the server name extension.
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        return X509_VERIFY_PARAM_set1_ip(expected, bytes.data(), bytes.size()) == 1;
    }
    const auto bytes = address.to_v6().to_bytes();
    return X509_VERIFY_PARAM_set1_ip(expected, bytes.data(), bytes.size()) == 1;
}

void take_up(SSL* ssl, session_pointer& session) {
    if (!session) return;
    SSL_set_session(ssl, session.get());
    // A ticket of TLS 1.3 is for one use, so that nobody on the way can tell that two connections are ours.
    if (SSL_SESSION_get_protocol_version(session.get()) >= TLS1_3_VERSION) session.reset();
}

} // namespace

tls_context::tls_context(tls_options options) : options_{std::move(options)} {
    const auto check = [](bool good, const char* message) {
        if (!good)
            throw error{errc::invalid_argument,
                        error_details{.message = message, .operation = "tls_options"}};
    };
    const auto& own = options_;
    check(own.certificate_file.empty() == own.private_key_file.empty(),
          "certificate_file and private_key_file go together; they may name the same file");
    check(own.private_key_password.empty() || !own.private_key_file.empty(),
          "private_key_password is of no use without private_key_file");
    check(!own.context || (own.ca_file.empty() && own.ca_pem.empty() && own.certificate_file.empty()),
          "context is used as it is: authorities, certificate and key are to be set there");
}

tls_context::~tls_context() = default;

asio::awaitable<std::unique_ptr<stream>> tls_context::handshake(tcp::socket socket, const std::string& host) {
    if (!state_) {
        state_ = make_state(options_, host);
        options_ = {};
    }
    const auto shared = state_; // may outlive this
    std::string name = shared->name.empty() ? host : shared->name;
    if (name.ends_with('.')) name.pop_back(); // certificates are for names without it

    // The stream keeps all of what is shared, where the server's tickets go.
    auto stream = std::make_unique<tls_stream>(
        std::move(socket), std::shared_ptr<SSL_CTX>{shared, shared->context->native_handle()});
    SSL* const ssl = stream->session();
    SSL_set_verify(ssl, shared->verifies ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, SSL_get_verify_callback(ssl));
    if (!expect(ssl, name)) throw failed(host, "not a usable host name: " + name);
    take_up(ssl, shared->session);

    const error_code bad = co_await stream->shake_hands();
    if (bad) shared->session.reset(); // in case that is what the server did not like
    if (bad == asio::error::operation_aborted) throw boost::system::system_error{bad};
    if (bad) throw failed(host, handshake_reason(ssl, bad, name));
    co_return stream;
}

std::string reason_of(error_code failed) {
    const unsigned long code = openssl_code(failed);
    if (code == 0) return failed.message();
    if (ERR_GET_LIB(code) == ERR_LIB_SYS)
        return boost::system::system_category().message(ERR_GET_REASON(code));
    const char* const reason = ERR_reason_error_string(code);
    std::string text = reason ? reason : failed.message();
    if (const char* const more = advice(failed)) text.append("; ").append(more);
    return text;
}

bool is_tls_failure(error_code failed) noexcept {
    return failed.category() == asio::error::get_ssl_category();
}

bool is_certificate_refused(error_code failed) noexcept {
    switch (tls_reason(failed)) {
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
        return true;
    default:
        return false;
    }
}

} // namespace nakama::net
