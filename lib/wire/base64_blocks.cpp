#include "base64_blocks.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#include <tmmintrin.h>
#define NAKAMA_HAS_SSSE3
#endif

namespace nakama::wire {

#ifdef NAKAMA_HAS_SSSE3
namespace {

// Compiled for processors that have SSSE3 (all since 2006 or so), and asked for at run time.
#define NAKAMA_SSSE3 __attribute__((target("ssse3")))

bool has_ssse3() noexcept {
    static const bool has = __builtin_cpu_supports("ssse3");
    return has;
}

/// 12 bytes as 16 values of six bits.
NAKAMA_SSSE3 __m128i split(__m128i bytes) noexcept {
    // Each group of three bytes a b c becomes b a c b, so that every value lies within 16 bits.
    const __m128i groups =
        _mm_shuffle_epi8(bytes, _mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10));
    // Multiplications are shifts that differ from lane to lane.
    const __m128i odd =
        _mm_mulhi_epu16(_mm_and_si128(groups, _mm_set1_epi32(0x0fc0fc00)), _mm_set1_epi32(0x04000040));
    const __m128i even =
        _mm_mullo_epi16(_mm_and_si128(groups, _mm_set1_epi32(0x003f03f0)), _mm_set1_epi32(0x01000010));
    return _mm_or_si128(odd, even);
}

/// The characters of 16 values: what is added depends on the range that a value lies in.
NAKAMA_SSSE3 __m128i characters_of(__m128i values) noexcept {
    // 0 for 26..51, 1..10 for the digits, 11 for '+', 12 for '/', 13 for 0..25.
    const __m128i beyond_letters = _mm_subs_epu8(values, _mm_set1_epi8(51));
    const __m128i is_upper = _mm_cmpgt_epi8(_mm_set1_epi8(26), values);
    const __m128i range = _mm_or_si128(beyond_letters, _mm_and_si128(is_upper, _mm_set1_epi8(13)));
    constexpr char lower = 'a' - 26, digit = '0' - 52, plus = '+' - 62, slash = '/' - 63, upper = 'A';
    const __m128i offsets = _mm_setr_epi8(lower, digit, digit, digit, digit, digit, digit, digit, digit,
                                          digit, digit, plus, slash, upper, 0, 0);
    return _mm_add_epi8(values, _mm_shuffle_epi8(offsets, range));
}

/// The values of 16 characters; false if one of them is none.
NAKAMA_SSSE3 bool values_of(__m128i characters, __m128i& values) noexcept {
    const __m128i low_half = _mm_set1_epi8(0x0f);
    const __m128i upper = _mm_and_si128(_mm_srli_epi16(characters, 4), low_half);
    const __m128i lower = _mm_and_si128(characters, low_half);
    // Upper halves of a kind, by the lower ones that go with them: 2 with + and /, 3 with the digits, 4 and 6
    // with letters that are not the last ones, 5 and 7 with those that are, all others with none.
    constexpr char signs = 1, digits = 2, letters = 4, last_letters = 8, none = 16;
    const __m128i kind =
        _mm_shuffle_epi8(_mm_setr_epi8(none, none, signs, digits, letters, last_letters, letters,
                                       last_letters, none, none, none, none, none, none, none, none),
                         upper);
    constexpr char at_0 = none | signs | letters, at_1_to_9 = none | signs, at_10 = none | signs | digits,
                   at_11 = none | digits | last_letters, above = none | signs | digits | last_letters,
                   at_15 = none | digits | last_letters;
    const __m128i excluded = _mm_shuffle_epi8(
        _mm_setr_epi8(at_0, at_1_to_9, at_1_to_9, at_1_to_9, at_1_to_9, at_1_to_9, at_1_to_9, at_1_to_9,
                      at_1_to_9, at_1_to_9, at_10, at_11, above, above, above, at_15),
        lower);
    // What is added depends on the upper half, and for 2 on which of the two it is.
    constexpr char slash = 63 - '/', plus = 62 - '+', digit = 52 - '0', capital = -'A', small = 26 - 'a';
    const __m128i is_slash = _mm_cmpeq_epi8(characters, _mm_set1_epi8('/'));
    const __m128i offsets = _mm_shuffle_epi8(
        _mm_setr_epi8(0, slash, plus, digit, capital, capital, small, small, 0, 0, 0, 0, 0, 0, 0, 0),
        _mm_add_epi8(upper, is_slash));
    values = _mm_add_epi8(characters, offsets);
    const __m128i good = _mm_cmpeq_epi8(_mm_and_si128(kind, excluded), _mm_setzero_si128());
    return _mm_movemask_epi8(good) == 0xffff;
}

/// 16 values of six bits as 12 bytes.
NAKAMA_SSSE3 __m128i join(__m128i values) noexcept {
    const __m128i pairs = _mm_maddubs_epi16(values, _mm_set1_epi32(0x01400140));
    const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00011000));
    return _mm_shuffle_epi8(fours, _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
}

NAKAMA_SSSE3 std::size_t encode(std::string_view data, char* to) noexcept {
    std::size_t done = 0;
    // Reads 16 bytes for 12.
    for (; data.size() - done >= 16; done += 12, to += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data.data() + done));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to), characters_of(split(bytes)));
    }
    return done;
}

NAKAMA_SSSE3 std::size_t decode(std::string_view text, char* to) noexcept {
    std::size_t done = 0;
    // Writes 16 bytes for 12: the last ones are left to be decoded one by one.
    for (; text.size() - done >= 24; done += 16, to += 12) {
        __m128i values;
        if (!values_of(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + done)), values)) break;
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to), join(values));
    }
    return done;
}

} // namespace

std::size_t encode_blocks(std::string_view data, char* to) noexcept {
    return has_ssse3() ? encode(data, to) : 0;
}

std::size_t decode_blocks(std::string_view text, char* to) noexcept {
    return has_ssse3() ? decode(text, to) : 0;
}

#else

std::size_t encode_blocks(std::string_view, char*) noexcept {
    return 0;
}

std::size_t decode_blocks(std::string_view, char*) noexcept {
    return 0;
}

#endif

} // namespace nakama::wire
