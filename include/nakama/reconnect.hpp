// What a socket does when its connection is lost.
#pragma once

#include <nakama/config.hpp>
#include <nakama/retry.hpp>

#include <chrono>
#include <cstdint>
#include <limits>

namespace nakama {

/// Whether a socket dials again when its connection is lost, and what it takes up again. Off by default:
///
///     auto socket = client.create_socket({.reconnect = nakama::reconnects::always()});
///
/// It does not come back from what was meant: close(), another socket of the user, a ban, a disconnection by
/// the server's own code, a handshake refused with a status from 400 to 499 after the token was renewed.
/// `delays.repeat_if` decides otherwise: it is asked with operation "connect" and a failure whose close()
/// tells why.
struct reconnect_policy {
    /// How often and when: `retries` is how many connections in a row may fail, or last for less than
    /// `stable_after`; `budget` is how long the socket may be away.
    retry_policy delays = retries::none();

    /// A connection that has lasted so long starts the delays anew.
    std::chrono::milliseconds stable_after = std::chrono::seconds{10};

    /// What becomes of requests that are made meanwhile.
    enum class while_away : std::uint8_t {
        wait, ///< until the socket is back, or their time is up
        fail, ///< at once, with errc::closed
    };
    while_away requests = while_away::wait;

    /// Take up again: status and follows, channels, matches, parties. What has been lost is told as well.
    bool resume = true;

    /// Ask the server for persistent chat messages and notifications that were missed. They are delivered
    /// like those that come, before them and once. It costs a request for each channel that is joined, and
    /// one or more when the socket connects.
    bool catch_up = true;

    constexpr bool is_on() const noexcept { return delays.retries > 0; }
};

namespace reconnects {

constexpr reconnect_policy none() noexcept {
    return {};
}

/// With delays, attempts and limits of one's own.
constexpr reconnect_policy with(retry_policy delays) noexcept {
    return {.delays = delays};
}

/// Without end: at once after up to half a second, then more and more slowly, up to half a minute apart, at
/// random times so that not all come back at the same moment.
constexpr reconnect_policy always() noexcept {
    retry_policy delays = retries::jittered(
        retries::exponential(std::numeric_limits<int>::max(), std::chrono::milliseconds{500}));
    delays.cap = std::chrono::seconds{30};
    return with(delays);
}

} // namespace reconnects
} // namespace nakama
