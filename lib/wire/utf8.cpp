#include "utf8.hpp"

#include <cstdint>
#include <cstring>

namespace nakama::wire {

bool is_utf8(std::string_view text) noexcept {
    const auto* at = reinterpret_cast<const unsigned char*>(text.data());
    const auto* const end = at + text.size();
    const auto continues = [](unsigned char c) { return (c & 0xc0) == 0x80; };
    while (at != end) {
        // Most text is ASCII: eight bytes at a time.
        while (end - at >= 8) {
            std::uint64_t chunk;
            std::memcpy(&chunk, at, sizeof chunk);
            if (chunk & 0x8080808080808080u) break;
            at += 8;
        }
        if (at == end) break;
        const unsigned char c = *at;
        if (c < 0x80) {
            ++at;
        } else if (c >= 0xc2 && c <= 0xdf) {
            if (end - at < 2 || !continues(at[1])) return false;
            at += 2;
        } else if (c >= 0xe0 && c <= 0xef) {
            if (end - at < 3 || !continues(at[1]) || !continues(at[2])) return false;
            if ((c == 0xe0 && at[1] < 0xa0) || (c == 0xed && at[1] > 0x9f)) return false;
            at += 3;
        } else if (c >= 0xf0 && c <= 0xf4) {
            if (end - at < 4 || !continues(at[1]) || !continues(at[2]) || !continues(at[3])) return false;
            if ((c == 0xf0 && at[1] < 0x90) || (c == 0xf4 && at[1] > 0x8f)) return false;
            at += 4;
        } else {
            return false;
        }
    }
    return true;
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
