#include "wire/utf8.hpp"

#include <nakama/error.hpp>
#include <nakama/metrics_sink.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <mutex>
#include <set>

namespace nakama {
namespace {

using boost::system::error_code;

/// A label's value for how something ended, always out of the same few.
std::string_view outcome_of(error_code error) noexcept {
    if (!error) return "ok";
    if (error.category() == client_category()) {
        switch (static_cast<errc>(error.value())) {
        case errc::cancelled:
            return "cancelled";
        case errc::timed_out:
            return "timed_out";
        case errc::closed:
            return "closed";
        case errc::resolve_failed:
            return "resolve_failed";
        case errc::connect_failed:
            return "connect_failed";
        case errc::tls_failed:
            return "tls_failed";
        case errc::connection_lost:
            return "connection_lost";
        case errc::upgrade_refused:
            return "upgrade_refused";
        case errc::malformed_answer:
            return "malformed_answer";
        case errc::invalid_argument:
            return "invalid_argument";
        case errc::message_too_large:
            return "message_too_large";
        case errc::overflow:
            return "overflow";
        case errc::session_expired:
            return "session_expired";
        case errc::storage_failed:
            return "storage_failed";
        }
    } else if (error.category() == grpc_category()) {
        switch (static_cast<grpc_code>(error.value())) {
        case grpc_code::cancelled:
            return "server_cancelled"; // errc has one as well
        case grpc_code::unknown:
            return "unknown";
        case grpc_code::invalid_argument:
            return "server_invalid_argument"; // likewise
        case grpc_code::deadline_exceeded:
            return "deadline_exceeded";
        case grpc_code::not_found:
            return "not_found";
        case grpc_code::already_exists:
            return "already_exists";
        case grpc_code::permission_denied:
            return "permission_denied";
        case grpc_code::resource_exhausted:
            return "resource_exhausted";
        case grpc_code::failed_precondition:
            return "failed_precondition";
        case grpc_code::aborted:
            return "aborted";
        case grpc_code::out_of_range:
            return "out_of_range";
        case grpc_code::unimplemented:
            return "unimplemented";
        case grpc_code::internal:
            return "internal";
        case grpc_code::unavailable:
            return "unavailable";
        case grpc_code::data_loss:
            return "data_loss";
        case grpc_code::unauthenticated:
            return "unauthenticated";
        }
    } else if (error.category() == realtime_category()) {
        switch (static_cast<realtime_code>(error.value())) {
        case realtime_code::unrecognized_payload:
            return "unrecognized_payload";
        case realtime_code::missing_payload:
            return "missing_payload";
        case realtime_code::bad_input:
            return "bad_input";
        case realtime_code::match_not_found:
            return "match_not_found";
        case realtime_code::match_join_rejected:
            return "match_join_rejected";
        case realtime_code::runtime_function_not_found:
            return "runtime_function_not_found";
        case realtime_code::runtime_function_exception:
            return "runtime_function_exception";
        case realtime_code::runtime_exception:
            return "runtime_exception";
        }
    }
    return "other";
}

/// Counts by outcome. The keys live as long as the program.
using outcomes = std::map<std::string_view, std::uint64_t>;

/// Times, by bucket.
struct histogram {
    std::vector<std::uint64_t> buckets; // the last without a bound; not cumulative
    std::uint64_t nanoseconds = 0;      // of all

