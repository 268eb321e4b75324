#include "base64.hpp"

#include "base64_blocks.hpp"

#include <array>
#include <cstdint>

namespace nakama::wire {
namespace {

constexpr std::string_view standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t invalid = 0xff;

constexpr auto values = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(invalid);
    for (std::uint8_t i = 0; i < 64; ++i) {
        table[static_cast<unsigned char>(standard[i])] = i;
        table[static_cast<unsigned char>(url_safe[i])] = i;
    }
    return table;
}();

std::uint8_t value_of(char c) {
    return values[static_cast<unsigned char>(c)];
}

void append(std::string& out, std::string_view data, std::string_view alphabet, bool padded) {
    const std::size_t start = out.size();
    out.resize(start + (data.size() + 2) / 3 * 4);
    char* to = out.data() + start;
    std::size_t done = 0;
    if (alphabet == standard) {
        done = encode_blocks(data, to);
        to += done / 3 * 4;
    }
    const auto* from = reinterpret_cast<const unsigned char*>(data.data()) + done;
    std::size_t left = data.size() - done;
    for (; left >= 3; left -= 3, from += 3) {
        const std::uint32_t bits = std::uint32_t{from[0]} << 16 | std::uint32_t{from[1]} << 8 | from[2];
        *to++ = alphabet[bits >> 18];
        *to++ = alphabet[bits >> 12 & 63];
        *to++ = alphabet[bits >> 6 & 63];
        *to++ = alphabet[bits & 63];
    }
    if (left > 0) {
        const std::uint32_t bits =
            std::uint32_t{from[0]} << 16 | (left == 2 ? std::uint32_t{from[1]} << 8 : 0);
        *to++ = alphabet[bits >> 18];
        *to++ = alphabet[bits >> 12 & 63];
        if (left == 2) *to++ = alphabet[bits >> 6 & 63];
        for (std::size_t i = left; padded && i < 3; ++i) *to++ = '=';
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
}

} // namespace

void append_base64(std::string& out, std::string_view data) {
    append(out, data, standard, true);
}

void append_base64url(std::string& out, std::string_view data) {
    append(out, data, url_safe, false);
}

std::optional<std::string> decode_base64(std::string_view text) {
    std::string out;
    if (!decode_base64(text, out)) return {};
    return out;
}

bool decode_base64(std::string_view text, std::string& out) {
    std::size_t length = text.size();
    if (length % 4 == 0)
        for (int i = 0; i < 2 && length > 0 && text[length - 1] == '='; ++i) --length;
    if (length % 4 == 1) return false;

    out.resize(length / 4 * 3 + (length % 4 == 0 ? 0 : length % 4 - 1));
    char* to = out.data();
    std::size_t done = decode_blocks(text.substr(0, length), to);
    to += done / 4 * 3;
    for (; length - done >= 4; done += 4) {
        const std::uint8_t a = value_of(text[done]), b = value_of(text[done + 1]),
                           c = value_of(text[done + 2]), d = value_of(text[done + 3]);
        // Values have six bits, what is none has all eight.
        if ((a | b | c | d) == invalid) return false;
        const std::uint32_t bits =
            std::uint32_t{a} << 18 | std::uint32_t{b} << 12 | std::uint32_t{c} << 6 | d;
        *to++ = static_cast<char>(bits >> 16);
        *to++ = static_cast<char>(bits >> 8);
        *to++ = static_cast<char>(bits);
    }
    std::uint32_t bits = 0;
    for (const char c : text.substr(done, length - done)) {
        if (value_of(c) == invalid) return false;
        bits = bits << 6 | value_of(c);
    }
    if (length % 4 == 2) *to++ = static_cast<char>(bits >> 4);
    if (length % 4 == 3) {
        *to++ = static_cast<char>(bits >> 10);
        *to++ = static_cast<char>(bits >> 2);
    }
    return true;
}

} // namespace nakama::wire
