// Real connections on a clock that jumps.
#pragma once

#include "spawned.hpp"

#include <nakama/clock.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <stdexcept>

namespace nakama::test {

/// Runs until `done`. The clock moves to its next alarm whenever nothing more is on its way over the
/// loopback. Throws if nothing is left that could happen, or what does happen leads nowhere.
template <class Done>
void run_until(asio::io_context& io, virtual_clock& time, Done done) {
    io.restart();
    // Generous, for a machine under load: reached only by a test that would go on for ever.
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    for (int idle = 0; !done();) {
        if (io.poll_one() > 0 || io.run_one_for(std::chrono::milliseconds{2}) > 0) {
            idle = 0;
            continue;
        }
        io.restart();
        if (std::chrono::steady_clock::now() > limit)
            throw std::logic_error{"what is waited for does not come"};
        if (time.advance_to_next()) idle = 0;
        else if (++idle > 500) throw std::logic_error{"nothing is left that could happen"};
    }
}

/// Starts an operation and runs until it has completed.
template <class T>
void finish(asio::io_context& io, virtual_clock& time, spawned<T>& call, asio::awaitable<T> operation) {
    call.start(io, std::move(operation));
    run_until(io, time, [&] { return call.completions > 0; });
}

} // namespace nakama::test
