// What counts as UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nakama::wire {

/// Whether `text` is well-formed: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// The bytes of the well-formed character at `at`, 1 to 4, or 0 if there is none before `end`.
[[nodiscard]] std::size_t character_size(const char* at, const char* end) noexcept;

/// Writes the character of a code point up to U+10FFFF to `to`, and tells its bytes: 1 to 4.
std::size_t put_character(char* to, std::uint32_t code) noexcept;

/// The start of a text from elsewhere, for an error: at most 512 bytes, cut between characters.
[[nodiscard]] std::string excerpt(std::string_view text);

} // namespace nakama::wire
