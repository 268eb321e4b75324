// The HTTP connections to one server, and who waits for one.
#pragma once

#include "dialer.hpp"
#include "event.hpp"
#include "http_connection.hpp"

#include <nakama/clock.hpp>
#include <nakama/observer.hpp>
#include <nakama/transport.hpp>

#include <boost/asio/awaitable.hpp>

#include <deque>
#include <list>
#include <memory>

namespace nakama::net {

/// Lends connections, one request each at a time. Never more are open than the limit says; who comes when all
/// are lent waits, and gets one in the order of coming.
class connection_pool : public std::enable_shared_from_this<connection_pool> {
public:
    connection_pool(std::shared_ptr<dialer> dialer, const transport_limits& limits,
                    std::shared_ptr<clock> clock, std::shared_ptr<observer> observer);

    /// A connection on loan, or only the permission to open one. Giving it back is letting it go; one that
    /// may serve again is kept.
    class loan {
    public:
        loan() = default;
        ~loan() { end(); }
        loan(loan&& other) noexcept
            : pool_{std::move(other.pool_)}, connection_{std::move(other.connection_)} {}
        loan& operator=(loan&&) = delete;

        http_connection* operator->() const noexcept { return connection_.get(); }
        http_connection& operator*() const noexcept { return *connection_; }
        bool is_open() const noexcept { return connection_ != nullptr; }
        connection_pool& pool() const noexcept { return *pool_; }

        /// Opens a new connection, in place of one that turned out to be dead. Throws as dialer::dial() does.
        asio::awaitable<void> open();

    private:
        friend class connection_pool;
        explicit loan(std::shared_ptr<connection_pool> pool) : pool_{std::move(pool)} {}
        void end() noexcept;

        std::shared_ptr<connection_pool> pool_;
        std::unique_ptr<http_connection> connection_;
    };

    /// An idle connection, or a loan of nothing if there is none or others wait.
    loan borrow_idle();

    /// Waits for its turn and completes with an idle connection or with the permission to open one.
    /// Cancelled, it throws boost::system::system_error with asio::error::operation_aborted.
    asio::awaitable<loan> borrow();

    /// Closes connections that have idled for longer than one that has just turned out to be dead.
    void drop_idle() noexcept;

    /// Closes what is idle and keeps nothing from now on; the observer hears no more.
    void stop() noexcept;

private:
    struct idle_connection {
        std::unique_ptr<http_connection> connection;
        clock::time_point since;
    };
    struct waiting;

    loan lend(std::unique_ptr<http_connection> connection);
    std::unique_ptr<http_connection> take_idle();
    void give_back(std::unique_ptr<http_connection> connection) noexcept;
    void pass_on(std::unique_ptr<http_connection> connection) noexcept;
    void closed(std::size_t connections) noexcept;
    void tell() const noexcept;

    std::shared_ptr<dialer> dialer_;
    transport_limits limits_;
    std::shared_ptr<clock> clock_;
    std::shared_ptr<observer> observer_;
    std::size_t lent_ = 0;             // loans, those that are being opened included
    std::deque<idle_connection> idle_; // the one used last comes last and is taken first
    std::list<waiting*> waiting_;      // in the order of coming
    bool stopped_ = false;
};

} // namespace nakama::net
