// A connection that bytes go through, whatever lies beneath.
#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>

namespace nakama::net {

namespace asio = boost::asio;
using boost::system::error_code;

/// A handler without an executor of its own.
struct direct_handler {
    asio::any_completion_handler<void(error_code, std::size_t)> done;

    using allocator_type = asio::associated_allocator_t<decltype(done)>;
    allocator_type get_allocator() const noexcept { return asio::get_associated_allocator(done); }
    using cancellation_slot_type = asio::associated_cancellation_slot_t<decltype(done)>;
    cancellation_slot_type get_cancellation_slot() const noexcept {
        return asio::get_associated_cancellation_slot(done);
    }
    void operator()(error_code failed, std::size_t bytes) { std::move(done)(failed, bytes); }
};

/// Asio's AsyncStream over a virtual call, so that what is built on it is compiled once for TCP and TLS
/// alike.
class stream {
public:
    using executor_type = asio::any_io_executor;
    using handler = asio::any_completion_handler<void(error_code, std::size_t)>;

    virtual ~stream() = default;

    virtual executor_type get_executor() = 0;

    template <class Token>
    auto async_read_some(asio::mutable_buffer buffer, Token&& token) {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto&& done, asio::mutable_buffer into) {
                start_read(into, std::forward<decltype(done)>(done));
            },
            token, buffer);
    }

    template <class Token>
    auto async_write_some(asio::const_buffer buffer, Token&& token) {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto&& done, asio::const_buffer from) {
                start_write(from, std::forward<decltype(done)>(done));
            },
            token, buffer);
    }

    /// The same for handlers that run wherever this runs, whatever their executor is. Asio takes memory to
    /// send a handler somewhere, even to where it is.
    virtual void read_here(asio::mutable_buffer into, handler done) = 0;
    virtual void write_here(asio::const_buffer from, handler done) = 0;

    /// Sends what can be sent without waiting and says how much that was. The rest is to be written
    /// asynchronously; that will tell why it was not all.
    virtual std::size_t write_now(asio::const_buffer) noexcept { return 0; }

    /// Whether an idle connection is still good: nothing has come, least of all its end.
    virtual bool is_idle() noexcept = 0;

    /// Whether it is a TLS connection that took up an earlier session.
    virtual bool tls_resumed() const noexcept { return false; }

    /// Gives back memory that is not in use.
    virtual void trim() noexcept {}

    /// Cuts the connection; reads and writes under way fail.
    virtual void close() noexcept = 0;

private:
    virtual void start_read(asio::mutable_buffer into, handler done) = 0;
    virtual void start_write(asio::const_buffer from, handler done) = 0;
};

/// Whether nothing is there to be read, not even the end.
bool is_idle(asio::ip::tcp::socket& socket) noexcept;

} // namespace nakama::net
