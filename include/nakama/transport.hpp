// The seam through which every byte goes: implement it to use another engine's HTTP and WebSocket.
#pragma once

#include <nakama/config.hpp>
#include <nakama/http_headers.hpp>
#include <nakama/tls_options.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace nakama {

namespace asio = boost::asio;

class clock;
class observer;

/// An HTTP proxy that opens tunnels (CONNECT), for requests and sockets, with TLS or without.
struct http_proxy {
    std::string host{}; ///< empty for none
    std::uint16_t port = 3128;
    std::string user{};     ///< empty if it asks for none
    std::string password{}; ///< a secret
};

/// Whether answers are asked for in compressed form. They are read in either form, asked for or not.
enum class compression {
    /// Unless the server is this machine by its name (localhost) or address (loopback), where it only costs
    /// time.
    automatic,
    never,
    always,
};

/// Where the server is, and how to talk to it.
struct endpoint {
    std::string host = "127.0.0.1";
    std::uint16_t port = 7350;
    bool tls = false;
    nakama::tls_options tls_options{};
    http_proxy proxy{}; ///< to go through
    nakama::compression compression = nakama::compression::automatic;
};

/// One request. Everything it refers to lives until send() has completed.
struct http_request {
    std::string_view method = "GET";
    std::string_view target{}; ///< path and query, encoded
    /// Without Host, Content-Length and Connection. An Accept-Encoding is sent instead of the usual one.
    std::span<const http_header> headers{};
    std::string_view body{};
    bool idempotent = false; ///< whether it may be repeated after its bytes have left
    /// Where to tell whether bytes of it may have left, for when it is cancelled: true until a transport that
    /// knows better sets it.
    bool* maybe_sent = nullptr;
};

struct http_response {
    int status = 0;
    /// Without Content-Encoding and Content-Length if the body was compressed: they told of that form.
    http_headers headers{};
    std::string body{}; ///< decoded from its transfer encoding and its content encoding
};

/// One WebSocket connection, used for one connection only.
///
/// receive() and write() may be under way at the same time, each once. All four honour cancellation, after
/// which only abort() and destruction are still useful.
class NAKAMA_API websocket {
public:
    virtual ~websocket() = default;

    struct request {
        std::string_view target{}; ///< path and query, encoded
        std::span<const http_header> headers{};
    };

    /// Why receive() ended: what the other side said when it closed.
    struct closed {
        bool by_peer = false; ///< whether a close frame came
        std::uint16_t code = 0;
        std::string reason{}; ///< of the close frame, or what broke
    };

    /// Completes when the socket is open. Throws nakama::error: resolve_failed, connect_failed, tls_failed,
    /// connection_lost, or upgrade_refused with the answer's status and, as server message, its body.
    virtual asio::awaitable<void> connect(request asked) = 0;

    /// What a sink wants after a message.
    enum class appetite : std::uint8_t {
        none, ///< for now: receive() completes
        more, ///< another at once
        /// Another, but not before handlers that are ready by now have run; receive() may complete as well.
        later,
    };

    /// Gets a message, which lives during the call. It may abort and destroy the socket.
    using sink = std::function<appetite(std::string_view message)>;

    /// Hands over whole messages as they come and completes when `take` wants no more for now. At the end of
    /// the connection it throws nakama::error connection_lost, and end() tells the rest; malformed_answer for
    /// what is not WebSocket, tls_failed. Messages above the limit end the connection with message_too_large.
    virtual asio::awaitable<void> receive(sink take) = 0;

    /// Sends the messages as text frames, in order, in as few writes to the network as it can.
    virtual asio::awaitable<void> write(std::span<const std::string> messages) = 0;

    /// Takes as many of the first messages as need no waiting, to do with them what write() does, and tells
    /// how many these are; the others are left to write(). None while a write() is under way. What fails
    /// later is thrown by the next write().
    virtual std::size_t write_at_once(std::span<const std::string> messages) {
        static_cast<void>(messages);
        return 0;
    }

    /// Says goodbye with a close frame and waits for the other side's, which receive() has to take: it is
    /// under way or will be, and ends.
    virtual asio::awaitable<void> close(std::uint16_t code, std::string_view reason) = 0;

    /// Cuts the connection at once; everything under way fails.
    virtual void abort() noexcept = 0;

    virtual const closed& end() const noexcept = 0;

    /// Called with each heartbeat: a good time to give back memory that has not been needed since the last
    /// one.
    virtual void trim() noexcept {}

    /// A count that grows whenever anything has come, be it a ping or a part of a message: a sign of life.
    /// A transport that does not know leaves it at 0, and messages alone count.
    virtual std::uint64_t received() const noexcept { return 0; }
};

/// Brings requests to the server and answers back.
class NAKAMA_API transport {
public:
    virtual ~transport() = default;

    /// Completes with the answer, whatever its status. Throws nakama::error: resolve_failed, connect_failed,
    /// tls_failed, connection_lost, malformed_answer, message_too_large, with
    /// request_may_have_been_sent() telling whether bytes of the request had left.
    /// Must honour cancellation: it aborts the I/O, and a connection in the middle of an answer is not used
    /// again.
    virtual asio::awaitable<http_response> send(http_request request) = 0;

    virtual std::unique_ptr<websocket> make_websocket() = 0;

    /// Called when the client ends: closes idle connections.
    virtual void stop() noexcept {}
};

/// Limits of the library's own transport.
struct transport_limits {
    std::size_t response_bytes = 16 * 1024 * 1024; ///< of an answer's body, compressed or not
    std::size_t message_bytes = 4 * 1024 * 1024;   ///< of a message from the socket
    std::size_t connections = 32;      ///< for requests, at a time; further requests wait in their order
    std::size_t idle_connections = 16; ///< of them, kept open for the next requests
    /// A connection that has been idle for longer is not used again: the server closes them after 60 s.
    std::chrono::seconds idle_time{50};
    std::chrono::seconds address_time{60}; ///< how long the addresses of the server's name are remembered
};

/// The library's own transport: HTTP/1.1 with connections kept alive, WebSocket, TLS by OpenSSL.
/// Throws nakama::error with errc::invalid_argument for limits that cannot work. `clock` is the computer's
/// unless given.
NAKAMA_API std::shared_ptr<transport> make_beast_transport(endpoint server, transport_limits limits = {},
                                                           std::shared_ptr<observer> observer = {},
                                                           std::shared_ptr<clock> clock = {});

} // namespace nakama
