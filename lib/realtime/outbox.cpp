#include "outbox.hpp"

#include <optional>
#include <utility>

namespace nakama::realtime {

/// A message that the queue has no room for; lives in the frame of the coroutine that sends it.
struct outbox::waiting {
    waiting(outbox& in, std::string text, bool* flag)
        : message{std::move(text)}, is_queued{flag}, done{in.executor_}, owner{in} {
        owner.waiting_.push_back(this);
    }
    ~waiting() { std::erase(owner.waiting_, this); }
    waiting(const waiting&) = delete;
    waiting& operator=(const waiting&) = delete;

    void fail(error reason) {
        if (done.is_set()) return; // queued in that very moment: it will be sent
        std::erase(owner.waiting_, this);
        failed = std::move(reason);
        done.set();
    }

    std::string message;
    bool* is_queued;
    net::event done; // queued, or failed
    std::optional<error> failed;
    outbox& owner;
};

outbox::outbox(const asio::any_io_executor& executor, std::size_t capacity, full_queue when_full,
               std::function<void()> wake)
    : ready{executor}, flushed{executor}, executor_{executor}, capacity_{capacity}, when_full_{when_full},
      wake_{std::move(wake)} {
    flushed.set();
}

asio::awaitable<void> outbox::put(std::string message, bool* is_queued, call::deadlines& deadlines,
                                  clock::time_point deadline) {
    if (has_room()) {
        put_first(std::move(message), is_queued);
        co_return;
    }
    if (!is_held_ && when_full_ == full_queue::fail)
        throw error{errc::overflow, std::to_string(capacity_) +
                                        " messages wait to be sent already: send less, or raise "
                                        "socket_config::max_queued_messages"};
    waiting sender{*this, std::move(message), is_queued};
    const call::deadlines::guard timeout{
        deadlines, deadline, [this, &sender] {
            sender.fail(error{errc::timed_out, is_held_ ? "while waiting for the socket to come back"
                                                        : "while waiting for room in the queue of messages"});
        }};
    co_await sender.done.wait();
    if (sender.failed) throw *sender.failed;
}

void outbox::put_first(std::string message, bool* is_queued) {
    enqueue(std::move(message), is_queued);
    wake_();
}

void outbox::enqueue(std::string message, bool* is_queued) {
    queued_.push_back(std::move(message));
    if (is_queued) *is_queued = true;
    flushed.reset();
}

void outbox::sent_first(std::size_t messages) {
    queued_.erase(queued_.begin(), queued_.begin() + static_cast<std::ptrdiff_t>(messages));
    admit();
    sent_all();
}

bool outbox::take(std::vector<std::string>& batch) {
    if (queued_.empty()) return false;
    ready.set(); // whoever is let in waits until the batch is on its way
    batch.swap(queued_);
    admit();
    return true;
}

void outbox::sent_all() {
    if (queued_.empty()) flushed.set();
}

/// Lets those in who have waited longest.
void outbox::admit() {
    while (!is_held_ && !waiting_.empty() && queued_.size() < capacity_) {
        waiting& first = *waiting_.front();
        waiting_.pop_front();
        enqueue(std::move(first.message), first.is_queued);
        first.done.set();
    }
}

void outbox::release() {
    is_held_ = false;
    admit();
    if (!queued_.empty()) wake_();
}

void outbox::drop() {
    queued_.clear();
    flushed.set();
}

void outbox::fail(const error& reason) {
    while (!waiting_.empty()) waiting_.front()->fail(reason);
}

} // namespace nakama::realtime
