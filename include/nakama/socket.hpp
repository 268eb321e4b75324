// The realtime socket: chat, matchmaking, matches, presence.
#pragma once

#include <nakama/api/realtime_operations.hpp>
#include <nakama/close_info.hpp>
#include <nakama/heartbeat.hpp>
#include <nakama/joined_channel.hpp>
#include <nakama/joined_match.hpp>
#include <nakama/joined_party.hpp>
#include <nakama/reconnect.hpp>
#include <nakama/round_trip_times.hpp>
#include <nakama/session.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>

namespace nakama {

/// What becomes of a message for which the queue of those to be sent has no room.
enum class full_queue : std::uint8_t {
    wait, ///< its sender waits, within the request's time
    fail, ///< errc::overflow
};

/// How a socket behaves. The size of messages from the server is bounded by
/// client_config::limits.message_bytes.
struct socket_config {
    std::chrono::milliseconds timeout = std::chrono::seconds{10}; ///< of connecting and of every request
    std::size_t max_message_bytes =
        4096; ///< of what is sent; the server's default, it closes above its limit
    std::size_t max_queued_messages = 1024; ///< waiting to be sent
    full_queue when_queue_full = full_queue::wait;
    heartbeat_policy heartbeat{};
    reconnect_policy reconnect = reconnects::none();
    /// Of nesting in messages from the server, 8 to 1000; deeper ones are not understood.
    std::size_t max_depth = 32;
    /// From the server. Above it the socket reads no faster, and the server, if it goes on, ends it as a slow
    /// reader. 0 is no bound.
    std::size_t max_messages_per_second = 100'000;
};

/// What may be said when connecting.
struct connect_options {
    bool appear_online = false;   ///< let followers see the user as online
    std::string_view lang = "en"; ///< BCP 47 tag, for messages the server translates
    /// Send the token in the URL, for proxies that drop headers. Logs on the way will have it.
    bool token_in_query = false;
    std::optional<std::chrono::milliseconds> timeout{};
};

static_assert(std::is_trivially_copyable_v<connect_options> &&
                  std::is_trivially_destructible_v<connect_options>,
              "a temporary of it inside a co_await expression must be safe on every compiler");

/// A movable handle, made by client::create_socket; can be connected once more after it has ended.
///
/// With a reconnect policy a lost connection is not the end: the socket dials again, takes up what it had,
/// and tells by on_state and on_resumed. Streams and listeners go on.
///
/// Destroying it cuts the connection: requests that coroutines still wait for end with errc::closed, streams
/// end, listeners are not called any more, wherever it is done, also inside of a listener. To be used from
/// the client's executor.
class NAKAMA_API socket : public realtime_operations {
public:
    ~socket();
    socket(socket&&) noexcept;
    socket& operator=(socket&&) noexcept;

    /// Opens the connection. Throws nakama::error: resolve_failed, connect_failed, tls_failed,
    /// connection_lost, upgrade_refused (with http_status(), 401 for a token that the server does not
    /// accept), timed_out, cancelled.
    asio::awaitable<void> connect(const session& session, connect_options options = {});

    /// Closes the connection: what is queued is sent, the other side is told, its answer awaited up to the
    /// configured timeout. Does nothing if the socket is not connected.
    asio::awaitable<void> close();

    bool is_connected() const noexcept;

    /// Where the socket stands. Its changes come as events (on_state, stream<socket_state>).
    socket_state state() const;

    /// How long pings took to be answered, since the socket was made.
    round_trip_times round_trips() const;

    /// Why the socket ended the last time; nothing before that.
    std::optional<nakama::close_info> last_close() const;

    /// Joins a match, from whose data and presences nothing is lost: what comes before the answer is kept.
    asio::awaitable<joined_match> join_match(const match_join_request& request, stream_options events = {},
                                             call_options options = {}) const;
    /// Creates a relayed match, or joins the one that has the name already.
    asio::awaitable<joined_match> create_match(const match_create_request& request = {},
                                               stream_options events = {}, call_options options = {}) const;

    /// Joins a chat channel.
    asio::awaitable<joined_channel> join_channel(const channel_join_request& request,
                                                 stream_options events = {}, call_options options = {}) const;

    /// Joins a party: completes when one is a member. A closed one is asked for, and its leader may take any
    /// time, so give a time limit that fits; the wish stays when the time is up.
    asio::awaitable<joined_party> join_party(const party_join_request& request, stream_options events = {},
                                             call_options options = {}) const;
    asio::awaitable<joined_party> create_party(const party_create_request& request = {},
                                               stream_options events = {}, call_options options = {}) const;

    /// Called when the socket has ended, whoever ended it, but not on destruction, nor when it comes back by
    /// itself.
    listener on_close(std::function<void(const nakama::close_info&)> call) const;

private:
    friend class client;
    explicit socket(std::shared_ptr<realtime::connection> connection) noexcept;
};

} // namespace nakama
