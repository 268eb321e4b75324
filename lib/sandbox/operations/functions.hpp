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

/// Calls a registered function; whatever it throws becomes a failure.
[[nodiscard]] function_result call_function(const rpc_function& function, const rpc_context& context,
                                            const std::string& payload);

/// Answers GET and POST of /v2/rpc/{id}. `id` is decoded.
[[nodiscard]] http_answer answer_rpc(world& world, const http_request& request, const std::string& id);

} // namespace nakama::sandbox
