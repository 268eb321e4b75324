#include "sandbox/state/ids.hpp"

#include <openssl/sha.h>

#include <array>

namespace nakama::sandbox {
namespace {

std::uint64_t seed_or_chance(std::uint64_t seed) {
    if (seed != 0) return seed;
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

std::string hyphenate(std::string_view hex) {
    std::string result{hex};
    for (const std::size_t at : {8U, 13U, 18U, 23U}) result.insert(at, 1, '-');
    return result;
}

constexpr char hex_digits[] = "0123456789abcdef";

} // namespace

id_source::id_source(std::uint64_t seed) : random_{seed_or_chance(seed)} {}

std::string id_source::random_uuid(char version) {
    std::string hex;
    for (int half = 0; half < 2; ++half) {
        std::uint64_t bits = random_();
        for (int i = 0; i < 16; ++i, bits >>= 4) hex += hex_digits[bits & 15];
    }
    hex[12] = version;
    hex[16] = "89ab"[random_() & 3];
    return hyphenate(hex);
}

std::string id_source::uuid() {
    return random_uuid('4');
}

std::string id_source::session_id() {
    return random_uuid('1');
}

std::string id_source::username() {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::string result;
    for (int i = 0; i < 10; ++i) result += letters[random_() % letters.size()];
    return result;
}

std::string named_uuid(std::string_view name) {
    // 6ba7b810-9dad-11d1-80b4-00c04fd430c8 and the name.
    std::string input{"\x6b\xa7\xb8\x10\x9d\xad\x11\xd1\x80\xb4\x00\xc0\x4f\xd4\x30\xc8", 16};
    input += name;
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(input.data()), input.size(), digest.data());
    digest[6] = static_cast<unsigned char>((digest[6] & 0x0f) | 0x50);
    digest[8] = static_cast<unsigned char>((digest[8] & 0x3f) | 0x80);
    std::string hex;
    for (std::size_t i = 0; i < 16; ++i) {
        hex += hex_digits[digest[i] >> 4];
        hex += hex_digits[digest[i] & 15];
    }
    return hyphenate(hex);
}

std::optional<std::string> parse_uuid(std::string_view text) {
    if (text.starts_with("urn:uuid:")) text.remove_prefix(9);
    if (text.starts_with('{') && text.ends_with('}')) text = text.substr(1, text.size() - 2);
    if (text.size() != 36 && text.size() != 32) return {};
    std::string hex;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (text.size() == 36 && (i == 8 || i == 13 || i == 18 || i == 23)) {
            if (c != '-') return {};
        } else if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) {
            hex += c;
        } else if (c >= 'A' && c <= 'F') {
            hex += static_cast<char>(c - 'A' + 'a');
        } else {
            return {};
        }
    }
    return hyphenate(hex);
}

std::optional<node_address> read_node_address(std::string_view id) {
    const auto dot = id.find('.');
    if (dot == std::string_view::npos) return {};
    auto uuid = parse_uuid(id.substr(0, dot));
    if (!uuid) return {};
    return node_address{std::move(*uuid), std::string{id.substr(dot + 1)}};
}

} // namespace nakama::sandbox
