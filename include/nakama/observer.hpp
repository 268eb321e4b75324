// What can be watched from outside: for logs and metrics. Secrets never get here.
#pragma once

#include <nakama/close_info.hpp>
#include <nakama/config.hpp>

#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>

namespace nakama {

/// Receives what happens, on the client's executor. Every function does nothing unless overridden; none may
/// throw. What the events refer to lives only during the call. log_sink and metrics_sink are ready ones.
class NAKAMA_API observer {
public:
    virtual ~observer() = default;

    /// A try of an operation that has ended.
    struct attempt {
        std::string_view operation{};      ///< "get_account"
        int number = 1;                    ///< counted from 1
        int http_status = 0;               ///< 0 without an answer
        boost::system::error_code error{}; ///< none on success
        std::size_t request_bytes = 0;     ///< of the body
        std::size_t response_bytes = 0;    ///< of the body, decompressed
        std::chrono::nanoseconds duration{};
        std::chrono::milliseconds next_delay{-1}; ///< until the next attempt; negative if there is none
    };

    /// A whole operation that has ended, all attempts and waits included.
    struct call {
        std::string_view operation{};
        int attempts = 0;                  ///< 0 if it was refused or cut short before the first
        int http_status = 0;               ///< of the last answer, 0 without one
        boost::system::error_code error{}; ///< none on success
        std::size_t request_bytes = 0;     ///< of the body
        std::size_t response_bytes = 0;    ///< of the last answer's body, decompressed
        std::chrono::nanoseconds duration{};
    };

    virtual void on_call_start(std::string_view /*operation*/) noexcept {}
    virtual void on_attempt_start(std::string_view /*operation*/, int /*number*/) noexcept {}
    virtual void on_attempt_end(const attempt&) noexcept {}
    virtual void on_call_end(const call&) noexcept {}

    /// The end of a session's refresh that the client made by itself; no error on success.
    virtual void on_session_refresh(boost::system::error_code /*error*/) noexcept {}

    /// A connection that was opened, or that could not be.
    struct connection {
        std::string_view host{}; ///< with port, "127.0.0.1:7350"
        bool tls = false;
        bool tls_resumed = false;            ///< the handshake took up an earlier session
        boost::system::error_code error{};   ///< none if it is open
        std::chrono::nanoseconds duration{}; ///< of resolving, connecting and the handshake
    };

    /// The HTTP connections of a client.
    struct pool {
        std::size_t open = 0;    ///< being opened, busy or idle
        std::size_t idle = 0;    ///< open and without a request
        std::size_t waiting = 0; ///< requests that wait for a connection
    };

    virtual void on_connection_open(const connection&) noexcept {}
    virtual void on_connection_reuse(std::string_view /*host*/) noexcept {}
    virtual void on_connection_close(std::string_view /*host*/) noexcept {}
    virtual void on_pool_change(const pool&) noexcept {}

    virtual void on_socket_open() noexcept {}
    virtual void on_socket_close(const close_info&) noexcept {}
    /// How long a ping through a socket took to be answered.
    virtual void on_round_trip(std::chrono::microseconds) noexcept {}
    virtual void on_message_sent(std::size_t /*bytes*/) noexcept {}
    virtual void on_message_received(std::size_t /*bytes*/) noexcept {}
};

} // namespace nakama
