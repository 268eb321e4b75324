// The work of a measurement, done by the library.
#pragma once

#include "floor.hpp"
#include "measure.hpp"

#include <nakama/client.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>

namespace bench::library {

namespace asio = boost::asio;
using floor::destination;

/// get_account, in `lanes` coroutines that go on side by side, `calls` in each.
asio::awaitable<void> get_account(destination to, std::size_t lanes, std::size_t calls, meter& meter);

/// list_friends, one after the other; each answer has 100.
asio::awaitable<void> list_friends(destination to, std::size_t calls, meter& meter);

/// rpc over the socket, one after the other.
asio::awaitable<void> rpc(destination to, std::size_t calls, meter& meter);

/// Match data of `bytes` sent and received, `outstanding` at most on its way.
asio::awaitable<void> match_data(destination to, std::size_t bytes, std::size_t messages,
                                 std::size_t outstanding, meter& meter);

/// Frames of a game's loop: `burst` messages wait, one poll runs what is ready, and the stream is emptied.
void frames(destination to, std::size_t frames, meter& meter);

/// What all of it starts from.
nakama::client make_client(const asio::any_io_executor& executor, destination to,
                           std::size_t connections = 32, std::shared_ptr<nakama::observer> observer = {});
const nakama::session& anybody();

} // namespace bench::library
