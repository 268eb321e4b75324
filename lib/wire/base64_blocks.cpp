#include "base64_blocks.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define NAKAMA_HAS_AVX2
#endif

namespace nakama::wire {

#ifdef NAKAMA_HAS_AVX2
namespace {

// Compiled for processors that have AVX2 (most since 2013), and asked for at run time.
#define NAKAMA_AVX2 __attribute__((target("avx2")))

bool has_avx2() noexcept {
    static const bool has = __builtin_cpu_supports("avx2");
    return has;
}

// Both halves of a register do the same: a half holds 12 bytes, or the 16 characters that they are.

NAKAMA_AVX2 __m256i halves(const char* first, const char* second) noexcept {
    const __m128i one = _mm_loadu_si128(reinterpret_cast<const __m128i*>(first));
    const __m128i other = _mm_loadu_si128(reinterpret_cast<const __m128i*>(second));
    return _mm256_inserti128_si256(_mm256_castsi128_si256(one), other, 1);
}

template <class... Byte>
NAKAMA_AVX2 __m256i both(Byte... bytes) noexcept {
    return _mm256_broadcastsi128_si256(_mm_setr_epi8(static_cast<char>(bytes)...));
}

/// 24 bytes as 32 values of six bits.
NAKAMA_AVX2 __m256i split(__m256i bytes) noexcept {
    // Each group of three bytes a b c becomes b a c b, so that every value lies within 16 bits.
    const __m256i groups =
        _mm256_shuffle_epi8(bytes, both(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10));
    // Multiplications are shifts that differ from lane to lane.
    const __m256i odd = _mm256_mulhi_epu16(_mm256_and_si256(groups, _mm256_set1_epi32(0x0fc0fc00)),
                                           _mm256_set1_epi32(0x04000040));
    const __m256i even = _mm256_mullo_epi16(_mm256_and_si256(groups, _mm256_set1_epi32(0x003f03f0)),
                                            _mm256_set1_epi32(0x01000010));
    return _mm256_or_si256(odd, even);
}

/// The characters of 32 values: what is added depends on the range that a value lies in.
NAKAMA_AVX2 __m256i characters_of(__m256i values) noexcept {
    // 0 for 26..51, 1..10 for the digits, 11 for '+', 12 for '/', 13 for 0..25.
    const __m256i beyond_letters = _mm256_subs_epu8(values, _mm256_set1_epi8(51));
    const __m256i is_upper = _mm256_cmpgt_epi8(_mm256_set1_epi8(26), values);
    const __m256i range = _mm256_or_si256(beyond_letters, _mm256_and_si256(is_upper, _mm256_set1_epi8(13)));
    constexpr char lower = 'a' - 26, digit = '0' - 52, plus = '+' - 62, slash = '/' - 63, upper = 'A';
    const __m256i offsets = both(lower, digit, digit, digit, digit, digit, digit, digit, digit, digit, digit,
                                 plus, slash, upper, 0, 0);
    return _mm256_add_epi8(values, _mm256_shuffle_epi8(offsets, range));
}

/// The values of 32 characters; false if one of them is none.
NAKAMA_AVX2 bool values_of(__m256i characters, __m256i& values) noexcept {
    const __m256i low_half = _mm256_set1_epi8(0x0f);
    const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(characters, 4), low_half);
    const __m256i lower = _mm256_and_si256(characters, low_half);
    // Upper halves of a kind, by the lower ones that go with them: 2 with + and /, 3 with the digits, 4 and 6
    // with letters that are not the last ones, 5 and 7 with those that are, all others with none.
    constexpr char signs = 1, digits = 2, letters = 4, last_letters = 8, none = 16;
    const __m256i kind =
        _mm256_shuffle_epi8(both(none, none, signs, digits, letters, last_letters, letters, last_letters,
                                 none, none, none, none, none, none, none, none),
                            upper);
    constexpr char at_0 = none | signs | letters, at_1_to_9 = none | signs, at_10 = none | signs | digits,
                   at_11 = none | digits | last_letters, above = none | signs | digits | last_letters,
                   at_15 = none | digits | last_letters;
    const __m256i excluded =
        _mm256_shuffle_epi8(both(at_0, at_1_to_9, at_1_to_9, at_1_to_9, at_1_to_9, at_1_to_9, at_1_to_9,
                                 at_1_to_9, at_1_to_9, at_1_to_9, at_10, at_11, above, above, above, at_15),
                            lower);
    // What is added depends on the upper half, and for 2 on which of the two it is.
    constexpr char slash = 63 - '/', plus = 62 - '+', digit = 52 - '0', capital = -'A', small = 26 - 'a';
    const __m256i is_slash = _mm256_cmpeq_epi8(characters, _mm256_set1_epi8('/'));
    const __m256i offsets = _mm256_shuffle_epi8(
        both(0, slash, plus, digit, capital, capital, small, small, 0, 0, 0, 0, 0, 0, 0, 0),
        _mm256_add_epi8(upper, is_slash));
    values = _mm256_add_epi8(characters, offsets);
    const __m256i good = _mm256_cmpeq_epi8(_mm256_and_si256(kind, excluded), _mm256_setzero_si256());
    return _mm256_movemask_epi8(good) == -1;
}

/// 32 values of six bits as 24 bytes, each half's in its first 12.
NAKAMA_AVX2 __m256i join(__m256i values) noexcept {
    const __m256i pairs = _mm256_maddubs_epi16(values, _mm256_set1_epi32(0x01400140));
    const __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
    return _mm256_shuffle_epi8(fours, both(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
}

NAKAMA_AVX2 std::size_t encode(std::string_view data, char* to) noexcept {
    std::size_t done = 0;
    // Reads 28 bytes for 24.
    for (; data.size() - done >= 28; done += 24, to += 32) {
        const char* const from = data.data() + done;
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), characters_of(split(halves(from, from + 12))));
    }
    return done;
}

NAKAMA_AVX2 std::size_t decode(std::string_view text, char* to) noexcept {
    std::size_t done = 0;
    // Writes 28 bytes for 24: the last ones are left to be decoded one by one.
    for (; text.size() - done >= 40; done += 32, to += 24) {
        const char* const from = text.data() + done;
        __m256i values;
        if (!values_of(halves(from, from + 16), values)) break;
        const __m256i bytes = join(values);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm256_castsi256_si128(bytes));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to + 12), _mm256_extracti128_si256(bytes, 1));
    }
    return done;
}

} // namespace

std::size_t encode_blocks(std::string_view data, char* to) noexcept {
    return has_avx2() ? encode(data, to) : 0;
}

std::size_t decode_blocks(std::string_view text, char* to) noexcept {
    return has_avx2() ? decode(text, to) : 0;
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
