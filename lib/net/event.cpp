#include "event.hpp"

#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/query.hpp>

#include <mutex>
#include <vector>

namespace nakama::net {

/// All events of a context, for its end.
class events_of_context final : public asio::execution_context::service {
public:
    using key_type = events_of_context;
    static asio::execution_context::id id;

    explicit events_of_context(asio::execution_context& context) : service{context} {}

    static events_of_context& of(const asio::any_io_executor& executor) {
        return asio::use_service<events_of_context>(asio::query(executor, asio::execution::context));
    }

    // Strands of one context may run side by side.
    void add(event& one) {
        const std::lock_guard lock{mutex_};
        all_.push_back(one);
    }
    void remove(event& one) {
        const std::lock_guard lock{mutex_};
        all_.erase(all_.iterator_to(one));
    }

private:
    /// Destroys the handlers that wait, and with them events that they own. Nobody waits any more when the
    /// first of them goes, since what goes with it may set events.
    void shutdown() noexcept override {
        std::vector<event::handler> ended; // outlives the lock
        const std::lock_guard lock{mutex_};
        for (event& one : all_) {
            one.all_ = nullptr;
            for (; !one.waiting_.empty(); one.waiting_.pop_front())
                ended.push_back(std::exchange(one.waiting_.front().continuation, nullptr));
        }
        all_.clear();
    }

    std::mutex mutex_;
    boost::intrusive::list<event, boost::intrusive::constant_time_size<false>> all_;
};

asio::execution_context::id events_of_context::id;

event::event(const asio::any_io_executor& executor) : all_{&events_of_context::of(executor)} {
    all_->add(*this);
}

event::~event() {
    if (all_) all_->remove(*this);
}

void event::wake() {
    // Those that wait again meanwhile wait for the next time.
    waiters woken;
    woken.swap(waiting_);
    while (!woken.empty()) woken.front().resume({});
}

} // namespace nakama::net
