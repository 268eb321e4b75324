// Something that coroutines wait for and others make happen.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <utility>

namespace nakama::net {

namespace asio = boost::asio;

/// Once set, every present and later wait completes, until it is reset.
///
/// A timer that never expires holds the waiting coroutine. Holding its handler ourselves would tie a knot:
/// the handler owns the coroutine, whose frame often owns the event, and an io_context that is destroyed
/// meanwhile could not untie it. A timer's handler belongs to the io_context.
class event {
public:
    explicit event(const asio::any_io_executor& executor)
        : timer_{executor, asio::steady_timer::time_point::max()} {}

    void set() {
        if (std::exchange(set_, true)) return;
        timer_.cancel();
    }
    void reset() { set_ = false; }
    bool is_set() const noexcept { return set_; }

    /// Cancelled, it throws boost::system::system_error with asio::error::operation_aborted.
    /// The event must outlive the wait.
    asio::awaitable<void> wait() {
        while (!set_) {
            // Deferred, since use_awaitable would make a coroutine of it.
            co_await timer_.async_wait(asio::as_tuple(asio::deferred));
            const auto state = co_await asio::this_coro::cancellation_state;
            if (!set_ && state.cancelled() != asio::cancellation_type::none)
                throw boost::system::system_error{asio::error::operation_aborted};
        }
    }

    /// Completes when the event is set, whatever becomes of the waiting coroutine. It leaves the coroutine's
    /// cancellation slot free for a handler of the caller's own.
    asio::awaitable<void> wait_uninterrupted() {
        while (!set_) {
            boost::system::error_code error;
            co_await timer_.async_wait(asio::bind_cancellation_slot(
                asio::cancellation_slot{}, asio::redirect_error(asio::use_awaitable, error)));
        }
    }

private:
    asio::steady_timer timer_;
    bool set_ = false;
};

} // namespace nakama::net
