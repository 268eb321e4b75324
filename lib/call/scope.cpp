#include "scope.hpp"

#include <boost/asio/co_spawn.hpp>

#include <utility>

namespace nakama::call {
namespace {

/// Receives an operation's end. Has a cancellation slot but, on purpose, no executor: for handlers that have
/// one Boost 1.81 posts the cancellation, which then may arrive when the operation and its slot are gone.
template <class Running>
struct completion {
    using cancellation_slot_type = asio::cancellation_slot;
    cancellation_slot_type get_cancellation_slot() const noexcept { return running->abort.slot(); }

    void operator()(std::exception_ptr thrown) {
        running->failure = std::move(thrown);
        running->finished.set();
    }

    std::shared_ptr<Running> running;
};

} // namespace

/// Shared with what refers to it, since an io_context destroys frames, slots and handlers in any order.
struct scope::running : entry {
    explicit running(const asio::any_io_executor& executor) : finished{executor} {}

    std::exception_ptr failure;
    net::event finished;
};

scope::scope(std::shared_ptr<clock> clock, const asio::any_io_executor& executor)
    : deadlines_{std::move(clock), executor} {}

void scope::entry::end(errc reason) {
    if (why) return;
    why = reason;
    abort.emit(asio::cancellation_type::terminal);
}

asio::awaitable<void> scope::run(asio::awaitable<void> operation, clock::time_point deadline) {
    if (stopped_) throw error{errc::closed, "it was stopped or destroyed before"};
    const auto self = shared_from_this();
    const auto executor = co_await asio::this_coro::executor;
    const auto state = co_await asio::this_coro::cancellation_state;

    const auto entry = std::make_shared<running>(executor);
    struct registration {
        registration(scope& in, running& what) : entry{what} { in.entries_.push_back(entry); }
        ~registration() { entry.unlink(); }
        running& entry;
    };
    {
        const registration registered{*self, *entry};
        const deadlines::guard timeout{self->deadlines_, deadline, [&entry] { entry->end(errc::timed_out); }};
        auto caller = state.slot();
        if (caller.is_connected())
            caller.assign([entry_ = std::weak_ptr{entry}](asio::cancellation_type) {
                if (const auto held = entry_.lock()) held->end(errc::cancelled);
            });
        asio::co_spawn(executor, std::move(operation), completion<running>{entry});
        co_await entry->finished.wait_uninterrupted();
        // Not in a destructor: when the context is destroyed the slot may have gone first.
        if (caller.is_connected()) caller.clear();
    }
    if (!entry->failure) co_return;
    if (entry->why) throw error{*entry->why, error_details{}};
    std::rethrow_exception(entry->failure);
}

scope::section::section(scope& in, clock::time_point deadline, asio::cancellation_slot caller)
    : timeout_{in.deadlines_, deadline, [this] { entry_.end(errc::timed_out); }}, caller_{caller} {
    in.entries_.push_back(entry_);
    if (!caller_.is_connected()) return;
    link_ = std::make_shared<entry*>(&entry_);
    caller_.assign([weak = std::weak_ptr{link_}](asio::cancellation_type) {
        if (const auto held = weak.lock()) (*held)->end(errc::cancelled);
    });
}

void scope::section::leave() noexcept {
    if (caller_.is_connected()) caller_.clear();
}

void scope::end_all(errc why) noexcept {
    // Those that end meanwhile leave, whichever list they are in.
    decltype(entries_) under_way;
    under_way.swap(entries_);
    while (!under_way.empty()) {
        entry& next = under_way.front();
        under_way.pop_front();
        entries_.push_back(next);
        next.end(why);
    }
}

void scope::stop() noexcept {
    stopped_ = true;
    end_all(errc::closed);
}

} // namespace nakama::call
