// The same work in plain, tuned Beast: what a user would write by hand who wants nothing but speed. Requests
// are made once, buffers are kept, no timers run, nothing is decoded unless said so.
#pragma once

#include "measure.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace bench::floor {

namespace asio = boost::asio;

struct destination {
    std::uint16_t port{};
    bool tls{};
};

/// What is done with an answer's body.
enum class answers {
    counted, ///< its size is looked at
    parsed,  ///< Boost.JSON makes a document of it
};

/// `calls` GETs of `target` over each of `connections` connections, one after the other on each.
asio::awaitable<void> get(destination to, std::string target, std::size_t connections, std::size_t calls,
                          answers how, meter& meter);

/// Sends `message` and reads a message, `calls` times.
asio::awaitable<void> ask(destination to, std::string message, std::size_t calls, meter& meter);

/// Sends `message` frame by frame and reads as many messages, `outstanding` at most on their way.
asio::awaitable<void> exchange(destination to, std::string message, std::size_t messages,
                               std::size_t outstanding, meter& meter);

/// Frames of a game's loop: `burst` messages wait, and one poll reads them one after the other.
void frames(destination to, std::size_t frames, meter& meter);

} // namespace bench::floor
