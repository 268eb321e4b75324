// JSON documents as the real server's database keeps them.
#pragma once

#include "sandbox/json/json_input.hpp"

#include <string>
#include <string_view>

namespace nakama::sandbox {

/// As the database gives it back: keys by length, then by bytes; one space after colons and commas; numbers
/// with the digits they are written with, without exponents. Throws malformed.
[[nodiscard]] std::string normalised(std::string_view json);

/// Whether text is one JSON object, as the server looks at it before the database does.
[[nodiscard]] bool holds_object(std::string_view text);

/// The members of both objects, those of `added` where both have one; other values are joined as lists.
/// Throws malformed.
[[nodiscard]] std::string merged(const std::string& old, const std::string& added);

} // namespace nakama::sandbox
