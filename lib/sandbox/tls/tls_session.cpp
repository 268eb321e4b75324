#include "sandbox/tls/tls_session.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace nakama::sandbox {
namespace {

constexpr std::size_t most = std::numeric_limits<int>::max();

struct freed_bio {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
struct freed_certificate {
    void operator()(X509* one) const { X509_free(one); }
};
struct freed_key {
    void operator()(EVP_PKEY* one) const { EVP_PKEY_free(one); }
};
using bio_pointer = std::unique_ptr<BIO, freed_bio>;

bio_pointer reader_of(const std::string& pem) {
    return bio_pointer{BIO_new_mem_buf(pem.data(), static_cast<int>(std::min(pem.size(), most)))};
}

/// Never asks on the terminal for the password of a key.
int no_password(char*, int, int, void*) {
    return 0;
}

void use_certificate(SSL_CTX* context, const certificate& shown) {
    const bio_pointer chain = reader_of(shown.chain);
    const std::unique_ptr<X509, freed_certificate> first{
        PEM_read_bio_X509(chain.get(), nullptr, no_password, nullptr)};
    if (!first || SSL_CTX_use_certificate(context, first.get()) != 1)
        throw std::runtime_error{"the certificate is no PEM, or of no use"};
    while (X509* const next = PEM_read_bio_X509(chain.get(), nullptr, no_password, nullptr))
        if (SSL_CTX_add0_chain_cert(context, next) != 1) X509_free(next);
    const std::unique_ptr<EVP_PKEY, freed_key> key{
        PEM_read_bio_PrivateKey(reader_of(shown.key).get(), nullptr, no_password, nullptr)};
    if (!key) throw std::runtime_error{"the private key is no PEM, or has a password"};
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
        throw std::runtime_error{"the private key does not belong to the certificate"};
    ERR_clear_error(); // of looking for one certificate more
}

} // namespace

void tls_context::freed::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

tls_context::tls_context(certificate shown)
    : pem_{std::move(shown.chain)}, context_{SSL_CTX_new(TLS_server_method())} {
    if (!context_) throw std::runtime_error{"TLS is not to be had"};
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context_.get(), SSL_MODE_RELEASE_BUFFERS);
    use_certificate(context_.get(), {.chain = pem_, .key = shown.key});
}

void tls_session::freed::operator()(ssl_st* session) const {
    SSL_free(session);
}

tls_session::tls_session(const tls_context& context) : session_{SSL_new(context.context_.get())} {
    bio_pointer in{BIO_new(BIO_s_mem())};
    bio_pointer out{BIO_new(BIO_s_mem())};
    if (!session_ || !in || !out) throw std::runtime_error{"TLS is not to be had"};
    SSL_set_bio(session_.get(), in.release(), out.release());
    SSL_set_accept_state(session_.get());
}

void tls_session::feed(std::string_view bytes) {
    BIO_write(SSL_get_rbio(session_.get()), bytes.data(), static_cast<int>(std::min(bytes.size(), most)));
}

tls_session::progress tls_session::shake_hands() {
    ERR_clear_error();
    const int result = SSL_do_handshake(session_.get());
    if (result == 1) return progress::done;
    if (SSL_get_error(session_.get(), result) == SSL_ERROR_WANT_READ) return progress::more;
    is_over_ = true;
    const auto reason = ERR_GET_REASON(ERR_peek_error());
    return reason == SSL_R_HTTP_REQUEST ? progress::plain : progress::failed;
}

std::string_view tls_session::open(char* buffer, std::size_t size) {
    if (is_over_) return {};
    ERR_clear_error();
    const int result = SSL_read(session_.get(), buffer, static_cast<int>(std::min(size, most)));
    if (result > 0) return {buffer, static_cast<std::size_t>(result)};
    is_over_ = SSL_get_error(session_.get(), result) != SSL_ERROR_WANT_READ;
    return {};
}

void tls_session::seal(std::string_view bytes) {
    if (bytes.empty()) return;
    ERR_clear_error();
    // Into memory, where there is always room: it takes all or fails for good.
    const int result =
        SSL_write(session_.get(), bytes.data(), static_cast<int>(std::min(bytes.size(), most)));
    if (result <= 0) is_over_ = true;
}

void tls_session::finish() {
    ERR_clear_error();
    SSL_shutdown(session_.get());
}

std::string tls_session::take_output() {
    BIO* const out = SSL_get_wbio(session_.get());
    std::string bytes(BIO_ctrl_pending(out), '\0');
    if (!bytes.empty()) BIO_read(out, bytes.data(), static_cast<int>(std::min(bytes.size(), most)));
    return bytes;
}

} // namespace nakama::sandbox
