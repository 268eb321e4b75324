// Something that coroutines wait for and others make happen.
#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/recycling_allocator.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>
#include <boost/system/system_error.hpp>

#include <utility>

namespace nakama::net {

namespace asio = boost::asio;

class events_of_context;

/// Once set, every present and later wait completes, until it is reset.
///
/// It holds the handlers that wait, and with them coroutines whose frames often own the event. The io_context
/// knows all its events and unties that knot when it is destroyed. (A timer that never expires would do as
/// well, but thousands of these make Asio's queue of timers slow for those that do expire.)
class event : public boost::intrusive::list_base_hook<> {
    friend class events_of_context;
    using error_code = boost::system::error_code;
    using handler = asio::any_completion_handler<void(error_code)>;

    struct canceller;
    struct waiter
        : boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
        waiter() = default;
        ~waiter() {
            if (cancelling) cancelling->of = nullptr;
        }
        waiter(const waiter&) = delete;
        waiter& operator=(const waiter&) = delete;

        /// Lets it go on, but not before whoever makes that happen has returned.
        void resume(error_code why) {
            unlink();
            std::exchange(continuation, nullptr)(why);
        }
        handler continuation; ///< until it is resumed
        canceller* cancelling = nullptr;
    };
    /// Lies in the slot, which may outlive the waiting coroutine when an io_context is destroyed.
    struct canceller {
        explicit canceller(waiter& what) : of{&what} { of->cancelling = this; }
        ~canceller() {
            if (of) of->cancelling = nullptr;
        }
        canceller(const canceller&) = delete;
        canceller& operator=(const canceller&) = delete;

        void operator()(asio::cancellation_type) {
            if (of && of->continuation) of->resume(asio::error::operation_aborted);
        }
        waiter* of;
    };
    using waiters = boost::intrusive::list<waiter, boost::intrusive::constant_time_size<false>>;

    /// Goes on where the handler belongs.
    template <class Handler>
    struct posted {
        using allocator_type = asio::associated_allocator_t<Handler, asio::recycling_allocator<void>>;
        allocator_type get_allocator() const noexcept {
            return asio::get_associated_allocator(wrapped, asio::recycling_allocator<void>{});
        }
        void operator()(error_code why) {
            const auto executor = asio::get_associated_executor(wrapped);
            // What has an executor itself would be sent there a second time.
            asio::post(executor, [on = std::move(wrapped), why]() mutable { std::move(on)(why); });
        }

        Handler wrapped;
    };

    template <class Token>
    auto suspend(waiter& here, Token token) {
        return asio::async_initiate<Token, void(error_code)>(
            [this, &here](auto&& wrapped) {
                using wrapped_type = std::decay_t<decltype(wrapped)>;
                auto slot = asio::get_associated_cancellation_slot(wrapped);
                // Not by assignment, which never ends in Boost 1.81.
                handler{posted<wrapped_type>{std::forward<decltype(wrapped)>(wrapped)}}.swap(
                    here.continuation);
                waiting_.push_back(here);
                if (slot.is_connected()) slot.template emplace<canceller>(here);
            },
            token);
    }

public:
    explicit event(const asio::any_io_executor& executor);
    ~event();
    event(const event&) = delete;
    event& operator=(const event&) = delete;

    void set() {
        if (!std::exchange(set_, true) && !waiting_.empty()) wake();
    }
    void reset() { set_ = false; }
    bool is_set() const noexcept { return set_; }

    /// Cancelled, it throws boost::system::system_error with asio::error::operation_aborted.
    /// The event must outlive the wait.
    asio::awaitable<void> wait() {
        while (!set_) {
            waiter here;
            // Deferred, since use_awaitable would make a coroutine of it.
            co_await suspend(here, asio::as_tuple(asio::deferred));
            const auto state = co_await asio::this_coro::cancellation_state;
            if (!set_ && state.cancelled() != asio::cancellation_type::none)
                throw boost::system::system_error{asio::error::operation_aborted};
        }
    }

    /// Completes when the event is set, whatever becomes of the waiting coroutine. It leaves the coroutine's
    /// cancellation slot free for a handler of the caller's own.
    asio::awaitable<void> wait_uninterrupted() {
        while (!set_) {
            waiter here;
            boost::system::error_code error;
            co_await suspend(here,
                             asio::bind_cancellation_slot(asio::cancellation_slot{},
                                                          asio::redirect_error(asio::use_awaitable, error)));
        }
    }

private:
    void wake();

    events_of_context* all_; ///< null when the context has gone
    waiters waiting_;
    bool set_ = false;
};

} // namespace nakama::net
