// A log of what a client does, one line an event.
#pragma once

#include <nakama/config.hpp>
#include <nakama/observer.hpp>

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string_view>

namespace nakama {

class clock;

/// How much a line of the log matters, in ascending order.
enum class log_level : std::uint8_t {
    debug,   ///< each step: attempts, connections, messages
    info,    ///< what was asked for: calls, refreshes, sockets
    warning, ///< what did not work, and may next time
    error,   ///< what will not work until somebody changes the program, its configuration or the server
};

/// "debug", "info", "warning" or "error".
NAKAMA_API std::string_view name_of(log_level level) noexcept;

/// An observer that writes one line per event:
///
///     get_account: ok, HTTP 200, 1 attempt, 12.3 ms, 0 B sent, 812 B received
///
/// Levels:
/// - error: a call that cannot succeed as things are: errc::tls_failed, malformed_answer, invalid_argument,
///   message_too_large; grpc_code::unimplemented, internal, data_loss; realtime_code::unrecognized_payload,
///   missing_payload, runtime_exception
/// - warning: any other call that failed: refused, as with grpc_code::not_found, without a connection, timed
///   out; an attempt that will be repeated, with the delay until the next; a session's refresh that failed; a
///   connection that could not be opened
/// - info: a call that succeeded, or that the program itself ended (errc::cancelled, closed); a session's
///   refresh; a socket opened or closed, by whomever
/// - debug: attempts' starts and any other end; connections opened, reused, closed, or given up; the
///   pool; pings answered; messages sent and received, their sizes only
///
/// So at the default level a call is exactly one line, plus one for each time it is tried again. Control
/// characters in texts from the server become spaces: a line stays a line. An event below the minimum costs a
/// comparison and allocates nothing.
///
/// The sink keeps no state of its own: clients on several threads may share it if `write` may be called from
/// several threads.
class NAKAMA_API log_sink final : public observer {
public:
    /// Gets each line without a line feed; the text lives only during the call. What it throws is swallowed.
    using write_function = std::function<void(log_level, std::string_view line)>;

    /// Nothing below `minimum` is written. An empty `write` writes nothing.
    explicit log_sink(write_function write, log_level minimum = log_level::info);

    void on_attempt_start(std::string_view operation, int number) noexcept override;
    void on_attempt_end(const attempt& seen) noexcept override;
    void on_call_end(const call& seen) noexcept override;
    void on_session_refresh(boost::system::error_code error) noexcept override;
    void on_connection_open(const connection& seen) noexcept override;
    void on_connection_reuse(std::string_view host) noexcept override;
    void on_connection_close(std::string_view host) noexcept override;
    void on_pool_change(const pool& seen) noexcept override;
    void on_socket_open() noexcept override;
    void on_socket_close(const close_info& seen) noexcept override;
    void on_round_trip(std::chrono::microseconds taken) noexcept override;
    void on_message_sent(std::size_t bytes) noexcept override;
    void on_message_received(std::size_t bytes) noexcept override;

private:
    template <class Compose>
    void tell(log_level level, const Compose& compose) const noexcept;

    write_function write_;
    log_level minimum_;
};

/// A log_sink that writes to a stream, each line with the time in UTC and its level before it:
///
///     2026-01-31T12:00:00.250Z info get_account: ok, HTTP 200, 1 attempt, 12.3 ms, 0 B sent, 812 B received
///
/// `out` must outlive the sink, and with it every client and socket that has it. Lines are written whole, one
/// at a time, so that clients on several threads may share the sink; what else writes to `out` meanwhile is
/// not held back. Warnings and errors are flushed. The time is that of `clock`, without one the computer's.
NAKAMA_API std::shared_ptr<log_sink> log_to(std::ostream& out, log_level minimum = log_level::info,
                                            std::shared_ptr<clock> clock = nullptr);

} // namespace nakama
