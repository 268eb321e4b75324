// What is under way on behalf of one client or socket.
#pragma once

#include "deadlines.hpp"
#include "net/event.hpp"

#include <nakama/error.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/intrusive/list.hpp>

#include <exception>
#include <memory>
#include <optional>

namespace nakama::call {

/// Runs operations so that each ends by its deadline, by its caller's cancellation, or with the scope,
/// and says which of them it was. Shared by the operations it runs.
class scope : public std::enable_shared_from_this<scope> {
    /// What may be cut short.
    class entry : public boost::intrusive::list_base_hook<
                      boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
    public:
        void end(errc reason);

        asio::cancellation_signal abort;
        std::optional<errc> why; ///< what cut it short
    };

public:
    scope(std::shared_ptr<clock> clock, const asio::any_io_executor& executor);

    /// Completes as `operation` does. Throws nakama::error with timed_out, cancelled or closed if it was cut
    /// short; then its I/O has ended, since it is waited for. `operation` may refer to the caller's frame.
    asio::awaitable<void> run(asio::awaitable<void> operation, clock::time_point deadline);

    /// The same for an operation that is ended by a slot, and awaited by whoever holds the section, who has
    /// to leave() it: it needs no coroutine of its own.
    class section {
    public:
        /// `caller` is the slot of the coroutine that waits. The scope must not have been stopped.
        section(scope& in, clock::time_point deadline, asio::cancellation_slot caller);

        asio::cancellation_slot slot() noexcept { return entry_.abort.slot(); }
        /// What cut it short.
        const std::optional<errc>& why() const noexcept { return entry_.why; }
        /// To be called when the operation has ended. Not left to the destructor: when the context is
        /// destroyed the caller's slot may have gone first.
        void leave() noexcept;

    private:
        entry entry_;
        deadlines::guard timeout_;
        asio::cancellation_slot caller_;
        std::shared_ptr<entry*> link_; // from the caller's slot
    };

    /// Ends everything under way with `why`.
    void end_all(errc why) noexcept;
    /// The same with errc::closed, and at once whatever is run later.
    void stop() noexcept;
    bool is_stopped() const noexcept { return stopped_; }

    deadlines& pending_deadlines() noexcept { return deadlines_; }

private:
    struct running;

    bool stopped_ = false;
    boost::intrusive::list<entry, boost::intrusive::constant_time_size<false>> entries_;
    deadlines deadlines_;
};

} // namespace nakama::call
