// Which request means which operation, and what stands around its answer.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/http/route.hpp"
#include "sandbox/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <span>

namespace nakama::sandbox {

/// All operations but functions, which have a way of their own.
[[nodiscard]] std::span<const route> routes();

/// Answers everything but the socket's handshake. `world` has to outlive it.
[[nodiscard]] asio::awaitable<http_answer> answer(world& world, http_request request);

/// What a body above the limit gets.
[[nodiscard]] http_answer body_too_large(const http_request& request);

} // namespace nakama::sandbox
