#include "json_text.hpp"

#include "utf8.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace nakama::wire {
namespace {

constexpr const char* too_early = "incomplete JSON";
constexpr const char* no_utf8 = "a text that is not UTF-8";
constexpr const char* control_character = "a control character within a text";
constexpr std::size_t longest_character = 4;

/// What the character behind a backslash means, 0 if that takes more than the character.
constexpr auto meanings = [] {
    std::array<char, 256> table{};
    table['"'] = '"';
    table['\\'] = '\\';
    table['/'] = '/';
    table['b'] = '\b';
    table['f'] = '\f';
    table['n'] = '\n';
    table['r'] = '\r';
    table['t'] = '\t';
    return table;
}();

} // namespace

const char* json_text::fail(const char* at, const char* what) noexcept {
    failure_ = {at, what};
    return nullptr;
}

const char* json_text::take_special(const char* start, const char* at, std::string_view& found) {
    at = find_escape(at);
    if (!at) return nullptr;
    if (*at == '\\') return undo_escapes(start, found);
    found = {start, static_cast<std::size_t>(at - start)};
    return at + 1;
}

/// Where a text ends, or where its first escape begins.
const char* json_text::find_escape(const char* at) {
    for (;;) {
        at = skip_plain(at, end_);
        if (at == end_) return fail(at, too_early);
        if (*at == '"' || *at == '\\') return at;
        if (static_cast<unsigned char>(*at) < 0x20) return fail(at, control_character);
        const std::size_t size = character_size(at, end_);
        if (size == 0) return fail(at, no_utf8);
        at += size;
    }
}

const char* json_text::undo_escapes(const char* at, std::string_view& found) {
    size_ = 0;
    for (;;) {
        constexpr std::size_t room = plain_block + longest_character;
        if (memory_.size() < size_ + room) memory_.resize(2 * (size_ + room));
        const std::size_t plain = copy_plain(at, end_, memory_.data() + size_);
        at += plain;
        size_ += plain;
        if (plain == plain_block) continue;
        if (at == end_) return fail(at, too_early);
        if (*at == '"') break;
        if (*at == '\\') {
            at = escape(at + 1);
            if (!at) return nullptr;
            continue;
        }
        if (static_cast<unsigned char>(*at) < 0x20) return fail(at, control_character);
        const std::size_t size = character_size(at, end_);
        if (size == 0) return fail(at, no_utf8);
        std::memcpy(memory_.data() + size_, at, size);
        at += size;
        size_ += size;
    }
    found = std::string_view{memory_}.substr(0, size_);
    return at + 1;
}

/// Takes what follows a backslash.
const char* json_text::escape(const char* at) {
    if (at == end_) return fail(at, too_early);
    const char meant = meanings[static_cast<unsigned char>(*at)];
    if (meant == 0) return *at == 'u' ? character(at + 1) : fail(at, "an unknown escape");
    memory_[size_++] = meant;
    return at + 1;
}

/// Takes the digits of an escape, and those of its other half.
const char* json_text::character(const char* at) {
    constexpr const char* halved = "half of a surrogate pair";
    unsigned code = 0;
    at = code_unit(at, code);
    if (!at) return nullptr;
    if (code >= 0xd800 && code < 0xe000) {
        if (code >= 0xdc00 || end_ - at < 2 || at[0] != '\\' || at[1] != 'u') return fail(at, halved);
        unsigned second = 0;
        at = code_unit(at + 2, second);
        if (!at) return nullptr;
        if (second < 0xdc00 || second >= 0xe000) return fail(at, halved);
        code = 0x10000 + ((code - 0xd800) << 10) + (second - 0xdc00);
    }
    size_ += put_character(memory_.data() + size_, code);
    return at;
}

const char* json_text::code_unit(const char* at, unsigned& unit) {
    if (end_ - at < 4) return fail(at, too_early);
    const auto [stop, error] = std::from_chars(at, at + 4, unit, 16);
    return error == std::errc{} && stop == at + 4 ? stop : fail(at, "an escape without four digits");
}

} // namespace nakama::wire
