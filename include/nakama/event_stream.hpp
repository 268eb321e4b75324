// A bounded, awaitable stream of what comes through a socket.
#pragma once

#include <nakama/config.hpp>

#include <boost/asio/awaitable.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace nakama {

namespace asio = boost::asio;

/// What happens to an event for which the stream has no room.
enum class overflow : std::uint8_t {
    drop_oldest, ///< room is made
    drop_newest, ///< the event itself is dropped
    wait,        ///< the socket reads nothing more until there is room: answers to requests wait as well
    fail,        ///< the stream ends with errc::overflow
};

struct stream_options {
    std::size_t capacity = 1024; ///< events kept; at least 1
    overflow when_full = overflow::drop_oldest;
};

namespace realtime {
template <class Event>
class stream_state;
class event_hub;

/// Types of events.
template <class... Event>
struct event_list {
    template <class T>
    static constexpr bool has = (std::same_as<T, Event> || ...);
};
} // namespace realtime

/// Receives events of one type from the moment it is made; made by socket::stream.
/// Destroying it ends it. One coroutine at a time may wait in it.
template <class Event>
class NAKAMA_API event_stream {
public:
    event_stream(event_stream&&) noexcept;
    event_stream& operator=(event_stream&&) noexcept;
    ~event_stream();

    /// The next event; nothing once the socket has ended and what came before is taken.
    /// Throws nakama::error with errc::overflow (see overflow::fail) or errc::cancelled; a cancelled wait
    /// loses no event.
    asio::awaitable<std::optional<Event>> next();

    /// The next event if there is one already.
    std::optional<Event> try_next();
    /// The same in exchange for another one's memory: a loop that hands in the same object again and again
    /// allocates nothing. False, and `into` as it was, if there is none.
    bool try_next(Event& into);

    std::size_t size() const noexcept;    ///< events that wait
    std::size_t dropped() const noexcept; ///< events lost for want of room

private:
    friend class realtime::event_hub;
    explicit event_stream(std::shared_ptr<realtime::stream_state<Event>> state) noexcept;

    std::shared_ptr<realtime::stream_state<Event>> state_;
};

} // namespace nakama
