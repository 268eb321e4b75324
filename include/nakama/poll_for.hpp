// One poll a frame, for games with a loop of their own.
#pragma once

#include <nakama/config.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>

namespace nakama {

namespace asio = boost::asio;

/// Runs what is ready, on this thread, until nothing is or `budget` has passed, and never waits. What is left
/// runs in the next frame. A single handler is not cut short: a budget is kept as well as the handlers are
/// short. Returns how many were run. Nothing has to be restarted between the frames.
NAKAMA_API std::size_t poll_for(asio::io_context& io, std::chrono::steady_clock::duration budget);

} // namespace nakama
