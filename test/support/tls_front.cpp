#include "tls_front.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace nakama::test {

using asio::ip::tcp;
using tls_stream = asio::ssl::stream<tcp::socket>;

namespace {

using certificate_pointer = std::unique_ptr<X509, decltype(&X509_free)>;
using key_pointer = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using bio_pointer = std::unique_ptr<BIO, decltype(&BIO_free)>;

void require(bool good, const char* what) {
    if (!good) throw std::runtime_error{std::string{"cannot make "} + what};
}

template <class Write>
std::string to_pem(Write write) {
    const bio_pointer out{BIO_new(BIO_s_mem()), &BIO_free};
    write(out.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

bio_pointer read_from(const std::string& pem) {
    return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
}

certificate_pointer read_certificate(const std::string& pem) {
    return {PEM_read_bio_X509(read_from(pem).get(), nullptr, nullptr, nullptr), &X509_free};
}

key_pointer read_key(const std::string& pem) {
    return {PEM_read_bio_PrivateKey(read_from(pem).get(), nullptr, nullptr, nullptr), &EVP_PKEY_free};
}

key_pointer make_key(bool edwards) {
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context{
        EVP_PKEY_CTX_new_id(edwards ? EVP_PKEY_ED25519 : EVP_PKEY_EC, nullptr), &EVP_PKEY_CTX_free};
    EVP_PKEY* made = nullptr;
    require(
        EVP_PKEY_keygen_init(context.get()) == 1 &&
            (edwards || EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context.get(), NID_X9_62_prime256v1) == 1) &&
            EVP_PKEY_keygen(context.get(), &made) == 1,
        "a key");
    return {made, &EVP_PKEY_free};
}

void add_extension(X509* made, int kind, const std::string& value) {
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
    require(extension != nullptr, "an extension of a certificate");
    X509_add_ext(made, extension, -1);
    X509_EXTENSION_free(extension);
}

void sign(X509* made, EVP_PKEY* key) {
    // Ed25519 has its digest built in.
    const EVP_MD* const digest = EVP_PKEY_id(key) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
    require(X509_sign(made, key, digest) > 0, "a signature");
}

/// Passes bytes on until either side ends, then ends both.
template <class From, class To>
asio::awaitable<void> pump(std::shared_ptr<tls_stream> outside, std::shared_ptr<tcp::socket> inside,
                           From& from, To& to) {
    std::array<char, 4096> buffer{};
    boost::system::error_code failed;
    while (!failed) {
        const auto came = co_await from.async_read_some(asio::buffer(buffer),
                                                        asio::redirect_error(asio::use_awaitable, failed));
        if (failed) break;
        co_await asio::async_write(to, asio::buffer(buffer, came),
                                   asio::redirect_error(asio::use_awaitable, failed));
    }
    outside->next_layer().close(failed);
    inside->close(failed);
}

} // namespace

certificate make_certificate(const std::string& host, const certificate_terms& terms) {
    const key_pointer key = make_key(terms.edwards);
    const certificate_pointer made{X509_new(), &X509_free};
    X509_set_version(made.get(), 2); // counted from 0
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), std::chrono::seconds{terms.from}.count());
    X509_gmtime_adj(X509_getm_notAfter(made.get()), std::chrono::seconds{terms.until}.count());
    X509_set_pubkey(made.get(), key.get());
    X509_NAME* const subject = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(host.c_str()), -1, -1, 0);

    boost::system::error_code no_address;
    asio::ip::make_address(host, no_address);
    const std::string names = (no_address ? "DNS:" : "IP:") + host;
    add_extension(made.get(), NID_subject_alt_name, names);
    if (!terms.issuer) add_extension(made.get(), NID_basic_constraints, "CA:TRUE");

    if (terms.issuer) {
        const certificate_pointer issuer = read_certificate(terms.issuer->pem);
        X509_set_issuer_name(made.get(), X509_get_subject_name(issuer.get()));
        sign(made.get(), read_key(terms.issuer->key).get());
    } else {
        X509_set_issuer_name(made.get(), subject);
        sign(made.get(), key.get());
    }

    const auto& password = terms.key_password;
    return {to_pem([&](BIO* out) { PEM_write_bio_X509(out, made.get()); }), to_pem([&](BIO* out) {
                PEM_write_bio_PrivateKey(out, key.get(), password.empty() ? nullptr : EVP_aes_256_cbc(),
                                         reinterpret_cast<const unsigned char*>(password.data()),
                                         static_cast<int>(password.size()), nullptr, nullptr);
            })};
}

