// The messages that wait to be sent.
#pragma once

#include "call/deadlines.hpp"
#include "net/event.hpp"

#include <nakama/error.hpp>
#include <nakama/socket.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <list>
#include <span>
#include <string>
#include <vector>

namespace nakama::realtime {

/// A bounded queue. Senders wait in their order while it is full or held.
class outbox {
public:
    /// `wake` is called when something has been queued, and may send it.
    outbox(const asio::any_io_executor& executor, std::size_t capacity, full_queue when_full,
           std::function<void()> wake);

    /// Completes when the message is queued. Throws nakama::error: timed_out, overflow, or what fail() says.
    /// Sets `is_queued`, if given, in that moment.
    asio::awaitable<void> put(std::string message, bool* is_queued, call::deadlines& deadlines,
                              clock::time_point deadline);
    /// Queues beyond the bound, and while the queue is held: for what the socket itself has to say.
    void put_first(std::string message, bool* is_queued = nullptr);

    /// Whether a message can be queued at once.
    bool has_room() const noexcept { return !is_held_ && waiting_.empty() && queued_.size() < capacity_; }

    /// What is queued.
    std::span<const std::string> queued() const noexcept { return queued_; }
    /// The first of what is queued are on their way: forgets them and lets senders in.
    void sent_first(std::size_t messages);

    /// Moves what is queued to `batch`, which is empty, and lets senders in; false if there is nothing.
    bool take(std::vector<std::string>& batch);
    /// Everything that was taken is on its way.
    void sent_all();

    /// Nothing but put_first() gets in until release().
    void hold() noexcept { is_held_ = true; }
    void release();
    /// Throws away what is queued: its connection has ended.
    void drop();
    /// Senders that wait get an error.
    void fail(const error& reason);

    net::event ready;   ///< set while there is something for the writer, which resets it
    net::event flushed; ///< set while nothing waits to be sent

private:
    struct waiting;
    void enqueue(std::string message, bool* is_queued);
    void admit();

    asio::any_io_executor executor_;
    std::size_t capacity_;
    full_queue when_full_;
    std::function<void()> wake_;
    bool is_held_ = false;
    std::vector<std::string> queued_;
    std::list<waiting*> waiting_; // a deque has half a KiB while it is empty
};

} // namespace nakama::realtime
