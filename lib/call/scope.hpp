// What is under way on behalf of one client or socket.
#pragma once

#include "deadlines.hpp"
#include "net/event.hpp"

#include <nakama/error.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <unordered_set>

namespace nakama::call {

/// Runs operations so that each ends by its deadline, by its caller's cancellation, or with the scope,
/// and says which of them it was. Shared by the operations it runs.
class scope : public std::enable_shared_from_this<scope> {
public:
    scope(std::shared_ptr<clock> clock, const asio::any_io_executor& executor);

    /// Completes as `operation` does. Throws nakama::error with timed_out, cancelled or closed if it was cut
    /// short; then its I/O has ended, since it is waited for. `operation` may refer to the caller's frame.
    asio::awaitable<void> run(asio::awaitable<void> operation, clock::time_point deadline);

    /// Ends everything under way with `why`.
    void end_all(errc why) noexcept;
    /// The same with errc::closed, and at once whatever is run later.
    void stop() noexcept;

    deadlines& pending_deadlines() noexcept { return deadlines_; }

private:
    struct running {
        explicit running(const asio::any_io_executor& executor) : finished{executor} {}
        void end(errc reason);

        asio::cancellation_signal abort;
        std::optional<errc> why; ///< what cut it short
        std::exception_ptr failure;
        net::event finished;
    };

    bool stopped_ = false;
    std::unordered_set<running*> running_;
    deadlines deadlines_;
};

} // namespace nakama::call
