// Hooks of a sandbox: what a real server's runtime module registers to run before and after requests.
#pragma once

#include <nakama/sandbox/functions.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nakama::sandbox {

/// A request of a client of Nakama on its way to what serves it, as it came. Satori takes no hooks.
struct hooked_request {
    std::string body{}; ///< JSON: the body of an operation, the content of a message to the socket
    std::map<std::string, std::vector<std::string>> query{}; ///< parameters of an operation
    std::map<std::string, std::string> path{}; ///< what an operation's path has for the names in its braces

    bool operator==(const hooked_request&) const = default;
};

/// Runs once it is known who asks, before anything is done. What it returns is served: the request as it
/// was, or changed. Nothing disables what was asked for: an operation is not found, a socket is closed. What
/// it throws refuses: an operation with the code of an rpc_failure, else 13; a message with the socket's
/// error 7, and the socket stays open.
using before_hook =
    std::function<std::optional<hooked_request>(const rpc_context& context, hooked_request request)>;

/// Runs after an operation that succeeded, and before its answer leaves. What it throws is ignored.
using after_hook =
    std::function<void(const rpc_context& context, const hooked_request& request, const std::string& answer)>;

} // namespace nakama::sandbox
