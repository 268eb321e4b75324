// Base64 after RFC 4648.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nakama::wire {

/// Appends `data` in the standard alphabet, padded.
void append_base64(std::string& out, std::string_view data);

/// Decodes the standard or the URL-safe alphabet, padded or not; nothing if it is neither.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

/// The same into memory that is there already; false if it is neither, then `out` is anything.
[[nodiscard]] bool decode_base64(std::string_view text, std::string& out);

/// Appends `data` in the URL-safe alphabet without padding.
void append_base64url(std::string& out, std::string_view data);

} // namespace nakama::wire
