// Where a path that is not written in its shortest form redirects to.
#pragma once

#include "sandbox/http/http_message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace nakama::sandbox {

/// Without empty parts, "." and ".."; a slash at the end stays. `path` is decoded.
[[nodiscard]] std::string canonical_path(std::string_view path);

/// The redirection to the canonical path; nothing if the request's is one.
[[nodiscard]] std::optional<http_answer> redirection(const http_request& request, std::string_view path);

} // namespace nakama::sandbox
