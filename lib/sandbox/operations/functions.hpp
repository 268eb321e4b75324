// The functions that were registered, and how they are called.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/world.hpp"

#include <string>

namespace nakama::sandbox {

/// Ids are matched in lower case.
[[nodiscard]] std::string function_key(std::string id);

struct function_result {
    std::string payload{};
    bool failed = false;
    int code = 0;
    std::string message{}; ///< of a failure
};

/// The code that a failure of a function or hook goes by.
[[nodiscard]] int failure_code(const rpc_failure& failure) noexcept;

/// Calls a registered function; whatever it throws becomes a failure.
[[nodiscard]] asio::awaitable<function_result> call_function(awaitable_rpc_function function,
                                                             rpc_context context, std::string payload);

/// Answers GET and POST of /v2/rpc/{id}; `id` is decoded. `world` and `request` have to outlive it.
[[nodiscard]] asio::awaitable<http_answer> answer_rpc(world& world, const http_request& request,
                                                      std::string id);

} // namespace nakama::sandbox
