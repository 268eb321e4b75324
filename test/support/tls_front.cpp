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
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace nakama::test {

using asio::ip::tcp;
using tls_stream = asio::ssl::stream<tcp::socket>;

namespace {

template <class Write>
std::string to_pem(Write write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out{BIO_new(BIO_s_mem()), &BIO_free};
    write(out.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
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

certificate make_certificate(const std::string& host, bool expired) {
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context{
        EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nullptr), &EVP_PKEY_CTX_free};
    EVP_PKEY* made = nullptr;
    if (EVP_PKEY_keygen_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 2048) != 1 ||
        EVP_PKEY_keygen(context.get(), &made) != 1)
        throw std::runtime_error{"cannot make a key"};
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{made, &EVP_PKEY_free};

    const std::unique_ptr<X509, decltype(&X509_free)> cert{X509_new(), &X509_free};
    X509_set_version(cert.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert.get()), -7200);
    X509_gmtime_adj(X509_getm_notAfter(cert.get()), expired ? -3600 : 3600);
    X509_set_pubkey(cert.get(), key.get());
    X509_NAME* const name = X509_get_subject_name(cert.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1,
                               -1, 0);
    X509_set_issuer_name(cert.get(), name);

    boost::system::error_code no_address;
    asio::ip::make_address(host, no_address);
    const std::string names = (no_address ? "DNS:" : "IP:") + host;
    X509_EXTENSION* const extension =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
    X509_add_ext(cert.get(), extension, -1);
    X509_EXTENSION_free(extension);
    X509_sign(cert.get(), key.get(), EVP_sha256());

    return {to_pem([&](BIO* out) { PEM_write_bio_X509(out, cert.get()); }), to_pem([&](BIO* out) {
                PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
            })};
}

struct tls_front::state : std::enable_shared_from_this<state> {
    state(asio::io_context& context, const certificate& certificate, std::uint16_t port)
        : io{context}, acceptor{context, tcp::endpoint{asio::ip::address_v4::loopback(), 0}}, to_port{port} {
        tls.use_certificate_chain(asio::buffer(certificate.pem));
        tls.use_private_key(asio::buffer(certificate.key), asio::ssl::context::pem);
    }

    static asio::awaitable<void> serve(std::shared_ptr<state> self, tcp::socket socket) {
        const auto outside = std::make_shared<tls_stream>(std::move(socket), self->tls);
        boost::system::error_code failed;
        co_await outside->async_handshake(asio::ssl::stream_base::server,
                                          asio::redirect_error(asio::use_awaitable, failed));
        if (failed) co_return;
        const auto inside = std::make_shared<tcp::socket>(self->io);
        co_await inside->async_connect({asio::ip::address_v4::loopback(), self->to_port},
                                       asio::redirect_error(asio::use_awaitable, failed));
        if (failed) co_return;
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
};

tls_front::tls_front(asio::io_context& io, const certificate& certificate, std::uint16_t to_port)
    : state_{std::make_shared<state>(io, certificate, to_port)} {
    asio::co_spawn(io, state::accept(state_), asio::detached);
}

tls_front::~tls_front() {
    boost::system::error_code ignored;
    state_->acceptor.close(ignored);
}

std::uint16_t tls_front::port() const {
    return state_->acceptor.local_endpoint().port();
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
