// Users with open sockets, and what they wait for.
#pragma once

#include "test_server.hpp"

#include <nakama/deadline.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

namespace nakama::test {

/// A user with an open socket.
struct player {
    nakama::session session;
    nakama::socket socket;
};

inline asio::awaitable<player> enter(const test_server& server, const client& client,
                                     bool appear_online = false) {
    const auto device = server.unique("device");
    auto session = co_await client.authenticate_device({.id = device});
    auto socket = client.create_socket();
    co_await socket.connect(session, {.appear_online = appear_online});
    co_return player{std::move(session), std::move(socket)};
}

/// The next event, which has to come.
template <class Event>
asio::awaitable<Event> next(event_stream<Event>& stream) {
    auto event = co_await with_deadline(stream.next(), patience);
    if (!event) throw std::runtime_error{"the stream has ended"};
    co_return std::move(*event);
}

/// How the socket of a stream ends, once it does.
template <class Event>
asio::awaitable<close_info> ending(const player& who, event_stream<Event>& stream) {
    for (;;) {
        const auto event = co_await with_deadline(stream.next(), patience);
        if (!event) break;
    }
    co_return who.socket.last_close().value();
}

inline bool names(const std::vector<user_presence>& presences, const user_presence& wanted) {
    return std::any_of(presences.begin(), presences.end(), [&](const user_presence& presence) {
        return presence.session_id == wanted.session_id;
    });
}

} // namespace nakama::test
