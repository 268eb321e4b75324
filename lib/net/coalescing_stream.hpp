// Gathers what is written and sends it in as few system calls as possible.
#pragma once

#include "stream.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace nakama::net {

/// What Beast's WebSocket stands on. Beast writes each message by itself; here a write only adds to a buffer
/// and completes at once, and the buffer is sent in the background, or when it is uncorked. Order is kept,
/// also that of the pongs which Beast writes between our messages.
class coalescing_stream {
public:
    using executor_type = stream::executor_type;

    explicit coalescing_stream(std::unique_ptr<stream> below)
        : sender_{std::make_shared<sender>(std::move(below))} {}

    executor_type get_executor() { return sender_->below->get_executor(); }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        asio::mutable_buffer first;
        for (const asio::mutable_buffer buffer : boost::beast::buffers_range_ref(buffers)) {
            first = buffer;
            if (first.size() > 0) break;
        }
        ++reads_;
        return sender_->below->async_read_some(first, std::forward<Token>(token));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        std::size_t added = 0;
        if (!sender_->failed) {
            for (const asio::const_buffer buffer : boost::beast::buffers_range_ref(buffers)) {
                sender_->gathered.append(static_cast<const char*>(buffer.data()), buffer.size());
                added += buffer.size();
            }
            sender_->send();
        }
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [](auto&& handler, const executor_type& executor, error_code failed, std::size_t size) {
                auto target = asio::get_associated_executor(handler, executor);
                asio::post(target, [handler = std::forward<decltype(handler)>(handler), failed,
                                    size]() mutable { std::move(handler)(failed, size); });
            },
            token, get_executor(), sender_->failed, added);
    }

    /// How often something was waited for. Another wait means that the one before has brought something.
    std::uint64_t reads() const noexcept { return reads_; }

    /// Until uncork(), writes are only gathered.
    void cork() noexcept { sender_->corked = true; }
    void uncork() {
        sender_->corked = false;
        sender_->send();
    }

    /// Lets go of what the handshake has needed.
    void release_memory() {
        sender_->gathered.shrink_to_fit();
        if (sender_->leaving.empty()) sender_->leaving.shrink_to_fit();
    }

    /// Why nothing more is sent, if that is so.
    error_code failure() const noexcept { return sender_->failed; }

    /// Calls `drained` whenever everything has been sent or sending has failed.
    template <class Function>
    void on_drained(Function drained) {
        sender_->drained = std::move(drained);
    }

    void close() noexcept {
        sender_->failed = asio::error::operation_aborted;
        if (const auto drained = std::exchange(sender_->drained, nullptr)) drained();
        sender_->below->close();
    }

private:
    struct sender : std::enable_shared_from_this<sender> {
        explicit sender(std::unique_ptr<stream> stream) : below{std::move(stream)} {}

        void send() {
            if (corked || !leaving.empty() || failed) return;
            if (gathered.empty()) {
                if (drained) drained();
                return;
            }
            leaving.swap(gathered);
            send_rest(0);
        }

        void send_rest(std::size_t sent) {
            below->async_write_some(asio::buffer(leaving) + sent,
                                    [self = shared_from_this(), sent](error_code error, std::size_t more) {
                                        self->wrote(error, sent + more);
                                    });
        }

        void wrote(error_code error, std::size_t sent) {
            if (error) {
                failed = error;
                leaving.clear();
                gathered.clear();
                if (drained) drained();
            } else if (sent < leaving.size()) {
                send_rest(sent);
            } else {
                leaving.clear();
                send();
            }
        }

        std::unique_ptr<stream> below;
        std::string gathered; // next to be sent
        std::string leaving;  // being sent
        error_code failed;
        bool corked = false;
        std::function<void()> drained;
    };

    std::shared_ptr<sender> sender_;
    std::uint64_t reads_ = 0;
};

/// Beast asks for this when the closing handshake is done.
template <class Handler>
void async_teardown(boost::beast::role_type, coalescing_stream& stream, Handler&& handler) {
    stream.close();
    asio::post(stream.get_executor(),
               [handler = std::forward<Handler>(handler)]() mutable { std::move(handler)(error_code{}); });
}

/// And for this when it gives up on the connection.
inline void beast_close_socket(coalescing_stream& stream) {
    stream.close();
}

inline void teardown(boost::beast::role_type, coalescing_stream& stream, error_code& error) {
    stream.close();
    error = {};
}

} // namespace nakama::net
