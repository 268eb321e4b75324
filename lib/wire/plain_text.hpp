// How far a text goes on without anything that JSON or UTF-8 make special.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace nakama::wire {

/// Whether a byte needs attention within a text of JSON: quotes, backslashes, control characters, and what is
/// not ASCII.
[[nodiscard]] constexpr bool is_special(char c) noexcept {
    return static_cast<signed char>(c) < 0x20 || c == '"' || c == '\\';
}

/// The first special byte from `at`, or `end`.
[[nodiscard]] inline const char* skip_plain(const char* at, const char* end) noexcept {
#ifdef __SSE2__
    const __m128i space = _mm_set1_epi8(0x20), quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
    for (; end - at >= 16; at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        // Bytes beyond ASCII are negative, and so below a space as well.
        const __m128i special =
            _mm_or_si128(_mm_cmplt_epi8(bytes, space),
                         _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, slash)));
        if (const auto found = static_cast<unsigned>(_mm_movemask_epi8(special)); found != 0)
            return at + std::countr_zero(found);
    }
#endif
    constexpr std::uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    const auto has_zero = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes & tops; };
    for (; end - at >= 8; at += 8) {
        std::uint64_t bytes;
        std::memcpy(&bytes, at, sizeof bytes);
        const std::uint64_t special = (bytes & tops) | ((bytes - ones * 0x20) & ~bytes & tops) |
                                      has_zero(bytes ^ ones * '"') | has_zero(bytes ^ ones * '\\');
        if (special != 0) break;
    }
    while (at != end && !is_special(*at)) ++at;
    return at;
}

} // namespace nakama::wire
