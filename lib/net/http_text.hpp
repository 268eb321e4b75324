// What may stand in the head of a request.
#pragma once

#include <string_view>

namespace nakama::net {

/// Throw nakama::error with errc::invalid_argument for text that would end its line, and so could add headers
/// or requests of its own. The text itself, which may be a secret, is not told.
void check_header(std::string_view name, std::string_view value);
void check_target(std::string_view target);

} // namespace nakama::net
