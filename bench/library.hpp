// The work of a measurement, done by the library.
#pragma once

#include "floor.hpp"
#include "measure.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>

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

} // namespace bench::library
