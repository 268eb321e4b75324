// What queries find in a label.
#pragma once

#include "sandbox/state/query.hpp"

#include <string>

namespace nakama::sandbox {

/// The values of a JSON object by their path, with dots between the names; lists add all they have. A label
/// that is no JSON object has nothing to be found.
[[nodiscard]] properties properties_of_label(const std::string& label);

} // namespace nakama::sandbox
