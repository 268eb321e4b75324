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
/// throw. What the events refer to lives only during the call.
class NAKAMA_API observer {
public:
    virtual ~observer() = default;

    /// A try of an operation.
    struct attempt {
        std::string_view operation{}; ///< "get_account"
        int number = 1;
        int http_status = 0;               ///< 0 without an answer
        boost::system::error_code error{}; ///< none on success
        std::size_t request_bytes = 0;     ///< of the body
        std::size_t response_bytes = 0;    ///< of the body
        std::chrono::nanoseconds duration{};
        std::chrono::milliseconds next_delay{-1}; ///< until the next attempt; negative if there is none
    };

    /// A whole operation, all attempts and waits included.
    struct call {
        std::string_view operation{};
        int attempts = 0;
        boost::system::error_code error{}; ///< none on success
        std::chrono::nanoseconds duration{};
    };

    virtual void on_call_start(std::string_view /*operation*/) noexcept {}
    virtual void on_attempt_end(const attempt&) noexcept {}
    virtual void on_call_end(const call&) noexcept {}

    virtual void on_connection_open(std::string_view /*host*/) noexcept {}
    virtual void on_connection_reuse(std::string_view /*host*/) noexcept {}

    virtual void on_socket_open() noexcept {}
    virtual void on_socket_close(const close_info&) noexcept {}
    virtual void on_message_sent(std::size_t /*bytes*/) noexcept {}
    virtual void on_message_received(std::size_t /*bytes*/) noexcept {}
};

} // namespace nakama
