// Waiting for what two ends of a loopback connection do, within bounds.
#pragma once

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <stdexcept>
#include <string>

namespace nakama::test {

namespace asio = boost::asio;

/// A flow cannot go on: something did not happen.
class flow_stuck : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Runs until `done`. Throws flow_stuck, naming what was awaited, after what is ages on a loopback.
template <class Done>
void await(asio::io_context& io, const std::string& what, Done done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    while (!done()) {
        if (io.stopped()) io.restart();
        io.run_one_until(end);
        if (!done() && std::chrono::steady_clock::now() >= end)
            throw flow_stuck{"five seconds went by without " + what};
    }
}

} // namespace nakama::test
