// Generated from gen/api by nakama-gen; not to be edited.
// The server itself.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace nakama {

/// A refusal by the server. The server's `Error`.
struct realtime_error {
    std::int32_t code{}; ///< [1] see `realtime_code`
    std::string message{}; ///< [2] for people; its wording may change with the server
    std::map<std::string, std::string> context{}; ///< [3] details by name, mostly empty

    bool operator==(const realtime_error&) const = default;
};

/// The answer to a ping.
struct pong {
    bool operator==(const pong&) const = default;
};

} // namespace nakama
