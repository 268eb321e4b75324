// How a socket finds out whether the other side is still there.
#pragma once

#include <nakama/config.hpp>

#include <chrono>

namespace nakama {

/// Whatever comes from the server is a sign of life. Where nothing comes for a while a ping goes out; where
/// nothing comes after that either, the connection is given up. The server handles one message at a time, so
/// while a request is under way within its own time limit its silence means nothing.
struct heartbeat_policy {
    /// Silence after which a ping goes out, up to twice as late. 0 switches the heartbeat off.
    std::chrono::milliseconds interval = std::chrono::seconds{5};
    /// Silence after the ping that means the end.
    std::chrono::milliseconds timeout = std::chrono::seconds{5};
};

} // namespace nakama
