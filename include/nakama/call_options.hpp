// What may be said per call.
#pragma once

#include <nakama/retry.hpp>

#include <chrono>
#include <optional>
#include <type_traits>

namespace nakama {

/// The last parameter of every operation: `client.get_account(session, {.timeout = 2s})`.
/// What is not set is taken from the client's or the socket's configuration.
struct call_options {
    /// For the whole operation: resolving, connecting, writing, reading, waiting between attempts.
    std::optional<std::chrono::milliseconds> timeout{};
    std::optional<retry_policy> retry{};
};

static_assert(std::is_trivially_copyable_v<call_options> && std::is_trivially_destructible_v<call_options>,
              "a temporary of it inside a co_await expression must be safe on every compiler");

} // namespace nakama
