// The two names that a field has in requests.
#pragma once

#include <string>
#include <string_view>

namespace nakama::sandbox {

/// max_size becomes maxSize.
[[nodiscard]] std::string camel_case(std::string_view snake_case);

/// Whether `key` is a field's snake_case name or its camelCase form.
[[nodiscard]] bool is_field(std::string_view key, std::string_view snake_case) noexcept;

} // namespace nakama::sandbox
