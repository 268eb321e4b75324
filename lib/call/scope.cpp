#include "scope.hpp"

#include "net/event.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace nakama::call {
namespace {

/// Receives an operation's end. Has a cancellation slot but, on purpose, no executor: for handlers that have one
/// Boost 1.81 posts the cancellation, which then may arrive when the operation and its slot are gone.
struct completion {
    using cancellation_slot_type = asio::cancellation_slot;
    cancellation_slot_type get_cancellation_slot() const noexcept { return slot; }

    void operator()(std::exception_ptr thrown) {
        failure = std::move(thrown);
        finished.set();
    }

    asio::cancellation_slot slot;
    std::exception_ptr& failure;
    net::event& finished;
};

} // namespace

scope::scope(std::shared_ptr<clock> clock, const asio::any_io_executor& executor)
    : deadlines_{std::move(clock), executor} {}

void scope::running::end(errc reason) {
    if (why) return;
    why = reason;
    abort.emit(asio::cancellation_type::terminal);
}

asio::awaitable<void> scope::run(asio::awaitable<void> operation, clock::time_point deadline) {
    if (stopped_) throw error{errc::closed, "it was stopped or destroyed before"};
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
        asio::co_spawn(executor, std::move(operation), completion{entry.abort.slot(), failure, finished});
        co_await finished.wait_uninterrupted();
    }
    if (!failure) co_return;
    if (entry.why) throw error{*entry.why, error_details{}};
    std::rethrow_exception(failure);
}

void scope::end_all(errc why) noexcept {
    // None leaves from within, but a copy costs nothing.
    const auto under_way = running_;
    for (running* entry : under_way) entry->end(why);
}

void scope::stop() noexcept {
    stopped_ = true;
    end_all(errc::closed);
}

} // namespace nakama::call
