#include <nakama/poll_for.hpp>

namespace nakama {

std::size_t poll_for(asio::io_context& io, std::chrono::steady_clock::duration budget) {
    if (io.stopped()) io.restart();
    const auto end = std::chrono::steady_clock::now() + budget;
    std::size_t count = 0;
    while (io.poll_one() > 0) {
        ++count;
        if (std::chrono::steady_clock::now() >= end) break;
    }
    return count;
}

} // namespace nakama
