// Who comes to a party and who goes.
#pragma once

#include "players.hpp"

#include <string>

namespace nakama::test {

/// Skips what is told of others: who came before may be told of still.
inline asio::awaitable<void> see_join(event_stream<party_presence_event>& sees, user_presence who) {
    for (;;) {
        const auto event = co_await next(sees);
        if (names(event.joins, who)) co_return;
    }
}

inline asio::awaitable<void> see_leave(event_stream<party_presence_event>& sees, user_presence who) {
    for (;;) {
        const auto event = co_await next(sees);
        if (names(event.leaves, who)) co_return;
    }
}

/// Joins an open party and gives it as one is told of it.
inline asio::awaitable<party> join(player& who, std::string party_id) {
    auto told = who.socket.stream<party>();
    co_await who.socket.party_join({.party_id = party_id});
    co_return co_await next(told);
}

} // namespace nakama::test
