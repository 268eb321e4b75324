// Counts of what clients do, as text for Prometheus.
#pragma once

#include <nakama/config.hpp>
#include <nakama/observer.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama {

/// How a metrics_sink counts and what it writes.
struct metrics_options {
    /// Upper bounds of the buckets of the histograms of time, in seconds: at least one, finite, ascending.
    /// The bucket without a bound comes by itself.
    std::vector<double> buckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    /// Stand on every series, such as {"client", "bot-7"}. Names are of letters, digits and underscores, do
    /// not start with a digit or with two underscores, differ, and are none of the sink's own: operation,
    /// outcome, initiator, le. Values are any UTF-8.
    std::vector<std::pair<std::string, std::string>> labels{};
};

/// An observer that counts, and tells its counts in Prometheus' text format, version 0.0.4. Answer a scrape
/// with text() and the header Content-Type: metrics_sink::content_type.
///
/// Counters, by operation ("get_account") where it says so:
/// - nakama_calls_total, by operation and outcome: "ok", or the name of the error's errc, grpc_code or
///   realtime_code ("timed_out", "not_found"). Where errc has the same name the server's code is called
///   "server_cancelled" or "server_invalid_argument". Any other error is "other", so there are no more than
///   38 outcomes.
/// - nakama_attempts_total, nakama_retries_total, by operation: attempts ended, and those after a call's
/// first
/// - nakama_request_bytes_total, nakama_response_bytes_total, by operation: bodies of all attempts
/// - nakama_connections_opened_total, nakama_connections_failed_total, nakama_connections_reused_total,
///   nakama_connections_closed_total
/// - nakama_session_refreshes_total, by outcome
/// - nakama_sockets_opened_total, and nakama_sockets_closed_total, by initiator: "local", "server", "network"
/// - nakama_messages_sent_total, nakama_messages_received_total, nakama_messages_sent_bytes_total,
///   nakama_messages_received_bytes_total
///
/// Gauges:
/// - nakama_calls_in_progress, by operation
/// - nakama_pool_open_connections, nakama_pool_idle_connections, nakama_pool_waiting_requests
///
/// Histograms:
/// - nakama_call_duration_seconds, by operation: whole calls, waits between attempts included
/// - nakama_socket_round_trip_seconds: pings over sockets, the heartbeat's and the program's
///
/// All functions may be called from any threads at the same time: text() while clients run, and one sink by
/// clients on several threads. Give such clients a sink each by share(), though: a client that is destroyed
/// says nothing more of its calls and connections, and how many connections there are in all cannot be told
/// from pools that are not told apart. A client's gauges end with its sink.
class NAKAMA_API metrics_sink final : public observer {
public:
    /// Throws nakama::error with errc::invalid_argument if the options are not as they say.
    explicit metrics_sink(metrics_options options = {});
    ~metrics_sink() override;
    metrics_sink(const metrics_sink&) = delete;
    metrics_sink& operator=(const metrics_sink&) = delete;

    /// Another sink for another client, which counts into the same series: text() is the same of both. They
    /// may end in any order.
    std::shared_ptr<metrics_sink> share() const;

    /// All counts, from one moment. Clients wait meanwhile for no more than a copy of them.
    std::string text() const;

    static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

    void on_call_start(std::string_view operation) noexcept override;
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
    struct registry; // the counts, of all that share them
    struct gauges;   // what of them is this sink's own

    explicit metrics_sink(std::shared_ptr<registry> shared);

    std::shared_ptr<registry> registry_;
    std::unique_ptr<gauges> own_;
};

} // namespace nakama
