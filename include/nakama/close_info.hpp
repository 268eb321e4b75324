// Why a socket ended.
#pragma once

#include <nakama/api/notifications.hpp>
#include <nakama/config.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nakama {

/// What ended a socket. Nakama closes with code 1000 in almost every case, so this is read from the reason,
/// from the notification that came before, and from what we were doing.
enum class close_cause : std::uint8_t {
    closed_here,     ///< close() was called
    another_socket,  ///< the user opened another one, and the server allows one (notification -7)
    banned,          ///< the user was banned (notification -8)
    disconnected,    ///< the server's own code ended it, or the account was deleted
    malformed,       ///< the server could not read what we sent; a newer field on an older server does that
    unprocessable,   ///< the server does not serve a kind of message that we sent
    too_large,       ///< a message was above the limit of the side that received it
    slow_reader,     ///< we did not read as fast as the server sent
    silence,         ///< the server gave no sign of life and did not answer our ping
    missed_pong,     ///< the server did not get our answers to its pings
    bad_frames,      ///< what came from the server is not WebSocket
    tls,             ///< TLS failed
    refused,         ///< the handshake was answered with http_status
    session_expired, ///< no token that the server would take could be had
    unreachable,     ///< no connection could be opened
    broken,          ///< the connection ended without a word
    other,           ///< the server closed, for the reason it gave
};

/// The cause's name, "another_socket"; "other" for numbers that are none.
NAKAMA_API std::string_view to_string(close_cause cause) noexcept;

/// The end of a socket.
struct close_info {
    enum class by : std::uint8_t {
        local,   ///< close() was called
        server,  ///< a close frame came
        network, ///< the connection broke, or was given up, without one
    };

    by initiator = by::local;
    std::uint16_t code = 0; ///< of the WebSocket close frame, 1005 if it has none; 0 without a frame
    std::string reason{};   ///< the server's text, or what broke
    close_cause cause = close_cause::other;
    int http_status = 0;                  ///< of a refused handshake, 0 otherwise
    std::optional<notification> notice{}; ///< what the server said of it just before: codes -7 and -8

    bool operator==(const close_info&) const = default;
};

} // namespace nakama
