#include "wire/rfc3339.hpp"

#include <nakama/clock.hpp>
#include <nakama/error.hpp>
#include <nakama/log_sink.hpp>

#include <algorithm>
#include <mutex>
#include <ostream>
#include <span>
#include <string>

namespace nakama {
namespace {

using boost::system::error_code;

/// One of a row in which each is a multiple of the one before.
struct unit {
    std::uint64_t size;
    std::string_view name;
};

/// In the largest unit of which there is at least one, with at most one digit of fraction: "12.3 ms", "4
/// KiB".
void append_quantity(std::string& line, std::uint64_t quantity, std::span<const unit> units) {
    for (std::size_t i = 0;; ++i) {
        const auto size = units[i].size;
        auto whole = quantity / size;
        auto tenths = (quantity % size * 10 + size / 2) / size;
        if (tenths == 10) {
            ++whole;
            tenths = 0;
        }
        // Looked at after rounding: 999.96 ms are "1 s", not "1000 ms".
        if (i + 1 < units.size() && whole >= units[i + 1].size / size) continue;
        line += std::to_string(whole);
        if (tenths != 0) line += '.' + std::to_string(tenths);
        line += ' ';
        line += units[i].name;
        return;
    }
}

void append_duration(std::string& line, std::chrono::nanoseconds duration) {
    static constexpr unit units[]{{1, "ns"},
                                  {1'000, "us"},
                                  {1'000'000, "ms"},
                                  {1'000'000'000, "s"},
                                  {60'000'000'000, "min"},
                                  {3'600'000'000'000, "h"}};
    append_quantity(line, static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0)), units);
}

void append_size(std::string& line, std::size_t bytes) {
    static constexpr unit units[]{{1, "B"}, {1 << 10, "KiB"}, {1 << 20, "MiB"}, {1 << 30, "GiB"}};
    append_quantity(line, bytes, units);
}

void append_count(std::string& line, std::size_t count, std::string_view one, std::string_view many) {
    line += std::to_string(count);
    line += ' ';
    line += count == 1 ? one : many;
}

/// "not found [nakama.grpc:5]"
void append_error(std::string& line, error_code error) {
    line += error.message();
    line += " [";
    line += error.category().name();
    line += ':' + std::to_string(error.value()) + ']';
}

/// "ok, HTTP 200"
void append_outcome(std::string& line, error_code error, int http_status) {
    if (error) append_error(line, error);
    else line += "ok";
    if (http_status != 0) line += ", HTTP " + std::to_string(http_status);
}

/// "12.3 ms, 0 B sent, 812 B received"
void append_cost(std::string& line, std::chrono::nanoseconds duration, std::size_t sent,
                 std::size_t received) {
    append_duration(line, duration);
    line += ", ";
    append_size(line, sent);
    line += " sent, ";
    append_size(line, received);
    line += " received";
}

/// Whether the program itself put an end to it, so that nothing is wrong.
bool is_given_up(error_code error) noexcept {
    return error == errc::cancelled || error == errc::closed;
}

/// Whether it will fail again until somebody changes something.
bool is_lasting(error_code error) noexcept {
    if (error.category() == client_category()) {
        switch (static_cast<errc>(error.value())) {
        case errc::tls_failed:
        case errc::malformed_answer:
        case errc::invalid_argument:
        case errc::message_too_large:
            return true;
        default:
            return false;
        }
    }
    if (error.category() == grpc_category()) {
        switch (static_cast<grpc_code>(error.value())) {
        case grpc_code::unimplemented:
        case grpc_code::internal:
        case grpc_code::data_loss:
            return true;
        default:
            return false;
        }
    }
    if (error.category() == realtime_category()) {
        switch (static_cast<realtime_code>(error.value())) {
        case realtime_code::unrecognized_payload:
        case realtime_code::missing_payload:
        case realtime_code::runtime_exception:
            return true;
        default:
            return false;
        }
    }
    return false;
}

log_level level_of_call(error_code error) noexcept {
    if (!error || is_given_up(error)) return log_level::info;
    return is_lasting(error) ? log_level::error : log_level::warning;
}

} // namespace

std::string_view name_of(log_level level) noexcept {
    switch (level) {
    case log_level::debug:
        return "debug";
    case log_level::info:
        return "info";
    case log_level::warning:
        return "warning";
    case log_level::error:
        return "error";
    }
    return "unknown";
}

log_sink::log_sink(write_function write, log_level minimum) : write_{std::move(write)}, minimum_{minimum} {}

template <class Compose>
void log_sink::tell(log_level level, const Compose& compose) const noexcept {
    if (level < minimum_ || !write_) return;
    // A line that cannot be written, for want of memory or of a disk, is no reason to end the program.
    try {
        std::string line;
        compose(line);
        for (char& c : line)
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
        write_(level, line);
    } catch (...) {
    }
}

void log_sink::on_attempt_start(std::string_view operation, int number) noexcept {
    tell(log_level::debug, [&](std::string& line) {
        line += operation;
        line += ": attempt " + std::to_string(number) + " starts";
    });
}

void log_sink::on_attempt_end(const attempt& seen) noexcept {
    const bool again = seen.next_delay.count() >= 0;
    tell(again ? log_level::warning : log_level::debug, [&](std::string& line) {
        line += seen.operation;
        line += ": attempt " + std::to_string(seen.number) + ": ";
        append_outcome(line, seen.error, seen.http_status);
        line += ", ";
        append_cost(line, seen.duration, seen.request_bytes, seen.response_bytes);
        if (!again) return;
        line += ", again ";
        if (seen.next_delay.count() == 0) {
            line += "at once";
        } else {
            line += "in ";
            append_duration(line, seen.next_delay);
        }
    });
}

void log_sink::on_call_end(const call& seen) noexcept {
    tell(level_of_call(seen.error), [&](std::string& line) {
        line += seen.operation;
        line += ": ";
        append_outcome(line, seen.error, seen.http_status);
        line += ", ";
        append_count(line, static_cast<std::size_t>(std::max(seen.attempts, 0)), "attempt, ", "attempts, ");
        append_cost(line, seen.duration, seen.request_bytes, seen.response_bytes);
    });
}

void log_sink::on_session_refresh(error_code error) noexcept {
    tell(error ? log_level::warning : log_level::info, [&](std::string& line) {
        line += "session refresh: ";
        append_outcome(line, error, 0);
    });
}

void log_sink::on_connection_open(const connection& seen) noexcept {
    const bool wrong = seen.error && !is_given_up(seen.error);
    tell(wrong ? log_level::warning : log_level::debug, [&](std::string& line) {
        line += seen.host;
        line += ": ";
        if (seen.error) append_error(line, seen.error);
        else line += seen.tls_resumed ? "connected, TLS resumed" : seen.tls ? "connected, TLS" : "connected";
        line += ", ";
        append_duration(line, seen.duration);
    });
}

void log_sink::on_connection_reuse(std::string_view host) noexcept {
    tell(log_level::debug, [&](std::string& line) {
        line += host;
        line += ": connection reused";
    });
}

void log_sink::on_connection_close(std::string_view host) noexcept {
    tell(log_level::debug, [&](std::string& line) {
        line += host;
        line += ": connection closed";
    });
}

void log_sink::on_pool_change(const pool& seen) noexcept {
    tell(log_level::debug, [&](std::string& line) {
        line += "pool: ";
        append_count(line, seen.open, "connection, ", "connections, ");
        line += std::to_string(seen.idle) + " idle, ";
        append_count(line, seen.waiting, "request waits", "requests wait");
    });
}

void log_sink::on_socket_open() noexcept {
    tell(log_level::info, [](std::string& line) { line += "socket: open"; });
}

void log_sink::on_socket_close(const close_info& seen) noexcept {
    tell(log_level::info, [&](std::string& line) {
        switch (seen.initiator) {
        case close_info::by::local:
            line += "socket: closed";
            break;
        case close_info::by::server:
            line += "socket: closed by the server";
            break;
        case close_info::by::network:
            line += "socket: connection lost";
            break;
        }
        if (seen.cause != close_cause::closed_here && seen.cause != close_cause::other)
            line += " (" + std::string{to_string(seen.cause)} + ')';
        if (seen.code != 0) line += ", code " + std::to_string(seen.code);
        if (!seen.reason.empty()) line += ": " + seen.reason;
    });
}

void log_sink::on_round_trip(std::chrono::microseconds taken) noexcept {
    tell(log_level::debug, [&](std::string& line) {
        line += "socket: ping answered after ";
        append_duration(line, taken);
    });
}

void log_sink::on_message_sent(std::size_t bytes) noexcept {
    tell(log_level::debug, [&](std::string& line) {
        line += "socket: ";
        append_size(line, bytes);
        line += " sent";
    });
}

void log_sink::on_message_received(std::size_t bytes) noexcept {
    tell(log_level::debug, [&](std::string& line) {
        line += "socket: ";
        append_size(line, bytes);
        line += " received";
    });
}

std::shared_ptr<log_sink> log_to(std::ostream& out, log_level minimum, std::shared_ptr<clock> clock) {
    if (!clock) clock = real_clock();
    const auto one_at_a_time = std::make_shared<std::mutex>();
    return std::make_shared<log_sink>(
        [&out, clock = std::move(clock), one_at_a_time](log_level level, std::string_view line) {
            using namespace std::chrono;
            const auto now = clock->wall_now();
            const auto second = floor<seconds>(now);
            std::string text;
            wire::append_rfc3339(text, second);
            // Always three digits of fraction, so that the lines stand below each other.
            const auto fraction = std::to_string(1000 + floor<milliseconds>(now - second).count());
            text.replace(text.size() - 1, 1, '.' + fraction.substr(1) + "Z ");
            text += name_of(level);
            text += ' ';
            text += line;
            text += '\n';
            const std::lock_guard lock{*one_at_a_time};
            out.write(text.data(), static_cast<std::streamsize>(text.size()));
            if (level >= log_level::warning) out.flush();
        },
        minimum);
}

} // namespace nakama
