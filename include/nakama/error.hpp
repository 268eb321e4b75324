// The one exception type of the library, its codes, and how to do without throwing.
#pragma once

#include <nakama/config.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace nakama {

namespace asio = boost::asio;

struct close_info;

/// What went wrong on our side of the wire.
enum class errc {
    cancelled = 1,     ///< the caller cancelled the operation
    timed_out,         ///< the operation's deadline passed
    closed,            ///< the client or socket is closed, was destroyed or lost its connection
    resolve_failed,    ///< the host's name has no address
    connect_failed,    ///< no connection: refused, unreachable
    tls_failed,        ///< the TLS handshake or the certificate's verification failed
    connection_lost,   ///< the connection broke during the operation
    upgrade_refused,   ///< the server answered the WebSocket handshake with something else; see http_status()
    malformed_answer,  ///< the answer is not what the protocol says
    invalid_argument,  ///< the request cannot be sent as it is; nothing was sent
    message_too_large, ///< above the configured limit of message or answer
    overflow,          ///< a stream with overflow::fail was not read fast enough
    session_expired,   ///< the server takes neither the session's token nor its refresh token: sign in again
    storage_failed,    ///< a session could not be read from or written to its store
};

/// Status codes of the server's answers over HTTP, numbered as in gRPC.
enum class grpc_code {
    cancelled = 1,
    unknown = 2,
    invalid_argument = 3,
    deadline_exceeded = 4,
    not_found = 5,
    already_exists = 6,
    permission_denied = 7,
    resource_exhausted = 8,
    failed_precondition = 9,
    aborted = 10,
    out_of_range = 11,
    unimplemented = 12,
    internal = 13,
    unavailable = 14,
    data_loss = 15,
    unauthenticated = 16,
};

/// Codes of the server's refusals over the realtime socket. The server's `Error.Code`. Its code 0, a fault
/// inside of the server, is `runtime_exception` here, since an error code of 0 would read as success.
enum class realtime_code {
    unrecognized_payload = 1,       ///< the message is none that the server knows
    missing_payload = 2,            ///< the envelope is empty
    bad_input = 3,                  ///< a value that the server refuses
    match_not_found = 4,            ///< there is no such match
    match_join_rejected = 5,        ///< the match does not let the user in
    runtime_function_not_found = 6, ///< the server's code has no such function
    runtime_function_exception = 7, ///< the server's code failed
    runtime_exception = 1000,       ///< a fault inside of the server
};

NAKAMA_API const boost::system::error_category& client_category() noexcept;   ///< of errc
NAKAMA_API const boost::system::error_category& grpc_category() noexcept;     ///< of grpc_code
NAKAMA_API const boost::system::error_category& realtime_category() noexcept; ///< of realtime_code

inline boost::system::error_code make_error_code(errc code) noexcept {
    return {static_cast<int>(code), client_category()};
}
inline boost::system::error_code make_error_code(grpc_code code) noexcept {
    return {static_cast<int>(code), grpc_category()};
}
inline boost::system::error_code make_error_code(realtime_code code) noexcept {
    return {static_cast<int>(code), realtime_category()};
}

/// One attempt of a call that failed.
struct attempt_failure {
    boost::system::error_code code{};
    int http_status = 0;               ///< of the answer, 0 without one
    std::chrono::milliseconds after{}; ///< from the start of the call until it failed
};

/// Everything known about a failure. Filled in where the knowledge is, read through nakama::error.
struct error_details {
    std::string message{};        ///< ours: what happened and what to do, without secrets
    std::string operation{};      ///< as the server names it, "get_account"
    std::string server_message{}; ///< the server's own text: not to be trusted
    int http_status = 0;          ///< of the answer, 0 without one
    int attempts = 0;             ///< how often the request was tried
    bool maybe_sent = false;      ///< whether the server may have received, and carried out, the request
    std::vector<attempt_failure> history{};       ///< all attempts, the last one last
    std::map<std::string, std::string> context{}; ///< what a refusal over the socket says besides its text
    std::shared_ptr<const close_info> close{};    ///< the end of the socket, if that is what failed it
};

/// What every operation throws. Copies share their content and do not throw.
///
/// `code()` is a value of errc, grpc_code or realtime_code:
///
///     catch (const nakama::error& failure) {
///         if (failure.code() == nakama::grpc_code::not_found) ...
///     }
class NAKAMA_API error : public boost::system::system_error {
public:
    /// No failure: what boost::system::result::error() gives where there is a value.
    error();
    error(boost::system::error_code code, std::string message);
    error(boost::system::error_code code, error_details details);

    /// The operation, the code's meaning and all texts in one line, fit for a log.
    const char* what() const noexcept override;

    const std::string& message() const noexcept { return details_->message; }
    const std::string& operation() const noexcept { return details_->operation; }
    const std::string& server_message() const noexcept { return details_->server_message; }
    int http_status() const noexcept { return details_->http_status; }
    int attempts() const noexcept { return details_->attempts; }
    /// How each attempt failed, the last one last; empty if nothing was tried.
    const std::vector<attempt_failure>& history() const noexcept { return details_->history; }

    /// Details by name that came with a refusal over the socket; mostly empty.
    const std::map<std::string, std::string>& context() const noexcept { return details_->context; }
    /// Why the socket ended, if that is what failed the request; null otherwise. See <nakama/close_info.hpp>.
    const close_info* close() const noexcept { return details_->close.get(); }

    /// Whether bytes of the request had left when it failed, so that the server may have carried it out.
    bool request_may_have_been_sent() const noexcept { return details_->maybe_sent; }

    const error_details& details() const noexcept { return *details_; }

    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                        const error& failure) {
        return out << failure.what();
    }

private:
    std::shared_ptr<const error_details> details_;
    std::shared_ptr<const std::string> what_;
};

/// What boost::system::result does when asked for a value it does not have.
[[noreturn]] NAKAMA_API void throw_exception_from_error(const error& failure, const boost::source_location&);

/// Turns an operation that throws into one that returns its value or the error:
///
///     auto account = co_await nakama::as_result(client.get_account(session));
///     if (!account) std::cerr << account.error().what() << '\n';
///
/// Exceptions that are no nakama::error pass through.
template <class T>
asio::awaitable<boost::system::result<T, error>> as_result(asio::awaitable<T> operation) {
    try {
        if constexpr (std::is_void_v<T>) {
            co_await std::move(operation);
            co_return boost::system::result<T, error>{};
        } else {
            co_return boost::system::result<T, error>{co_await std::move(operation)};
        }
    } catch (const error& failure) {
        co_return boost::system::result<T, error>{failure};
    } catch (const boost::system::system_error& failure) {
        // Asio's own way to say that the coroutine was cancelled before the operation began.
        if (failure.code() != asio::error::operation_aborted) throw;
        co_return boost::system::result<T, error>{error{make_error_code(errc::cancelled), std::string{}}};
    }
}

} // namespace nakama

namespace boost::system {
template <>
struct is_error_code_enum<nakama::errc> : std::true_type {};
template <>
struct is_error_code_enum<nakama::grpc_code> : std::true_type {};
template <>
struct is_error_code_enum<nakama::realtime_code> : std::true_type {};
} // namespace boost::system
