#include "scope.hpp"

#include <nakama/cancellation_source.hpp>

#include <boost/asio/this_coro.hpp>

#include <unordered_set>

namespace nakama {

struct cancellation_source::state {
    bool is_cancelled = false;
    std::unordered_set<call::scope*> running; // one each: they may have executors of their own
};

cancellation_source::cancellation_source() : shared_{std::make_shared<state>()} {}
cancellation_source::~cancellation_source() = default;
cancellation_source::cancellation_source(cancellation_source&&) noexcept = default;
cancellation_source& cancellation_source::operator=(cancellation_source&&) noexcept = default;

void cancellation_source::cancel() noexcept {
    shared_->is_cancelled = true;
    // A copy, since one that ends leaves the set.
    const auto running = shared_->running;
    for (call::scope* each : running) each->end_all(errc::cancelled);
}

bool cancellation_source::is_cancelled() const noexcept {
    return shared_->is_cancelled;
}

void cancellation_source::reset() noexcept {
    shared_->is_cancelled = false;
}

asio::awaitable<void> cancellation_source::run_any(std::shared_ptr<state> shared,
                                                   asio::awaitable<void> operation) {
    if (shared->is_cancelled) throw error{errc::cancelled, error_details{}};
    const auto executor = co_await asio::this_coro::executor;
    const auto scope = std::make_shared<call::scope>(real_clock(), executor);
    struct registration {
        registration(state& in, call::scope* what) : owner{in}, entry{what} { owner.running.insert(entry); }
        ~registration() { owner.running.erase(entry); }
        state& owner;
        call::scope* entry;
    };
    const registration registered{*shared, scope.get()};
    co_await scope->run(std::move(operation), clock::time_point::max());
}

} // namespace nakama
