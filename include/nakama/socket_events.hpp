// What a socket tells about itself.
#pragma once

#include <nakama/api/channels.hpp>
#include <nakama/api/matches.hpp>
#include <nakama/api/status.hpp>
#include <nakama/close_info.hpp>
#include <nakama/error.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nakama {

/// Where a socket stands.
enum class socket_phase : std::uint8_t {
    closed,     ///< not connected: not yet, or not any more
    connecting, ///< being connected, for the first time or again
    open,
    away,     ///< the connection was lost; the next attempt is being waited for
    resuming, ///< connected again, and taking up what there was
};

/// The phase's name, "resuming".
NAKAMA_API std::string_view to_string(socket_phase phase) noexcept;

/// A change of where a socket stands.
struct socket_state {
    socket_phase phase = socket_phase::closed;
    int attempt = 0;                   ///< of connecting since the connection was lost, counted from 1
    std::chrono::milliseconds delay{}; ///< when away: until the next attempt
    std::optional<close_info> why{};   ///< when away or closed: what ended the connection

    bool operator==(const socket_state&) const = default;
};

/// Something that could not be taken up again.
struct lost_state {
    /// "status", "status_follow", "channel", "match", "party", "matchmaker_ticket",
    /// "party_matchmaker_ticket", "channel_history" or "notifications"
    std::string kind{};
    std::string id{}; ///< as the server names it, empty for status
    error reason{};
};

/// What became of a socket that was away.
struct resume_report {
    std::chrono::milliseconds away{};       ///< how long it was
    int attempts = 0;                       ///< of connecting
    std::optional<nakama::status> status{}; ///< who is online now of those followed
    std::vector<channel> channels{};        ///< joined again, as they are now
    std::vector<match> matches{};       ///< joined again; who was alone in a named one is alone in a new one
    std::vector<std::string> parties{}; ///< ids of those that one is a member of again
    std::vector<std::string> asked{};   ///< ids of closed parties: to be let in by their leaders
    std::size_t missed_messages = 0;    ///< of channels, delivered now
    std::size_t missed_notifications = 0; ///< delivered now
    std::vector<lost_state> lost{};       ///< tickets of the matchmaker always are
};

/// A message of a kind that this version of the library does not know.
struct unknown_message {
    std::string kind{};
    std::string text{}; ///< the whole message, JSON

    bool operator==(const unknown_message&) const = default;
};

} // namespace nakama
