#include "utf8.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace nakama::wire {

std::size_t character_size(const char* from, const char* end) noexcept {
    const auto* at = reinterpret_cast<const unsigned char*>(from);
    const auto size = end - from;
    const auto continues = [](unsigned char c) { return (c & 0xc0) == 0x80; };
    if (size < 1) return 0;
    const unsigned char c = at[0];
    if (c < 0x80) return 1;
    if (c < 0xc2 || c > 0xf4 || size < 2 || !continues(at[1])) return 0;
    if (c <= 0xdf) return 2;
    if (size < 3 || !continues(at[2])) return 0;
    if (c <= 0xef) return (c == 0xe0 && at[1] < 0xa0) || (c == 0xed && at[1] > 0x9f) ? 0 : 3;
    if (size < 4 || !continues(at[3])) return 0;
    return (c == 0xf0 && at[1] < 0x90) || (c == 0xf4 && at[1] > 0x8f) ? 0 : 4;
}

namespace {

/// The first byte from `at` that is not ASCII, or one a little before it, or `end`.
const char* skip_ascii(const char* at, const char* end) noexcept {
    // Compilers make vectors of it.
    const auto skip = [&]<std::size_t Words>(std::array<std::uint64_t, Words> block) {
        while (static_cast<std::size_t>(end - at) >= sizeof block) {
            std::memcpy(block.data(), at, sizeof block);
            std::uint64_t all = 0;
            for (const std::uint64_t word : block) all |= word;
            if ((all & 0x8080808080808080u) != 0) break;
            at += sizeof block;
        }
    };
    skip(std::array<std::uint64_t, 8>{});
    skip(std::array<std::uint64_t, 1>{});
    return at;
}

} // namespace

bool is_utf8(std::string_view text) noexcept {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        at = skip_ascii(at, end);
        if (at == end) break;
        const std::size_t size = character_size(at, end);
        if (size == 0) return false;
        at += size;
    }
    return true;
}

std::size_t put_character(char* to, std::uint32_t code) noexcept {
    char* const start = to;
    const auto put = [&to](std::uint32_t byte) { *to++ = static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
        return 1;
    }
    if (code < 0x800) {
        put(0xc0 | code >> 6);
    } else if (code < 0x10000) {
        put(0xe0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3f));
    } else {
        put(0xf0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3f));
        put(0x80 | (code >> 6 & 0x3f));
    }
    put(0x80 | (code & 0x3f));
    return static_cast<std::size_t>(to - start);
}

std::string excerpt(std::string_view text) {
    constexpr std::size_t longest = 512;
    std::size_t end = text.size();
    if (end > longest)
        for (end = longest; end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80;) --end;
    if (!is_utf8(text.substr(0, end))) return "(not text)";
    return std::string{text.substr(0, end)} + (end < text.size() ? "..." : "");
}

} // namespace nakama::wire
