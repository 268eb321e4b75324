#include "scope.hpp"

#include "net/event.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace nakama::call {

scope::scope(std::shared_ptr<clock> clock, const asio::any_io_executor& executor)
    : deadlines_{std::move(clock), executor} {}

void scope::running::end(errc reason) {
    if (why) return;
    why = reason;
    abort.emit(asio::cancellation_type::terminal);
}

asio::awaitable<void> scope::run(asio::awaitable<void> operation, clock::time_point deadline) {
    if (stopped_) throw error{*stopped_, "it was stopped or destroyed before"};
    const auto self = shared_from_this();
    const auto executor = co_await asio::this_coro::executor;
    const auto state = co_await asio::this_coro::cancellation_state;

    running entry;
    struct registration {
        scope& owner;
        running& entry;
        asio::cancellation_slot caller;
        registration(scope& o, running& e, asio::cancellation_slot c) : owner{o}, entry{e}, caller{c} {
            owner.running_.insert(&entry);
            if (caller.is_connected())
                caller.assign([&entry_ = entry](asio::cancellation_type) { entry_.end(errc::cancelled); });
        }
        ~registration() {
            if (caller.is_connected()) caller.clear();
            owner.running_.erase(&entry);
        }
    };

    std::exception_ptr failure;
    {
        const registration registered{*self, entry, state.slot()};
        const deadlines::guard timeout{self->deadlines_, deadline, [&entry] { entry.end(errc::timed_out); }};
        net::event finished{executor};
        // Completed by a plain function, not by use_awaitable: for handlers that have an executor of their own
        // Boost 1.81 posts the cancellation, which then may come when the operation and its slot are gone.
        asio::co_spawn(executor, std::move(operation),
                       asio::bind_cancellation_slot(entry.abort.slot(), [&](std::exception_ptr thrown) {
                           failure = std::move(thrown);
                           finished.set();
                       }));
        co_await finished.wait_uninterrupted();
    }
    if (!failure) co_return;
    if (entry.why) throw error{*entry.why, error_details{}};
    std::rethrow_exception(failure);
}

void scope::stop(errc why) noexcept {
    if (stopped_) return;
    stopped_ = why;
    // Ending one may, in time, let others be entered or left; none of it from within, but a copy costs
    // nothing.
    const auto under_way = running_;
    for (running* entry : under_way) entry->end(why);
}

} // namespace nakama::call
