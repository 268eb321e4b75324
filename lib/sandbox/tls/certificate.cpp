#include "sandbox/tls/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace nakama::sandbox {
namespace {

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using key_pointer = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using key_context_pointer = std::unique_ptr<EVP_PKEY_CTX, freed_by<EVP_PKEY_CTX_free>>;
using certificate_pointer = std::unique_ptr<X509, freed_by<X509_free>>;
using extension_pointer = std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>>;
using bio_pointer = std::unique_ptr<BIO, freed_by<BIO_free>>;

void require(bool good) {
    if (!good) throw std::runtime_error{"a certificate cannot be made"};
}

key_pointer make_key() {
    const key_context_pointer context{EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nullptr)};
    EVP_PKEY* made = nullptr;
    require(context && EVP_PKEY_keygen_init(context.get()) == 1 &&
            EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context.get(), NID_X9_62_prime256v1) == 1 &&
            EVP_PKEY_keygen(context.get(), &made) == 1);
    return key_pointer{made};
}

void add_extension(X509* to, int kind, const std::string& value) {
    const extension_pointer made{X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str())};
    require(made && X509_add_ext(to, made.get(), -1) == 1);
}

template <class Write>
std::string to_pem(Write write) {
    const bio_pointer out{BIO_new(BIO_s_mem())};
    require(out && write(out.get()) == 1);
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string read_file(const std::string& name) {
    std::ifstream file{name, std::ios::binary};
    if (!file) throw std::runtime_error{"cannot read " + name};
    return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

certificate make_certificate(const std::string& address, std::chrono::system_clock::time_point now) {
    using namespace std::chrono_literals;
    const key_pointer key = make_key();
    const certificate_pointer made{X509_new()};
    require(made != nullptr);
    // Clients tell authorities apart by name and number: two servers must not share both.
    std::array<unsigned char, 8> number{};
    require(RAND_bytes(number.data(), static_cast<int>(number.size())) == 1);
    std::uint64_t serial = 1;
    for (const unsigned char byte : number) serial = (serial << 8 | byte) & 0x7fff'ffff'ffff'ffff;
    const auto time_of = [](auto when) {
        return static_cast<time_t>(
            std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count());
    };
    require(X509_set_version(made.get(), 2) == 1 && // counted from 0
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(made.get()), serial) == 1 &&
            ASN1_TIME_set(X509_getm_notBefore(made.get()), time_of(now - 24h)) &&
            ASN1_TIME_set(X509_getm_notAfter(made.get()), time_of(now + 365 * 24h)) &&
            X509_set_pubkey(made.get(), key.get()) == 1);
    X509_NAME* const name = X509_get_subject_name(made.get());
    constexpr std::string_view common_name = "nakama-sandbox";
    require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                       reinterpret_cast<const unsigned char*>(common_name.data()),
                                       static_cast<int>(common_name.size()), -1, 0) == 1 &&
            X509_set_issuer_name(made.get(), name) == 1);
    std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";
    if (address != "127.0.0.1" && address != "::1") names += ",IP:" + address;
    add_extension(made.get(), NID_subject_alt_name, names);
    add_extension(made.get(), NID_basic_constraints, "critical,CA:TRUE");
    require(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);

    return {.chain = to_pem([&](BIO* out) { return PEM_write_bio_X509(out, made.get()); }),
            .key = to_pem([&](BIO* out) {
                return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
            })};
}

certificate certificate_of(const server_config& config, std::chrono::system_clock::time_point now) {
    const tls_config& tls = config.tls.value();
    if (tls.certificate_file.empty() && tls.private_key_file.empty())
        return make_certificate(config.address, now);
    if (tls.certificate_file.empty())
        throw std::runtime_error{"a private key is of no use without its certificate"};
    // One file may hold both.
    const std::string& key_file = tls.private_key_file.empty() ? tls.certificate_file : tls.private_key_file;
    return {.chain = read_file(tls.certificate_file), .key = read_file(key_file)};
}

} // namespace nakama::sandbox
