// What counts as UTF-8.
#pragma once

#include <string_view>

namespace nakama::wire {

/// Whether `text` is well-formed: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

} // namespace nakama::wire
