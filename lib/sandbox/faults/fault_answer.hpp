// The answer over HTTP that a fault orders.
#pragma once

#include "sandbox/http/http_message.hpp"

#include <nakama/sandbox/faults.hpp>

#include <optional>

namespace nakama::sandbox {

/// Nothing if the fault leaves the answer to the operation.
[[nodiscard]] std::optional<http_answer> ordered_answer(const fault& fault);

} // namespace nakama::sandbox
