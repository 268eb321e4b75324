// How a measurement gets a hundred messages into the receive buffer of a socket that nobody reads meanwhile.
#pragma once

#include "measure.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <cstdint>

namespace bench {

/// A connection beside the WebSocket. On it bench-peer is asked for the burst, and tells when it is written,
/// so that the WebSocket need not be looked at to find out.
class burst_line {
public:
    explicit burst_line(std::uint16_t port);
    /// Returns when `burst` messages wait for the WebSocket that was opened last. Throws.
    void fill();

private:
    boost::asio::io_context io_{1};
    boost::asio::ip::tcp::socket line_{io_};
};

/// Measures `frame`, which takes in all that waits, `frames` times.
template <class Frame>
void measure_frames(std::size_t frames, burst_line& line, Frame frame, meter& meter) {
    for (int warming_up = 0; warming_up < 20; ++warming_up) {
        line.fill();
        frame();
    }
    meter.begin();
    for (std::size_t i = 0; i < frames; ++i) {
        meter.pause();
        line.fill();
        meter.resume();
        const auto start = bench::meter::clock::now();
        frame();
        meter.took(bench::meter::clock::now() - start);
    }
    meter.end(frames);
}

} // namespace bench
