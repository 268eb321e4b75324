// JSON documents as the real server's database keeps them.
#pragma once

#include "sandbox/json/json_input.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace nakama::sandbox {

/// As the database gives it back: keys by length, then by bytes; one space after colons and commas; numbers
/// with the digits they are written with, without exponents. Throws malformed for what is no JSON, and for
/// JSON that the database cannot hold: numbers of more than 131072 digits before the point or 16383 behind
/// it, and text with NUL or half a surrogate pair in it.
[[nodiscard]] std::string normalised(std::string_view json);

/// The same; nothing where that throws.
[[nodiscard]] std::optional<std::string> storable(std::string_view json);

/// Whether text is one JSON object, as the server looks at it before the database does.
[[nodiscard]] bool holds_object(std::string_view text);

/// What is storable and an object.
[[nodiscard]] std::optional<std::string> storable_object(std::string_view json);

/// The members of both objects, those of `added` where both have one; other values are joined as lists.
/// Throws malformed.
[[nodiscard]] std::string merged(const std::string& old, const std::string& added);

} // namespace nakama::sandbox
