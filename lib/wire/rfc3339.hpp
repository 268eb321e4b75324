// Points in time as RFC 3339 text.
#pragma once

#include <nakama/timestamp.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace nakama::wire {

/// Any offset and up to nine digits of fractions; nothing if it is no such text.
/// Years that `timestamp` cannot hold give its first or last moment.
[[nodiscard]] std::optional<timestamp> parse_rfc3339(std::string_view text);

/// In UTC with 0, 3, 6 or 9 digits of fractions, as few as lose nothing.
void append_rfc3339(std::string& out, timestamp time);

} // namespace nakama::wire
