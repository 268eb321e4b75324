// Which request means which operation, and what stands around its answer.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/world.hpp"

namespace nakama::sandbox {

/// Answers everything but the socket's handshake.
[[nodiscard]] http_answer answer(world& world, const http_request& request);

/// What a body above the limit gets.
[[nodiscard]] http_answer body_too_large(const http_request& request);

} // namespace nakama::sandbox
