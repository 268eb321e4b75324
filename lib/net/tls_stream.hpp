// A TCP connection with TLS around what goes through it.
#pragma once

#include "stream.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <memory>
#include <string>

struct bio_st;
struct ssl_ctx_st;
struct ssl_st;

namespace nakama::net {

/// The client's end. OpenSSL works on texts here, which hold no more than what is under way:
/// asio::ssl::stream keeps 34 KiB for each connection, however idle it is, and asks OpenSSL for what cannot
/// have come yet.
///
/// Errors are those of asio::ssl::stream: of asio::error::get_ssl_category() if they are OpenSSL's, and
/// asio::ssl::error::stream_truncated when the connection ends without the other side's having said so.
class tls_stream final : public stream {
public:
    /// Keeps the context. Throws std::bad_alloc if OpenSSL has no memory.
    tls_stream(asio::ip::tcp::socket socket, std::shared_ptr<ssl_ctx_st> context);
    ~tls_stream() override;
    tls_stream(const tls_stream&) = delete;
    tls_stream& operator=(const tls_stream&) = delete;

    /// For what is to be set before the handshake and may be asked for after it.
    ssl_st* session() noexcept { return session_.get(); }
    /// Completes with why it failed, if it did.
    asio::awaitable<error_code> shake_hands();

    executor_type get_executor() override { return socket_.get_executor(); }
    bool is_idle() noexcept override;
    bool tls_resumed() const noexcept override;
    void close() noexcept override;
    void trim() noexcept override;

    void read_here(asio::mutable_buffer into, handler done) override;
    void write_here(asio::const_buffer from, handler done) override;
    std::size_t write_now(asio::const_buffer from) noexcept override;

private:
    struct memory;
    struct free_session {
        void operator()(ssl_st* session) const noexcept;
    };
    struct reading;
    struct writing;

    void start_read(asio::mutable_buffer into, handler done) override;
    void start_write(asio::const_buffer from, handler done) override;

    void came(reading operation, error_code failed, std::size_t bytes);
    void went(writing operation, error_code failed, std::size_t bytes);
    void complete(handler done, error_code failed, std::size_t bytes);

    std::size_t open(asio::mutable_buffer into, error_code& failed);
    void seal(asio::const_buffer from, error_code& failed);
    bool send_now() noexcept;
    error_code reason(int result) noexcept;

    asio::ip::tcp::socket socket_;
    std::shared_ptr<ssl_ctx_st> context_; // whoever it belongs to gets the server's tickets
    std::unique_ptr<memory> memory_;
    std::unique_ptr<ssl_st, free_session> session_;
    std::size_t sealed_ = 0; // what of the caller's is on its way and was not reported
    bool has_left_ = false;  // some of that, or of what was before it
    bool is_writing_ = false;
    bool is_over_ = false; // nothing more can be read
};

} // namespace nakama::net
