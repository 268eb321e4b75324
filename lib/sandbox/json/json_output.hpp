// What the codec does not write: text the way the server's standard library quotes it.
#pragma once

#include <string>
#include <string_view>

namespace nakama::sandbox {

/// Appends `text` as a JSON string with < > & and U+2028 and U+2029 escaped; what is not UTF-8 becomes
/// U+FFFD. The payloads of functions and the claims of tokens are written like this.
void append_escaped(std::string& out, std::string_view text);

/// A JSON document the way the server's standard library writes it: keys by bytes, no blanks, and text as
/// above. Throws malformed.
[[nodiscard]] std::string marshalled(std::string_view json);

/// {"code":N,"message":"..."}
[[nodiscard]] std::string error_body(int code, std::string_view message);

} // namespace nakama::sandbox
