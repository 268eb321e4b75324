// Why a connection ended, read from all that is known of its end.
#pragma once

#include <nakama/close_info.hpp>
#include <nakama/error.hpp>
#include <nakama/transport.hpp>

#include <optional>

namespace nakama::realtime {

/// What is known when a connection has ended.
struct ending {
    bool closed_here = false;       ///< close() was called
    std::optional<error> failure{}; ///< of reading
    websocket::closed frame{};
    std::optional<notification> notice{}; ///< the last one of codes -7 and -8
    bool was_held_up = false;             ///< we were not reading
};

[[nodiscard]] close_info why_ended(const ending& known);

/// close() was called.
[[nodiscard]] close_info closed_locally();

/// The heartbeat has found the server silent.
[[nodiscard]] close_info silent();

/// Why a connection could not be opened.
[[nodiscard]] close_info why_not_opened(const error& failure);

/// Whether dialling again may help, and is not against the server's wish.
[[nodiscard]] bool may_come_back(const close_info& why);

/// What a request fails with when its socket has ended.
[[nodiscard]] error closed_by(const close_info& why, bool maybe_sent);

} // namespace nakama::realtime
