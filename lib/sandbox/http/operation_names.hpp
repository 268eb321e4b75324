// What the API calls the operation behind a method and a path.
#pragma once

#include <string_view>

namespace nakama::sandbox {

/// "get_account"; empty if there is no such operation. `path` is that of a request or of a route.
[[nodiscard]] std::string_view operation_name(std::string_view method, std::string_view path) noexcept;

/// Whether a hook can run before and after it.
[[nodiscard]] bool operation_takes_hooks(std::string_view name);

} // namespace nakama::sandbox