    void add(std::uint64_t taken, const std::vector<double>& bounds) {
        const auto bucket = std::ranges::lower_bound(bounds, static_cast<double>(taken) / 1e9);
        ++buckets[static_cast<std::size_t>(bucket - bounds.begin())];
        nanoseconds += taken;
    }
};

struct operation_counts {
    outcomes calls{{"ok", 0}};
    std::uint64_t attempts = 0;
    std::uint64_t retries = 0;
    std::uint64_t request_bytes = 0;
    std::uint64_t response_bytes = 0;
    std::uint64_t in_progress = 0;
    histogram durations;
};

struct counts {
    std::map<std::string, operation_counts, std::less<>> operations{};
    std::uint64_t connections_opened = 0;
    std::uint64_t connections_failed = 0;
    std::uint64_t connections_reused = 0;
    std::uint64_t connections_closed = 0;
    observer::pool pool{}; // of all clients
    outcomes refreshes{{"ok", 0}};
    std::uint64_t sockets_opened = 0;
    std::array<std::uint64_t, 3> sockets_closed{}; // by close_info::by
    histogram round_trips;
    std::uint64_t messages_sent = 0;
    std::uint64_t messages_received = 0;
    std::uint64_t bytes_sent = 0;
    std::uint64_t bytes_received = 0;
};

std::uint64_t nanoseconds_of(std::chrono::nanoseconds duration) noexcept {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
}

/// The shortest text that is read as the same number, in any locale.
std::string text_of(double number) {
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

/// Exact, where a floating-point sum would lose the small ones in time: "12.0345".
std::string seconds_of(std::uint64_t nanoseconds) {
    std::string text = std::to_string(nanoseconds / 1'000'000'000);
    if (const auto fraction = nanoseconds % 1'000'000'000; fraction != 0) {
        text += '.' + std::to_string(1'000'000'000 + fraction).substr(1);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

/// name="value",
void append_label(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += "=\"";
    for (const char c : value) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || c == '"') out += '\\';
        out += c;
    }
    out += "\",";
}

bool is_label_name(std::string_view name) noexcept {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !name.empty() && !is_digit(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return is_letter(c) || is_digit(c); });
}

[[noreturn]] void refuse(std::string why) {
    throw error{errc::invalid_argument, error_details{.message = "metrics: " + std::move(why)}};
}

void check(const metrics_options& options) {
    if (options.buckets.empty()) refuse("there are no buckets");
    for (std::size_t i = 0; i < options.buckets.size(); ++i) {
        if (!std::isfinite(options.buckets[i])) refuse("a bucket's bound is not finite");
        if (i > 0 && options.buckets[i] <= options.buckets[i - 1]) refuse("the buckets do not ascend");
    }
    // Two underscores in front are Prometheus' own.
    std::set<std::string_view> taken{"operation", "outcome", "initiator", "le"};
    for (const auto& [name, value] : options.labels) {
        if (!is_label_name(name) || name.starts_with("__")) refuse("not a label's name: \"" + name + '"');
        if (!taken.insert(name).second) refuse("the label \"" + name + "\" is there already");
        if (!wire::is_utf8(value)) refuse("the value of the label \"" + name + "\" is not UTF-8");
    }
}

/// Writes the text, one family of series after the other.
class exposition {
public:
    using label_list = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    explicit exposition(std::string_view constant) : constant_{constant} {}

    /// The samples that follow belong to it.
    void family(std::string_view name, std::string_view type, std::string_view help) {
        name_ = name;
        append({"# HELP nakama_", name, " ", help, "\n# TYPE nakama_", name, " ", type, "\n"});
    }

    void sample(std::string_view suffix, label_list labels, std::string_view value) {
        append({"nakama_", name_, suffix, "{", constant_});
        for (const auto& [name, of] : labels) append_label(text_, name, of);
        if (text_.back() == ',') text_.back() = '}';
        else text_.pop_back(); // the brace, as there are no labels
        append({" ", value, "\n"});
    }
    void sample(label_list labels, std::uint64_t value) { sample("", labels, std::to_string(value)); }

    /// A family of one series.
    void single(std::string_view name, std::string_view type, std::string_view help, std::uint64_t value) {
        family(name, type, help);
        sample({}, value);
    }

    std::string take() && { return std::move(text_); }

private:
    void append(std::initializer_list<std::string_view> parts) {
        for (const auto part : parts) text_ += part;
    }

    std::string text_;
    std::string_view constant_;
    std::string_view name_;
};

std::string bound_of(const std::vector<double>& buckets, std::size_t index) {
    return index < buckets.size() ? text_of(buckets[index]) : "+Inf";
}

void write_operations(exposition& out, const counts& seen, const std::vector<double>& buckets) {
    const auto each = [&](std::string_view name, std::string_view type, std::string_view help,
                          std::uint64_t operation_counts::* count) {
        out.family(name, type, help);
        for (const auto& [operation, of] : seen.operations) out.sample({{"operation", operation}}, of.*count);
    };
    out.family("calls_total", "counter", "Calls that have ended, by outcome.");
    for (const auto& [operation, of] : seen.operations)
        for (const auto& [outcome, calls] : of.calls)
            out.sample({{"operation", operation}, {"outcome", outcome}}, calls);
    each("calls_in_progress", "gauge", "Calls that have started and not ended.",
         &operation_counts::in_progress);
    each("attempts_total", "counter", "Requests tried, each call's first included.",
         &operation_counts::attempts);
    each("retries_total", "counter", "Requests tried again.", &operation_counts::retries);
    each("request_bytes_total", "counter", "Bodies of requests.", &operation_counts::request_bytes);
    each("response_bytes_total", "counter", "Bodies of answers, decompressed.",
         &operation_counts::response_bytes);

    out.family("call_duration_seconds", "histogram",
               "Time that calls took, all attempts and waits included.");
    for (const auto& [operation, of] : seen.operations) {
        std::uint64_t calls = 0;
        for (std::size_t i = 0; i < of.durations.buckets.size(); ++i) {
            calls += of.durations.buckets[i];
            out.sample("_bucket", {{"operation", operation}, {"le", bound_of(buckets, i)}},
                       std::to_string(calls));
        }
        out.sample("_sum", {{"operation", operation}}, seconds_of(of.durations.nanoseconds));
        out.sample("_count", {{"operation", operation}}, std::to_string(calls));
    }
}

void write_connections(exposition& out, const counts& seen) {
    out.single("connections_opened_total", "counter", "Connections opened.", seen.connections_opened);
    out.single("connections_failed_total", "counter", "Connections that could not be opened.",
               seen.connections_failed);
    out.single("connections_reused_total", "counter", "Requests on a connection that was open already.",
               seen.connections_reused);
    out.single("connections_closed_total", "counter", "Connections closed.", seen.connections_closed);
    out.single("pool_open_connections", "gauge", "Connections for requests: being opened, busy or idle.",
               seen.pool.open);
    out.single("pool_idle_connections", "gauge", "Connections for requests that are open and without one.",
               seen.pool.idle);
    out.single("pool_waiting_requests", "gauge", "Requests that wait for a connection.", seen.pool.waiting);
}

void write_sockets(exposition& out, const counts& seen, const std::vector<double>& buckets) {
    out.family("session_refreshes_total", "counter", "Sessions refreshed by the client itself, by outcome.");
    for (const auto& [outcome, refreshes] : seen.refreshes) out.sample({{"outcome", outcome}}, refreshes);
    out.single("sockets_opened_total", "counter", "Realtime sockets opened.", seen.sockets_opened);
    out.family("sockets_closed_total", "counter", "Realtime sockets ended, by who ended them.");
    constexpr std::array<std::string_view, 3> initiators{"local", "server", "network"};
    for (std::size_t i = 0; i < initiators.size(); ++i)
        out.sample({{"initiator", initiators[i]}}, seen.sockets_closed[i]);
    out.single("messages_sent_total", "counter", "Messages sent over sockets.", seen.messages_sent);
    out.single("messages_received_total", "counter", "Messages received over sockets.",
               seen.messages_received);
    out.single("messages_sent_bytes_total", "counter", "Size of the messages sent.", seen.bytes_sent);
    out.single("messages_received_bytes_total", "counter", "Size of the messages received.",
               seen.bytes_received);
    out.family("socket_round_trip_seconds", "histogram", "Time that pings over sockets took to be answered.");
    std::uint64_t pings = 0;
    for (std::size_t i = 0; i < seen.round_trips.buckets.size(); ++i) {
        pings += seen.round_trips.buckets[i];
        out.sample("_bucket", {{"le", bound_of(buckets, i)}}, std::to_string(pings));
    }
    out.sample("_sum", {}, seconds_of(seen.round_trips.nanoseconds));
    out.sample("_count", {}, std::to_string(pings));
}

} // namespace

struct metrics_sink::registry {
    explicit registry(metrics_options options) : buckets{std::move(options.buckets)} {
        for (const auto& [name, value] : options.labels) append_label(labels, name, value);
        seen.round_trips.buckets.resize(buckets.size() + 1);
    }

    /// The operation's counts. They stay where they are.
    operation_counts& of(std::string_view operation) {
        auto found = seen.operations.find(operation);
        if (found == seen.operations.end()) {
            operation_counts fresh;
            fresh.durations.buckets.resize(buckets.size() + 1);
            found = seen.operations.emplace(operation, std::move(fresh)).first;
        }
        return found->second;
    }

    /// Calls `change` with nobody else at the counts. A count for which there is no memory is lost: it is not
    /// worth a call.
    template <class Change>
    void update(const Change& change) noexcept {
        try {
            const std::lock_guard lock{mutex};
            change();
        } catch (...) {
        }
    }

    const std::vector<double> buckets;
    std::string labels; // as they are written
    std::mutex mutex;   // for what follows, and for every sink's gauges
    counts seen;
};

struct metrics_sink::gauges {
    std::map<operation_counts*, std::uint64_t> in_progress;
    observer::pool pool;
};

metrics_sink::metrics_sink(metrics_options options) : own_{std::make_unique<gauges>()} {
    check(options);
    registry_ = std::make_shared<registry>(std::move(options));
}

metrics_sink::metrics_sink(std::shared_ptr<registry> shared)
    : registry_{std::move(shared)}, own_{std::make_unique<gauges>()} {}

metrics_sink::~metrics_sink() {
    on_pool_change({});
    registry_->update([this] {
        for (const auto& [operation, calls] : own_->in_progress) operation->in_progress -= calls;
    });
}

std::shared_ptr<metrics_sink> metrics_sink::share() const {
    return std::shared_ptr<metrics_sink>{new metrics_sink{registry_}};
}

std::string metrics_sink::text() const {
    // Writing takes longer than copying, and clients would wait for it.
    const counts seen = [this] {
        const std::lock_guard lock{registry_->mutex};
        return registry_->seen;
    }();
    exposition out{registry_->labels};
    write_operations(out, seen, registry_->buckets);
    write_connections(out, seen);
    write_sockets(out, seen, registry_->buckets);
    return std::move(out).take();
}

void metrics_sink::on_call_start(std::string_view operation) noexcept {
    registry_->update([&] {
        auto& of = registry_->of(operation);
        ++own_->in_progress[&of];
        ++of.in_progress;
    });
}

void metrics_sink::on_attempt_end(const attempt& seen) noexcept {
    registry_->update([&] {
        auto& of = registry_->of(seen.operation);
        ++of.attempts;
        if (seen.number > 1) ++of.retries;
        of.request_bytes += seen.request_bytes;
        of.response_bytes += seen.response_bytes;
    });
}

void metrics_sink::on_call_end(const call& seen) noexcept {
    registry_->update([&] {
        auto& of = registry_->of(seen.operation);
        ++of.calls[outcome_of(seen.error)];
        // A start that was not counted must not make less than nothing of its end.
        if (auto& mine = own_->in_progress[&of]; mine > 0) {
            --mine;
            --of.in_progress;
        }
        of.durations.add(nanoseconds_of(seen.duration), registry_->buckets);
    });
}

void metrics_sink::on_session_refresh(error_code error) noexcept {
    registry_->update([&] { ++registry_->seen.refreshes[outcome_of(error)]; });
}

void metrics_sink::on_connection_open(const connection& seen) noexcept {
    registry_->update([&] {
        auto& all = registry_->seen;
        ++(seen.error ? all.connections_failed : all.connections_opened);
    });
}

void metrics_sink::on_connection_reuse(std::string_view) noexcept {
    registry_->update([&] { ++registry_->seen.connections_reused; });
}

void metrics_sink::on_connection_close(std::string_view) noexcept {
    registry_->update([&] { ++registry_->seen.connections_closed; });
}

void metrics_sink::on_pool_change(const pool& seen) noexcept {
    registry_->update([&] {
        auto& all = registry_->seen.pool;
        auto& mine = own_->pool;
        all.open += seen.open - mine.open;
        all.idle += seen.idle - mine.idle;
        all.waiting += seen.waiting - mine.waiting;
        mine = seen;
    });
}

void metrics_sink::on_socket_open() noexcept {
    registry_->update([&] { ++registry_->seen.sockets_opened; });
}

void metrics_sink::on_socket_close(const close_info& seen) noexcept {
    registry_->update([&] { ++registry_->seen.sockets_closed.at(static_cast<std::size_t>(seen.initiator)); });
}

void metrics_sink::on_round_trip(std::chrono::microseconds taken) noexcept {
    registry_->update([&] { registry_->seen.round_trips.add(nanoseconds_of(taken), registry_->buckets); });
}

void metrics_sink::on_message_sent(std::size_t bytes) noexcept {
    registry_->update([&] {
        ++registry_->seen.messages_sent;
        registry_->seen.bytes_sent += bytes;
    });
}

void metrics_sink::on_message_received(std::size_t bytes) noexcept {
    registry_->update([&] {
        ++registry_->seen.messages_received;
        registry_->seen.bytes_received += bytes;
    });
}

} // namespace nakama
