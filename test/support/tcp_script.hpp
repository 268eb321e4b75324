// A server that does exactly what a test says, byte by byte.
#pragma once

#include "co_test.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace nakama::test {

/// One accepted connection.
class tcp_peer {
public:
    explicit tcp_peer(asio::ip::tcp::socket socket) : socket_{std::move(socket)} {}

    /// The next request, up to the end of its body by Content-Length; empty at the end of the connection.
    asio::awaitable<std::string> request();
    asio::awaitable<void> send(std::string text);
    /// What has come next, whatever it is; empty at the end of the connection.
    asio::awaitable<std::string> some();
    /// Whether that end was a reset.
    bool was_reset() const noexcept { return was_reset_; }
    /// Completes when anything has come, which is dropped.
    asio::awaitable<void> anything();
    /// Completes when the client has closed.
    asio::awaitable<void> closed_by_client();
    void close();
    /// Closes for sending alone: the client sees an orderly end, whatever it has sent.
    void finish();
    /// Closes so that the client sees a reset.
    void reset();

private:
    asio::ip::tcp::socket socket_;
    std::string received_;
    bool was_reset_ = false;
};

/// Listens on a free port and runs `serve` for each connection, numbered from 1.
class tcp_script {
public:
    using server = std::function<asio::awaitable<void>(tcp_peer&, int connection)>;

    tcp_script(asio::io_context& io, server serve);

    /// Accepts nobody any more: who dials is refused.
    void stop() { acceptor_->close(); }

    std::uint16_t port() const { return acceptor_->local_endpoint().port(); }
    int connections() const { return *connections_; }

private:
    std::shared_ptr<asio::ip::tcp::acceptor> acceptor_;
    std::shared_ptr<int> connections_ = std::make_shared<int>(0);
};

/// An HTTP answer with a length.
std::string answer(int status, std::string_view body, std::string_view headers = "");

/// The answer that accepts a WebSocket handshake with this key (RFC 6455, 4.2.2).
std::string websocket_accept(const std::string& key);

} // namespace nakama::test
