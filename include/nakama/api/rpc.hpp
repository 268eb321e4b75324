// Generated from gen/api by nakama-gen; not to be edited.
// Calls of functions that the server's runtime registers.
#pragma once

#include <string>
#include <string_view>

namespace nakama {

/// A call of a server function, and what it answered.
struct rpc {
    std::string id{}; ///< [1] the function's name, in any case; required
    std::string payload{}; ///< [2] what the function is given or returned, often JSON as text
    std::string http_key{}; ///< [3] the server's key for calls without a user; it wins over a session

    bool operator==(const rpc&) const = default;
};

/// A call of a server function, and what it answered.
struct rpc_request {
    std::string_view id{}; ///< [1] the function's name, in any case; required
    std::string_view payload{}; ///< [2] what the function is given or returned, often JSON as text
};

} // namespace nakama
