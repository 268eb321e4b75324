// One accepted connection, whatever is spoken over it: bytes in and out, by TLS or not.
#pragma once

#include "sandbox/faults/outflow.hpp"
#include "sandbox/net/pause.hpp"
#include "sandbox/tls/tls_session.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace nakama::sandbox {

namespace asio = boost::asio;

/// Where lines read to: what was read is used before another line reads, so that one will do for all.
struct line_buffer {
    std::array<char, 65536> bytes;
    std::array<char, 65536> plain; ///< what TLS makes of it
};

/// One coroutine may read while another writes.
class line {
public:
    using tcp = asio::ip::tcp;

    /// Plain without `context`. The buffer has to live as long as the line.
    line(tcp::socket socket, const tls_context* context, line_buffer& buffer,
         std::shared_ptr<nakama::clock> clock, std::size_t number);

    /// To be awaited before anything else. False if the client does not speak TLS where it should.
    asio::awaitable<bool> shake_hands();

    /// What came, valid until the caller waits for something else; empty at the end.
    asio::awaitable<std::string_view> read();

    /// False if the connection is at its end. `bytes` have to stay until then.
    asio::awaitable<bool> write(std::string_view bytes);
    /// The same with what is wrong with their way; false also if that was to end it.
    asio::awaitable<bool> write(std::string_view bytes, outflow way);

    /// Takes off `bytes` what fits into the connection right now, where nothing else is being written. False
    /// if the client does not read; lines that cannot tell take nothing.
    bool write_now(std::string& bytes);

    /// What is wrong with all that is sent from now on.
    void obstruct(const fault& fault) { obstruction_.emplace(fault); }

    /// Whether the client does not read what is written.
    [[nodiscard]] bool is_blocked() const noexcept { return blocked_; }

    /// Ends what is sent, in good order.
    void finish() noexcept;
    void close() noexcept;
    /// Closes without a word, as far as is known to the client in the middle of something.
    void cut() noexcept;
    void reset() noexcept;

    /// Waits by the server's clock; false if the line was closed meanwhile.
    asio::awaitable<bool> wait(std::chrono::milliseconds span) { return pause_.wait(span); }
    asio::awaitable<void> wait_for_close() { return pause_.wait_for_end(); }

    /// Counted from 1 since the server has started.
    [[nodiscard]] std::size_t number() const noexcept { return number_; }
    [[nodiscard]] asio::any_io_executor get_executor() { return socket_.get_executor(); }
    /// Nothing if it is gone.
    [[nodiscard]] std::optional<tcp::endpoint> client() const;
    /// "127.0.0.1:7350"
    [[nodiscard]] std::string local_address() const;
    [[nodiscard]] std::string remote_address() const;

private:
    asio::awaitable<std::string_view> receive();
    asio::awaitable<bool> pass(std::string_view bytes);
    asio::awaitable<bool> send(std::string_view bytes);
    asio::awaitable<bool> follow(std::string_view bytes, outflow& way, bool obstructed);

    tcp::socket socket_;
    std::unique_ptr<tls_session> tls_;
    line_buffer* buffer_;
    std::optional<outflow> obstruction_{};
    pause pause_;
    std::size_t number_;
    bool blocked_ = false;
    bool may_have_more_ = false; // the last read has filled the buffer
};

} // namespace nakama::sandbox
