#include "connection_pool.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace nakama::net {

/// Lives in the frame of the coroutine that waits.
struct connection_pool::waiting {
    waiting(connection_pool& in, const asio::any_io_executor& executor) : pool{in}, turn{executor} {
        place = pool.waiting_.insert(pool.waiting_.end(), this);
    }
    ~waiting() {
        if (place) {
            pool.waiting_.erase(*place);
            pool.tell();
        }
        // Its turn came in the very moment it gave up.
        else if (!is_taken)
            pool.pass_on(std::move(given));
    }
    waiting(const waiting&) = delete;
    waiting& operator=(const waiting&) = delete;

    connection_pool& pool;
    event turn;
    std::optional<std::list<waiting*>::iterator> place; // until its turn has come
    std::unique_ptr<http_connection> given;             // none to open one
    bool is_taken = false;
};

connection_pool::connection_pool(std::shared_ptr<dialer> dialer, const transport_limits& limits,
                                 std::shared_ptr<clock> clock, std::shared_ptr<observer> observer)
    : dialer_{std::move(dialer)}, limits_{limits}, clock_{std::move(clock)}, observer_{std::move(observer)} {
    // "For ever" has to stay within what a clock can tell.
    limits_.idle_time = std::min<std::chrono::seconds>(limits_.idle_time, std::chrono::years{100});
}

connection_pool::loan connection_pool::borrow_idle() {
    if (!waiting_.empty() || lent_ >= limits_.connections) return {};
    const std::size_t before = idle_.size();
    auto connection = take_idle();
    if (!connection) {
        if (before > 0) tell();
        return {};
    }
    ++lent_;
    tell();
    return lend(std::move(connection));
}

asio::awaitable<connection_pool::loan> connection_pool::borrow() {
    const auto self = shared_from_this();
    if (auto idle = borrow_idle(); idle.is_open()) co_return idle;
    std::unique_ptr<http_connection> connection;
    if (waiting_.empty() && lent_ < limits_.connections) {
        ++lent_;
        tell();
    } else {
        const auto executor = co_await asio::this_coro::executor;
        waiting me{*this, executor};
        tell();
        co_await me.turn.wait();
        me.is_taken = true;
        connection = std::move(me.given);
        if (connection && !connection->is_reusable()) {
            connection.reset();
            closed(1);
        }
    }
    co_return lend(std::move(connection));
}

/// A loan that has been counted.
connection_pool::loan connection_pool::lend(std::unique_ptr<http_connection> connection) {
    loan result{shared_from_this()};
    result.connection_ = std::move(connection);
    if (result.connection_ && observer_) {
        const auto watcher = observer_;
        watcher->on_connection_reuse(dialer_->host_and_port());
    }
    return result;
}

std::unique_ptr<http_connection> connection_pool::take_idle() {
    if (idle_.empty()) return nullptr;
    const auto now = clock_->now();
    std::size_t dead = 0;
    std::unique_ptr<http_connection> found;
    while (!found && !idle_.empty()) {
        auto last = std::move(idle_.back());
        idle_.pop_back();
        const auto age = now - last.since;
        if (age <= limits_.idle_time && last.connection->is_reusable()) found = std::move(last.connection);
        else ++dead;
    }
    closed(dead);
    return found;
}

/// Ends a loan.
void connection_pool::give_back(std::unique_ptr<http_connection> connection) noexcept {
    if (connection && (stopped_ || !connection->is_complete())) {
        connection.reset();
        closed(1);
    }
    pass_on(std::move(connection));
}

/// A loan goes to whoever has waited longest, with the connection or with the permission to open one.
void connection_pool::pass_on(std::unique_ptr<http_connection> connection) noexcept {
    if (!waiting_.empty()) {
        waiting& first = *waiting_.front();
        waiting_.pop_front();
        first.place.reset();
        first.given = std::move(connection);
        first.turn.set();
    } else {
        --lent_;
        if (connection && idle_.size() < limits_.idle_connections && !stopped_)
            idle_.push_back({std::move(connection), clock_->now()});
        else if (connection) {
            connection.reset();
            closed(1);
        }
    }
    tell();
}

void connection_pool::drop_idle() noexcept {
    const auto dropped = std::exchange(idle_, {});
    closed(dropped.size());
    tell();
}

void connection_pool::stop() noexcept {
    stopped_ = true;
    observer_.reset();
    idle_.clear();
}

void connection_pool::closed(std::size_t connections) noexcept {
    if (connections == 0 || !observer_) return;
    const auto watcher = observer_;
    for (; connections > 0 && observer_; --connections)
        watcher->on_connection_close(dialer_->host_and_port());
}

void connection_pool::tell() const noexcept {
    if (!observer_) return;
    const auto watcher = observer_;
    watcher->on_pool_change({.open = lent_ + idle_.size(), .idle = idle_.size(), .waiting = waiting_.size()});
}

asio::awaitable<void> connection_pool::loan::open() {
    const auto pool = pool_;
    if (connection_) {
        connection_.reset();
        pool->closed(1);
    }
    const auto began = pool->clock_->now();
    bool resumed = false;
    std::optional<error> failure;
    try {
        auto stream = co_await pool->dialer_->dial();
        resumed = stream->tls_resumed();
        connection_ = std::make_unique<http_connection>(std::move(stream), pool->limits_.response_bytes);
    } catch (const error& thrown) {
        failure = thrown;
    }
    if (const auto watcher = pool->observer_)
        watcher->on_connection_open({.host = pool->dialer_->host_and_port(),
                                     .tls = pool->dialer_->server().tls,
                                     .tls_resumed = resumed,
                                     .error = failure ? failure->code() : error_code{},
                                     .duration = pool->clock_->now() - began});
    if (failure) throw *failure;
}

void connection_pool::loan::end() noexcept {
    if (const auto pool = std::exchange(pool_, nullptr)) pool->give_back(std::move(connection_));
}

} // namespace nakama::net
