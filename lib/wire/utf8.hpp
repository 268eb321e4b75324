// What counts as UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace nakama::wire {

/// Whether `text` is well-formed: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// The start of a text from elsewhere, for an error: at most 512 bytes, cut between characters.
[[nodiscard]] std::string excerpt(std::string_view text);

} // namespace nakama::wire
