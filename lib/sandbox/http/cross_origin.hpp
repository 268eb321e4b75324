// What pages of another origin may ask for, after the Fetch standard's CORS protocol.
#pragma once

#include "sandbox/http/http_message.hpp"

namespace nakama::sandbox {

/// Answers OPTIONS, whatever the path: browsers ask this way before they ask what they want.
[[nodiscard]] http_answer preflight(const http_request& request);

/// Lets the page that asked read the answer.
void allow_origin(const http_request& request, http_answer& answer);

} // namespace nakama::sandbox
