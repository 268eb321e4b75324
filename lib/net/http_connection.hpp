// One HTTP/1.1 connection.
#pragma once

#include "answer_parser.hpp"
#include "handler_memory.hpp"
#include "stream.hpp"

#include <nakama/transport.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/prefer.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace nakama::net {

/// Sends a request and reads its answer, one after the other.
///
/// An exchange is one operation made of plain handlers in memory of its own, since coroutines for its steps
/// would cost more than the steps. The handler of whoever waits for it travels with the reads and writes and
/// so belongs to the io_context: if that is destroyed meanwhile, everything goes.
class http_connection {
public:
    http_connection(std::unique_ptr<stream> stream, std::size_t response_limit);
    http_connection(const http_connection&) = delete;
    http_connection& operator=(const http_connection&) = delete;

    /// The text of the next request as it goes over the wire: empty and to be filled, with the last one's
    /// room.
    std::string& request() noexcept {
        request_.clear();
        return request_;
    }

    /// Sends request() and completes with the answer, or with a nakama::error: connection_lost,
    /// malformed_answer, message_too_large. When `abort` is emitted, the connection is cut and it completes
    /// with boost::system::system_error of asio::error::operation_aborted; the slot has to be there until it
    /// has completed. The connection has to live until then and may be destroyed from there on.
    template <class Token>
    auto exchange(asio::cancellation_slot abort, Token&& token) {
        return asio::async_initiate<Token, void(std::exception_ptr, http_response)>(
            [this](auto&& done, asio::cancellation_slot slot) {
                using handler = std::decay_t<decltype(done)>;
                const asio::any_io_executor here = link_->below->get_executor();
                asio::any_io_executor wanted = asio::get_associated_executor(done, here);
                if (wanted == here) wanted = {};
                else wanted = asio::prefer(wanted, asio::execution::outstanding_work.tracked);
                start(slot, caller<handler>{std::forward<decltype(done)>(done), memory_, std::move(wanted)});
            },
            token, abort);
    }

    /// How far the last exchange has got.
    struct progress {
        bool sent = false;     ///< at least a byte of the request had left
        bool answered = false; ///< at least a byte of the answer had come
    };
    const progress& reached() const noexcept { return reached_; }

    /// Whether the last exchange was read to its end and the server means to keep the connection.
    bool is_complete() const noexcept { return complete_; }
    /// Whether another exchange may follow: besides, nothing has come since, such as the end.
    bool is_reusable() noexcept { return complete_ && link_->below->is_idle(); }

private:
    using completion = asio::any_completion_handler<void(std::exception_ptr, http_response)>;

    struct memories {
        handler_memory step, caller;
    };
    /// Whoever waits for the exchange, called wherever the stream completes if that is where it belongs.
    template <class Handler>
    struct caller {
        using allocator_type = handler_allocator<std::byte>;
        allocator_type get_allocator() const noexcept {
            return allocator_type{std::shared_ptr<handler_memory>{memory, &memory->caller}};
        }
        void operator()(std::exception_ptr failed, http_response answer) {
            if (!elsewhere) return std::move(done)(std::move(failed), std::move(answer));
            asio::dispatch(elsewhere, [to = std::move(done), why = std::move(failed),
                                       what = std::move(answer)]() mutable {
                std::move(to)(std::move(why), std::move(what));
            });
        }

        Handler done;
        std::shared_ptr<memories> memory;
        asio::any_io_executor elsewhere; // that it belongs to
    };
    /// The end of a read or write. `done` owns the connection, directly or not.
    template <void (http_connection::*Then)(completion, error_code, std::size_t)>
    struct step {
        using allocator_type = handler_allocator<std::byte>;
        allocator_type get_allocator() const noexcept {
            return allocator_type{std::shared_ptr<handler_memory>{self->memory_, &self->memory_->step}};
        }
        void operator()(error_code failed, std::size_t bytes) {
            (self->*Then)(std::move(done), failed, bytes);
        }

        http_connection* self;
        completion done;
    };

    void start(asio::cancellation_slot abort, completion done);
    void send(completion done);
    void went(completion done, error_code failed, std::size_t bytes);
    void receive(completion done);
    void came(completion done, error_code failed, std::size_t bytes);
    void end(completion done, std::exception_ptr failed);

    void expect_answer();
    bool take(error_code failed, std::size_t bytes);
    bool parse();
    void widen();
    void settle();

    /// What the slot's handler needs, which an io_context that is destroyed may leave behind.
    struct link {
        std::unique_ptr<stream> below;
        bool is_cut = false;
    };

    std::shared_ptr<link> link_;
    std::shared_ptr<memories> memory_ = std::make_shared<memories>();
    std::size_t response_limit_;
    bool complete_ = true;

    // Of the exchange under way.
    asio::cancellation_slot abort_;
    progress reached_;
    std::string request_;
    std::size_t sent_ = 0;
    http_response answer_;
    std::optional<answer_parser> parser_;
    std::unique_ptr<char[]> buffer_; // for what comes
    std::size_t room_ = 0;           // in it
    std::size_t filled_ = 0;         // of it
    std::size_t body_left_ = 0;      // that is read straight to where it belongs
};

} // namespace nakama::net
