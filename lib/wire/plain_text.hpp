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

#ifdef __SSE2__
/// Which of sixteen bytes are special, the first in the lowest bit.
[[nodiscard]] inline unsigned special_bytes(__m128i bytes) noexcept {
    // Bytes beyond ASCII are negative, and so below a space as well.
    const __m128i special = _mm_or_si128(
        _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
    return static_cast<unsigned>(_mm_movemask_epi8(special));
}
#endif

/// The first special byte from `at`, or `end`.
[[nodiscard]] inline const char* skip_plain(const char* at, const char* end) noexcept {
#ifdef __SSE2__
    for (; end - at >= 16; at += 16)
        if (const unsigned found = special_bytes(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)));
            found != 0)
            return at + std::countr_zero(found);
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

/// What copy_plain() copies at most.
inline constexpr std::size_t plain_block = 16;

/// Copies what is plain to `to`, where a block has room, and tells how much that was: less than a block where
/// something special or the end follows.
[[nodiscard]] inline std::size_t copy_plain(const char* at, const char* end, char* to) noexcept {
#ifdef __SSE2__
    if (end - at >= 16) [[likely]] {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes);
        return static_cast<std::size_t>(std::countr_zero(special_bytes(bytes) | 1U << plain_block));
    }
#endif
    const auto left = static_cast<std::size_t>(end - at);
    const char* const stop = skip_plain(at, at + (left < plain_block ? left : plain_block));
    const auto size = static_cast<std::size_t>(stop - at);
    std::memcpy(to, at, size);
    return size;
}

} // namespace nakama::wire
