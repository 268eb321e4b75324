#include "closing.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace nakama::realtime {
namespace {

constexpr std::int32_t single_socket = -7, banned = -8;
constexpr std::uint16_t protocol_error = 1002, too_big = 1009;

/// Texts of the server's close frames, recorded and from its source.
struct known_reason {
    std::string_view text;
    close_cause cause;
};
constexpr std::array known_reasons{
    known_reason{"server-side session disconnect", close_cause::disconnected},
    known_reason{"received malformed payload", close_cause::malformed},
    known_reason{"received unexpected WebSocket message type", close_cause::malformed},
    known_reason{"error processing message", close_cause::unprocessable},
    known_reason{"session outgoing queue full", close_cause::slow_reader},
    known_reason{"i/o timeout", close_cause::missed_pong},
};

close_cause cause_of(const websocket::closed& frame) {
    if (frame.code == too_big) return close_cause::too_large;
    if (frame.code == protocol_error) return close_cause::malformed;
    for (const auto& known : known_reasons)
        if (frame.reason.find(known.text) != std::string::npos) return known.cause;
    return close_cause::other;
}

/// Of a connection that broke.
close_cause cause_of(const ending& known) {
    if (known.failure) {
        const auto code = known.failure->code();
        if (code == errc::message_too_large) return close_cause::too_large;
        if (code == errc::tls_failed) return close_cause::tls;
        if (code == errc::malformed_answer) return close_cause::bad_frames;
    }
    // The server drops slow readers without a word.
    return known.was_held_up ? close_cause::slow_reader : close_cause::broken;
}

} // namespace

close_info why_ended(const ending& known) {
    close_info why{.initiator = known.frame.by_peer ? close_info::by::server : close_info::by::network,
                   .code = known.frame.code,
                   .reason = known.frame.reason,
                   .cause = known.frame.by_peer ? cause_of(known.frame) : cause_of(known)};
    if (!known.frame.by_peer && known.failure) why.reason = known.failure->message();
    if (known.notice && why.cause != close_cause::too_large) {
        if (known.notice->code == single_socket) why.cause = close_cause::another_socket;
        if (known.notice->code == banned) why.cause = close_cause::banned;
        why.notice = known.notice;
    }
    if (known.closed_here) {
        why.initiator = close_info::by::local;
        why.cause = close_cause::closed_here;
    }
    return why;
}

close_info closed_locally() {
    return {.initiator = close_info::by::local, .cause = close_cause::closed_here};
}

close_info silent() {
    return {.initiator = close_info::by::network,
            .reason = "nothing came from the server, not even an answer to a ping",
            .cause = close_cause::silence};
}

close_info why_not_opened(const error& failure) {
    close_info why{.initiator = close_info::by::network,
                   .reason = failure.what(),
                   .cause = close_cause::unreachable,
                   .http_status = failure.http_status()};
    if (failure.code() == errc::upgrade_refused) why.cause = close_cause::refused;
    else if (failure.code() == errc::session_expired) why.cause = close_cause::session_expired;
    else if (failure.code() == errc::tls_failed) why.cause = close_cause::tls;
    return why;
}

bool may_come_back(const close_info& why) {
    switch (why.cause) {
    case close_cause::closed_here:
    case close_cause::another_socket:
    case close_cause::banned:
    case close_cause::disconnected:
    case close_cause::session_expired:
        return false;
    case close_cause::refused: {
        constexpr std::array passing{408, 425, 429};
        return why.http_status < 400 || why.http_status >= 500 ||
               std::ranges::find(passing, why.http_status) != passing.end();
    }
    default:
        return true;
    }
}

error closed_by(const close_info& why, bool maybe_sent) {
    error_details details{.maybe_sent = maybe_sent, .close = std::make_shared<const close_info>(why)};
    details.message = why.reason.empty() ? "the socket was closed" : why.reason;
    // Where the reason does not say it.
    constexpr std::array unsaid{close_cause::another_socket, close_cause::banned, close_cause::slow_reader,
                                close_cause::too_large};
    if (std::ranges::find(unsaid, why.cause) != unsaid.end())
        details.message += " (" + std::string{to_string(why.cause)} + ')';
    return error{errc::closed, std::move(details)};
}

} // namespace nakama::realtime
