// Why a socket ended.
#pragma once

#include <nakama/config.hpp>

#include <cstdint>
#include <string>

namespace nakama {

/// The end of a socket. Nakama closes with code 1000 in almost every case, so the reason tells more than the
/// code.
struct close_info {
    enum class by : std::uint8_t {
        local,   ///< close() was called
        server,  ///< a close frame came
        network, ///< the connection broke without one
    };

    by initiator = by::local;
    std::uint16_t code = 0; ///< of the WebSocket close frame, 0 without one
    std::string reason{};   ///< the server's text, or what broke

    bool operator==(const close_info&) const = default;
};

} // namespace nakama
