#include "certificate.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <stdexcept>

namespace bench {

void use_throwaway_certificate(boost::asio::ssl::context& context) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
    const std::unique_ptr<X509, decltype(&X509_free)> certificate{X509_new(), X509_free};
    if (!key || !certificate) throw std::runtime_error{"OpenSSL makes no key"};
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400);
    X509_set_pubkey(certificate.get(), key.get());
    const bool works = X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0 &&
                       SSL_CTX_use_certificate(context.native_handle(), certificate.get()) == 1 &&
                       SSL_CTX_use_PrivateKey(context.native_handle(), key.get()) == 1;
    if (!works) throw std::runtime_error{"OpenSSL makes no certificate"};
}

} // namespace bench
