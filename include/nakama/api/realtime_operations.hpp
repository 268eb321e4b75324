// The requests and events of the realtime socket.
#pragma once

#include <nakama/api/realtime.hpp>
#include <nakama/call_options.hpp>
#include <nakama/event_stream.hpp>

#include <boost/asio/awaitable.hpp>

#include <concepts>
#include <functional>
#include <memory>

namespace nakama {

namespace asio = boost::asio;

namespace realtime {
class connection;
} // namespace realtime

/// The events that a socket can be listened to for.
template <class T>
concept realtime_event = std::same_as<T, channel_message> || std::same_as<T, channel_presence_event> ||
                         std::same_as<T, match_data> || std::same_as<T, match_presence_event> ||
                         std::same_as<T, matchmaker_matched> || std::same_as<T, notifications> ||
                         std::same_as<T, status_presence_event> || std::same_as<T, realtime_error>;

/// Takes a listener off again. Letting it go does nothing: the listener stays as long as its socket.
class NAKAMA_API listener {
public:
    listener() = default;
    explicit listener(std::function<void()> remove) : remove_{std::move(remove)} {}

    /// The listener is not called any more. Does nothing the second time or after the socket's end.
    void remove() {
        if (auto remove = std::exchange(remove_, nullptr)) remove();
    }

private:
    std::function<void()> remove_;
};

/// Every request encodes its message before it returns, so what it refers to may end then; the message is
/// sent when the awaitable is awaited. Each throws nakama::error: a realtime_code if the server refuses,
/// errc::closed if the socket is not connected or ends meanwhile, errc::timed_out, errc::cancelled.
///
/// Listeners are called on the socket's executor, in the order they were added, before streams get the event.
/// What one throws leaves io_context::run, as from any handler of Asio; the socket goes on.
/// An answer goes to its caller alone, never to listeners and streams.
class NAKAMA_API realtime_operations {
public:
    /// Joins a chat channel.
    asio::awaitable<channel> channel_join(const channel_join_request& request,
                                          call_options options = {}) const;
    /// Leaves a chat channel; leaving twice is fine.
    asio::awaitable<void> channel_leave(const channel_leave_request& request,
                                        call_options options = {}) const;
    /// Sends a message to a joined channel. The sender gets it as an event too, before this completes.
    asio::awaitable<channel_message_ack> channel_message_send(const channel_message_send_request& request,
                                                              call_options options = {}) const;

    /// Creates a relayed match, or joins the one that has the name already.
    asio::awaitable<match> match_create(const match_create_request& request = {},
                                        call_options options = {}) const;
    /// Joins a match by id or by the matchmaker's token.
    asio::awaitable<match> match_join(const match_join_request& request, call_options options = {}) const;
    /// Leaves a match.
    asio::awaitable<void> match_leave(const match_leave_request& request, call_options options = {}) const;
    /// Sends data through a match. Completes when the data is queued for sending, since the server does not
    /// acknowledge it; waits while the queue is full.
    asio::awaitable<void> match_data_send(const match_data_send_request& request,
                                          call_options options = {}) const;

    /// Asks for a match; matchmaker_matched comes as an event later.
    asio::awaitable<matchmaker_ticket> matchmaker_add(const matchmaker_add_request& request,
                                                      call_options options = {}) const;
    /// Withdraws a ticket.
    asio::awaitable<void> matchmaker_remove(const matchmaker_remove_request& request,
                                            call_options options = {}) const;

    listener on_channel_message(std::function<void(const channel_message&)> call) const;
    listener on_channel_presence_event(std::function<void(const channel_presence_event&)> call) const;
    listener on_match_data(std::function<void(const match_data&)> call) const;
    listener on_match_presence_event(std::function<void(const match_presence_event&)> call) const;
    listener on_matchmaker_matched(std::function<void(const matchmaker_matched&)> call) const;
    listener on_notifications(std::function<void(const notifications&)> call) const;
    listener on_status_presence_event(std::function<void(const status_presence_event&)> call) const;
    /// Refusals that belong to no request, such as those of match data.
    listener on_error(std::function<void(const realtime_error&)> call) const;

    /// A stream of events of one type, `stream<match_data>()`, which keeps what comes from now on.
    template <realtime_event Event>
    event_stream<Event> stream(stream_options options = {}) const {
        return open_stream<Event>(options);
    }

protected:
    explicit realtime_operations(std::shared_ptr<realtime::connection> connection) noexcept;
    ~realtime_operations();
    realtime_operations(realtime_operations&&) noexcept;
    realtime_operations& operator=(realtime_operations&&) noexcept;

    /// Throws nakama::error with errc::invalid_argument if the socket has been moved from.
    realtime::connection& connected() const;

    std::shared_ptr<realtime::connection> connection_;

private:
    // Without the constraint, since compilers disagree on how that shows in a symbol's name.
    template <class Event>
    event_stream<Event> open_stream(stream_options options) const;
};

} // namespace nakama
