// The server's end of one connection: does what it is told, byte by byte, and keeps what it hears.
#pragma once

#include "sandbox/socket/frames.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace nakama::test {

namespace asio = boost::asio;

inline std::string described(const sandbox::incoming& frame) {
    static constexpr std::array names{"text", "binary", "ping", "pong", "close", "violation", "too large"};
    return std::string{names.at(static_cast<std::size_t>(frame.what))} + " \"" + frame.payload + '"';
}

class flow_line : public std::enable_shared_from_this<flow_line> {
public:
    explicit flow_line(asio::ip::tcp::socket socket) : socket_{std::move(socket)} {
        boost::system::error_code ignored;
        socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
    }

    /// Reads from now on, to the client's end of the connection.
    void listen() {
        socket_.async_read_some(asio::buffer(chunk_), [self = shared_from_this()](auto failed, auto size) {
            if (failed) {
                self->is_ended_ = true;
                return;
            }
            self->take({self->chunk_.data(), size});
            self->listen();
        });
    }

    /// The client's handshake, once it is there; empty before.
    const std::string& request() const { return request_; }

    /// What came after the handshake, frame by frame; the reader takes from its front.
    std::deque<sandbox::incoming> heard;

    /// Whether the client's side of the connection is over.
    bool is_ended() const { return is_ended_; }

    void write(std::string_view bytes) {
        waiting_ += bytes;
        if (leaving_.empty()) send();
    }
    void write_frame(sandbox::opcode kind, std::string_view payload) {
        std::string frame;
        sandbox::append_frame(frame, kind, payload);
        write(frame);
    }

    /// Ends the server's side once all is written; the client may go on.
    void finish() { end_by(&flow_line::shut); }
    /// Cuts the connection so that the client sees a reset, once all is written.
    void reset() { end_by(&flow_line::cut); }

    void close() {
        boost::system::error_code ignored;
        socket_.close(ignored);
    }

private:
    void take(std::string_view bytes) {
        if (request_.empty()) {
            received_ += bytes;
            const auto end = received_.find("\r\n\r\n");
            if (end == std::string::npos) return;
            request_ = received_.substr(0, end + 4);
            frames_.feed(std::string_view{received_}.substr(end + 4));
        } else {
            frames_.feed(bytes);
        }
        while (!is_over_) {
            auto next = frames_.next();
            if (!next) return;
            using type = sandbox::incoming::type;
            is_over_ =
                next->what == type::closing || next->what == type::violation || next->what == type::too_large;
            heard.push_back(std::move(*next));
        }
    }

    void send() {
        if (waiting_.empty()) {
            if (end_) (this->*end_)();
            return;
        }
        leaving_.swap(waiting_);
        asio::async_write(socket_, asio::buffer(leaving_), [self = shared_from_this()](auto failed, auto) {
            self->leaving_.clear();
            if (failed) self->waiting_.clear();
            self->send();
        });
    }

    void end_by(void (flow_line::*end)()) {
        end_ = end;
        if (leaving_.empty()) send();
    }
    void shut() {
        boost::system::error_code ignored;
        socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }
    void cut() {
        boost::system::error_code ignored;
        socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
        socket_.close(ignored);
    }

    asio::ip::tcp::socket socket_;
    std::array<char, 16384> chunk_{};
    std::string received_, request_;
    sandbox::frame_reader frames_{std::size_t{1} << 30U};
    bool is_over_ = false; // the client has said so, or what is no frame
    bool is_ended_ = false;
    std::string waiting_, leaving_;
    void (flow_line::*end_)() = nullptr;
};

} // namespace nakama::test
