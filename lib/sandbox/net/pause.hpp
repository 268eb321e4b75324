// Waiting that can be ended from outside.
#pragma once

#include <nakama/clock.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <utility>

namespace nakama::sandbox {

/// For one waiting coroutine at a time, which has to keep it alive.
class pause {
public:
    pause(asio::any_io_executor executor, std::shared_ptr<nakama::clock> clock);

    /// By the server's clock; false if it was ended.
    asio::awaitable<bool> wait(std::chrono::milliseconds span);
    /// Until it is ended.
    asio::awaitable<void> wait_for_end();

    /// Ends a wait under way and all to come.
    void end() noexcept;

private:
    std::shared_ptr<nakama::clock> clock_;
    std::unique_ptr<alarm> alarm_;
    asio::steady_timer over_; // never rings: cancelled when the wait is over
    bool ended_ = false;
};

} // namespace nakama::sandbox