struct tls_front::state : std::enable_shared_from_this<state> {
    state(asio::io_context& context, const certificate& certificate, std::uint16_t port,
          const tls_front_options& options)
        : io{context}, acceptor{context, tcp::endpoint{asio::ip::address_v4::loopback(), 0}}, to_port{port} {
        tls.use_certificate_chain(asio::buffer(certificate.pem));
        tls.use_private_key(asio::buffer(certificate.key), asio::ssl::context::pem);

        SSL_CTX* const native = tls.native_handle();
        if (options.newest == tls_version::v1_1) {
            // OpenSSL is ashamed of it.
            SSL_CTX_set_cipher_list(native, "DEFAULT:@SECLEVEL=0");
            SSL_CTX_set_min_proto_version(native, TLS1_VERSION);
            SSL_CTX_set_max_proto_version(native, TLS1_1_VERSION);
        } else if (options.newest == tls_version::v1_2) {
            SSL_CTX_set_max_proto_version(native, TLS1_2_VERSION);
        }
        if (!options.client_authority.empty()) {
            tls.add_certificate_authority(asio::buffer(options.client_authority));
            tls.set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
        }
        // Or sessions of clients with certificates are not resumed.
        SSL_CTX_set_session_id_context(native, reinterpret_cast<const unsigned char*>("front"), 5);
    }

    static asio::awaitable<void> serve(std::shared_ptr<state> self, tcp::socket socket) {
        boost::system::error_code failed;
        socket.set_option(tcp::no_delay{true}, failed); // tickets and the answer after them are small
        const auto outside = std::make_shared<tls_stream>(std::move(socket), self->tls);
        co_await outside->async_handshake(asio::ssl::stream_base::server,
                                          asio::redirect_error(asio::use_awaitable, failed));
        if (failed) {
            // Closing at once would send a reset, which might overtake the alert.
            auto& below = outside->next_layer();
            below.shutdown(tcp::socket::shutdown_send, failed);
            std::array<char, 4096> ignored{};
            while (!failed)
                co_await below.async_read_some(asio::buffer(ignored),
                                               asio::redirect_error(asio::use_awaitable, failed));
            co_return;
        }
        SSL* const native = outside->native_handle();
        const char* const name = SSL_get_servername(native, TLSEXT_NAMETYPE_host_name);
        self->handshakes.push_back(
            {.resumed = SSL_session_reused(native) == 1, .server_name = name ? name : ""});
        const auto inside = std::make_shared<tcp::socket>(self->io);
        co_await inside->async_connect({asio::ip::address_v4::loopback(), self->to_port},
                                       asio::redirect_error(asio::use_awaitable, failed));
        if (failed) co_return;
        inside->set_option(tcp::no_delay{true}, failed);
        asio::co_spawn(self->io, pump(outside, inside, *outside, *inside), asio::detached);
        co_await pump(outside, inside, *inside, *outside);
    }

    static asio::awaitable<void> accept(std::shared_ptr<state> self) {
        for (;;) {
            boost::system::error_code failed;
            auto socket =
                co_await self->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failed));
            if (failed) co_return;
            asio::co_spawn(self->io, serve(self, std::move(socket)), asio::detached);
        }
    }

    asio::io_context& io;
    asio::ssl::context tls{asio::ssl::context::tls_server};
    tcp::acceptor acceptor;
    std::uint16_t to_port;
    std::vector<handshake> handshakes;
};

tls_front::tls_front(asio::io_context& io, const certificate& certificate, std::uint16_t to_port,
                     const tls_front_options& options)
    : state_{std::make_shared<state>(io, certificate, to_port, options)} {
    asio::co_spawn(io, state::accept(state_), asio::detached);
}

tls_front::~tls_front() {
    boost::system::error_code ignored;
    state_->acceptor.close(ignored);
}

std::uint16_t tls_front::port() const {
    return state_->acceptor.local_endpoint().port();
}

const std::vector<tls_front::handshake>& tls_front::handshakes() const {
    return state_->handshakes;
}

temporary_file::temporary_file(const std::string& text) {
    const char* folder = std::getenv("TMPDIR");
    path_ = std::string{folder ? folder : "/tmp"} + "/nakama-test-XXXXXX";
    const int file = ::mkstemp(path_.data());
    if (file < 0) throw std::runtime_error{"cannot make " + path_};
    ::close(file);
    std::ofstream{path_} << text;
}

temporary_file::~temporary_file() {
    std::remove(path_.c_str());
}

} // namespace nakama::test
