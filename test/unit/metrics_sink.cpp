#include <nakama/error.hpp>
#include <nakama/metrics_sink.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <barrier>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <thread>

using namespace nakama;
using namespace std::chrono_literals;

namespace {

using label_set = std::map<std::string, std::string>;

struct family {
    std::string type{};
    std::vector<std::tuple<std::string, label_set, double>> samples{}; ///< name, labels, value
};

/// Reads the text format as strictly as it is written, and stricter: throws what is wrong with it.
class exposition_reader {
public:
    explicit exposition_reader(std::string_view text) : rest_{text} {
        while (!rest_.empty()) {
            if (rest_.starts_with('#')) head();
            else sample();
        }
        for (const auto& [name, family] : families) check(name, family);
    }

    /// The value of a series, written as "name{label=\"value\"}" with labels in the alphabet's order.
    double at(const std::string& series) const {
        const auto found = series_.find(series);
        if (found == series_.end()) throw std::out_of_range{"no series " + series};
        return found->second;
    }

    std::map<std::string, family> families;

private:
    void require(bool right, const std::string& what) const {
        if (!right) throw std::runtime_error{what + " before: " + std::string{rest_.substr(0, 60)}};
    }
    bool take(std::string_view literal) {
        if (!rest_.starts_with(literal)) return false;
        rest_.remove_prefix(literal.size());
        return true;
    }
    std::string until(char end) {
        const auto length = rest_.find(end);
        require(length != std::string_view::npos, "no end");
        std::string text{rest_.substr(0, length)};
        rest_.remove_prefix(length + 1);
        return text;
    }
    std::string name(bool colons) {
        std::size_t length = 0;
        const auto fits = [&](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (colons && c == ':') ||
                   (length > 0 && c >= '0' && c <= '9');
        };
        while (length < rest_.size() && fits(rest_[length])) ++length;
        require(length > 0, "no name");
        std::string text{rest_.substr(0, length)};
        rest_.remove_prefix(length);
        return text;
    }

    void head() {
        require(take("# HELP "), "no HELP");
        current_ = name(true);
        require(take(" ") && !until('\n').empty(), "no help");
        require(take("# TYPE " + current_ + " "), "HELP without TYPE");
        const auto type = until('\n');
        require(type == "counter" || type == "gauge" || type == "histogram", "unknown type");
        require(families.emplace(current_, family{type}).second, "a family twice");
    }

    void sample() {
        const auto sampled = name(true);
        require(!current_.empty() && sampled.starts_with(current_), "a sample outside of its family");
        const auto suffix = sampled.substr(current_.size());
        auto& family = families.at(current_);
        require(family.type == "histogram" ? suffix == "_bucket" || suffix == "_sum" || suffix == "_count"
                                           : suffix.empty(),
                "a sample outside of its family");
        label_set labels;
        if (take("{")) {
            do {
                auto label = name(false);
                require(take("=\""), "no value");
                require(labels.emplace(std::move(label), value()).second, "a label twice");
            } while (take(","));
            require(take("}"), "no brace");
        }
        require(take(" "), "no space");
        const auto number = until('\n');
        char* end = nullptr;
        const double value = std::strtod(number.c_str(), &end);
        require(!number.empty() && *end == 0 && std::isfinite(value) && value >= 0, "no count");
        std::string series = sampled;
        for (const auto& [label, of] : labels)
            series += (series.size() == sampled.size() ? '{' : ',') + label + "=\"" + of + '"';
        if (!labels.empty()) series += '}';
        require(series_.emplace(std::move(series), value).second, "a series twice");
        family.samples.emplace_back(sampled, std::move(labels), value);
    }

    std::string value() {
        std::string text;
        while (!take("\"")) {
            require(!rest_.empty() && rest_.front() != '\n', "no closing quote");
            if (take("\\\\")) text += '\\';
            else if (take("\\\"")) text += '"';
            else if (take("\\n")) text += '\n';
            else {
                require(rest_.front() != '\\', "unknown escape");
                text += rest_.front();
                rest_.remove_prefix(1);
            }
        }
        return text;
    }

    void check(const std::string& of, const family& family) const {
        require(!of.ends_with("_total") == (family.type != "counter"), "only counters end in _total: " + of);
        if (family.type != "histogram") return;
        struct row {
            double bound = -std::numeric_limits<double>::infinity();
            double calls = 0;
            std::optional<double> count{};
            bool sum = false;
        };
        std::map<label_set, row> rows;
        for (auto [sampled, labels, value] : family.samples) {
            std::string bound;
            if (sampled == of + "_bucket") bound = labels.extract("le").mapped();
            require(!labels.contains("le"), "le elsewhere than on a bucket");
            auto& row = rows[labels];
            if (sampled == of + "_sum") row.sum = true;
            else if (sampled == of + "_count") row.count = value;
            else {
                const double next =
                    bound == "+Inf" ? std::numeric_limits<double>::infinity() : std::stod(bound);
                require(next > row.bound, "buckets do not ascend");
                require(value >= row.calls, "buckets are not cumulative");
                row.bound = next;
                row.calls = value;
            }
        }
        for (const auto& [labels, row] : rows) {
            require(std::isinf(row.bound), "no +Inf");
            require(row.sum && row.count && *row.count == row.calls, "_count is not the last bucket");
        }
    }

    std::string_view rest_;
    std::string current_;
    std::map<std::string, double> series_;
};

bool refused(metrics_options options) {
    try {
        metrics_sink{std::move(options)};
    } catch (const error& failure) {
        return failure.code() == errc::invalid_argument;
    }
    return false;
}

void make_call(observer& sink, std::string_view operation, std::chrono::nanoseconds duration,
               boost::system::error_code error = {}) {
    sink.on_call_start(operation);
    sink.on_attempt_start(operation, 1);
    sink.on_attempt_end({.operation = operation, .error = error, .request_bytes = 10, .response_bytes = 100});
    sink.on_call_end({.operation = operation, .attempts = 1, .error = error, .duration = duration});
}

} // namespace

TEST_CASE("the tests' reader of metrics refuses what is not in the format") {
    const std::string head = "# HELP a_total x\n# TYPE a_total counter\n";
    const std::string histogram = "# HELP h x\n# TYPE h histogram\n";
    CHECK_NOTHROW(exposition_reader{head + "a_total{b=\"c\\n\\\\\\\"\"} 1\na_total 2\n"});
    CHECK_NOTHROW(exposition_reader{histogram +
                                    "h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 3.5\nh_count 2\n"});
    for (const auto& wrong : {
             std::string{"a_total 1\n"},
             std::string{"# TYPE a_total counter\n# HELP a_total x\n"},
             std::string{"# HELP a x\n# TYPE a counter\n"},
             std::string{"# HELP a_total x\n# TYPE a_total gauge\n"},
             head + "a_total 1",
             head + "a_total\n",
             head + "a_total one\n",
             head + "a_total 1\na_total 1\n",
             head + "a_total{} 1\n",
             head + "a_total{b=\"c\",} 1\n",
             head + "a_total{b=\"c} 1\n",
             head + "a_total{b=\"\\c\"} 1\n",
             head + "a_total{b=\"c\",b=\"d\"} 1\n",
             head + "a_total{0=\"c\"} 1\n",
             head + "b_total 1\n",
             head + head,
             histogram + "h_bucket{le=\"1\"} 1\nh_sum 1\nh_count 1\n",
             histogram + "h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 1\nh_count 3\n",
             histogram + "h_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} 2\nh_sum 1\nh_count 2\n",
             histogram +
                 "h_bucket{le=\"2\"} 1\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 1\nh_count 2\n",
             histogram + "h_bucket{le=\"+Inf\"} 2\nh_count 2\n",
         }) {
        INFO(wrong);
        CHECK_THROWS(exposition_reader{wrong});
    }
}

TEST_CASE("metrics are written in Prometheus' text format") {
    metrics_sink sink{{.buckets = {0.001, 0.5, 10}, .labels = {{"client", "bot-7"}}}};
    make_call(sink, "get_account", 12'340us);
    const std::string text = sink.text();
    CHECK(text.starts_with("# HELP nakama_calls_total Calls that have ended, by outcome.\n"
                           "# TYPE nakama_calls_total counter\n"
                           "nakama_calls_total{client=\"bot-7\",operation=\"get_account\",outcome=\"ok\"} 1\n"
                           "# HELP nakama_calls_in_progress Calls that have started and not ended.\n"
                           "# TYPE nakama_calls_in_progress gauge\n"
                           "nakama_calls_in_progress{client=\"bot-7\",operation=\"get_account\"} 0\n"));
    CHECK(
        text.find(
            "# TYPE nakama_call_duration_seconds histogram\n"
            "nakama_call_duration_seconds_bucket{client=\"bot-7\",operation=\"get_account\",le=\"0.001\"} 0\n"
            "nakama_call_duration_seconds_bucket{client=\"bot-7\",operation=\"get_account\",le=\"0.5\"} 1\n"
            "nakama_call_duration_seconds_bucket{client=\"bot-7\",operation=\"get_account\",le=\"10\"} 1\n"
            "nakama_call_duration_seconds_bucket{client=\"bot-7\",operation=\"get_account\",le=\"+Inf\"} 1\n"
            "nakama_call_duration_seconds_sum{client=\"bot-7\",operation=\"get_account\"} 0.01234\n"
            "nakama_call_duration_seconds_count{client=\"bot-7\",operation=\"get_account\"} 1\n") !=
        std::string::npos);
    CHECK(text.find("\nnakama_sockets_opened_total{client=\"bot-7\"} 0\n") != std::string::npos);
    CHECK(metrics_sink{}.text().find("\nnakama_sockets_opened_total 0\n") != std::string::npos);
    CHECK_NOTHROW(exposition_reader{text});
    CHECK_NOTHROW(exposition_reader{metrics_sink{}.text()});
}

TEST_CASE("metrics count calls, attempts and bytes by operation") {
    metrics_sink sink;
    make_call(sink, "get_account", 1ms);
    make_call(sink, "get_account", 1ms, grpc_code::not_found);
    make_call(sink, "get_account", 1ms, errc::timed_out);
    sink.on_call_start("rpc");
    for (int number = 1; number <= 3; ++number)
        sink.on_attempt_end(
            {.operation = "rpc", .number = number, .request_bytes = 7, .response_bytes = 1'000'000'000'000});
    const exposition_reader running{sink.text()};
    CHECK(running.at(R"(nakama_calls_in_progress{operation="rpc"})") == 1);
    CHECK(running.at(R"(nakama_calls_total{operation="rpc",outcome="ok"})") == 0);
    sink.on_call_end({.operation = "rpc", .attempts = 3});

    const exposition_reader read{sink.text()};
    CHECK(read.at(R"(nakama_calls_total{operation="get_account",outcome="ok"})") == 1);
    CHECK(read.at(R"(nakama_calls_total{operation="get_account",outcome="not_found"})") == 1);
    CHECK(read.at(R"(nakama_calls_total{operation="get_account",outcome="timed_out"})") == 1);
    CHECK(read.at(R"(nakama_calls_total{operation="rpc",outcome="ok"})") == 1);
    CHECK(read.at(R"(nakama_calls_in_progress{operation="rpc"})") == 0);
    CHECK(read.at(R"(nakama_attempts_total{operation="get_account"})") == 3);
    CHECK(read.at(R"(nakama_attempts_total{operation="rpc"})") == 3);
    CHECK(read.at(R"(nakama_retries_total{operation="get_account"})") == 0);
    CHECK(read.at(R"(nakama_retries_total{operation="rpc"})") == 2);
    CHECK(read.at(R"(nakama_request_bytes_total{operation="rpc"})") == 21);
    CHECK(read.at(R"(nakama_response_bytes_total{operation="rpc"})") == 3e12);
    CHECK(read.at(R"(nakama_call_duration_seconds_count{operation="get_account"})") == 3);
}

TEST_CASE("metrics name every error, each differently") {
    metrics_sink sink;
    const auto fail = [&](boost::system::error_code error, const std::string& outcome) {
        make_call(sink, "rpc", 1ms, error);
        CHECK(exposition_reader{sink.text()}.at(R"(nakama_calls_total{operation="rpc",outcome=")" + outcome +
                                                "\"}") > 0);
    };
    fail(errc::cancelled, "cancelled");
    fail(grpc_code::cancelled, "server_cancelled");
    fail(errc::invalid_argument, "invalid_argument");
    fail(grpc_code::invalid_argument, "server_invalid_argument");
    fail(grpc_code::unknown, "unknown");
    fail(realtime_code::match_not_found, "match_not_found");
    fail(boost::system::errc::make_error_code(boost::system::errc::broken_pipe), "other");
    fail({13, client_category()}, "other");
    fail({17, grpc_category()}, "other");
    fail({8, realtime_category()}, "other");

    metrics_sink all;
    for (int value = 1; value <= 12; ++value) make_call(all, "rpc", 1ms, static_cast<errc>(value));
    for (int value = 1; value <= 16; ++value) make_call(all, "rpc", 1ms, static_cast<grpc_code>(value));
    for (int value = 1; value <= 7; ++value) make_call(all, "rpc", 1ms, static_cast<realtime_code>(value));
    make_call(all, "rpc", 1ms, realtime_code::runtime_exception);
    const auto calls = exposition_reader{all.text()}.families.at("nakama_calls_total").samples;
    CHECK(calls.size() == 37); // 36 errors and "ok"
    for (const auto& [name, labels, value] : calls) CHECK(value == (labels.at("outcome") == "ok" ? 0 : 1));
}

TEST_CASE("a call counts in the first bucket whose bound it does not exceed") {
    metrics_sink sink{{.buckets = {0.001, 0.01, 0.1}}};
    for (const auto duration : {-5ns, 0ns, 1'000'000ns, 1'000'001ns, 100'000'000ns, 100'000'001ns})
        make_call(sink, "rpc", duration);
    make_call(sink, "rpc", 1h);
    const exposition_reader read{sink.text()};
    const auto bucket = [&](const std::string& bound) {
        return read.at("nakama_call_duration_seconds_bucket{le=\"" + bound + "\",operation=\"rpc\"}");
    };
    CHECK(bucket("0.001") == 3);
    CHECK(bucket("0.01") == 4);
    CHECK(bucket("0.1") == 5);
    CHECK(bucket("+Inf") == 7);
    CHECK(sink.text().find("_sum{operation=\"rpc\"} 3600.202000002\n") != std::string::npos);
}

TEST_CASE("metrics count connections, sockets, messages and refreshes") {
    metrics_sink sink;
    sink.on_connection_open({.host = "a:1"});
    sink.on_connection_open({.host = "a:1"});
    sink.on_connection_open({.host = "a:1", .error = errc::connect_failed});
    for (int i = 0; i < 3; ++i) sink.on_connection_reuse("a:1");
    for (int i = 0; i < 4; ++i) sink.on_connection_close("a:1");
    sink.on_pool_change({.open = 9, .idle = 8, .waiting = 7});
    sink.on_pool_change({.open = 5, .idle = 2, .waiting = 1});
    for (int i = 0; i < 6; ++i) sink.on_socket_open();
    sink.on_socket_close({.initiator = close_info::by::local});
    for (int i = 0; i < 2; ++i) sink.on_socket_close({.initiator = close_info::by::server});
    for (int i = 0; i < 3; ++i) sink.on_socket_close({.initiator = close_info::by::network});
    for (const auto taken : {200us, 300us}) sink.on_round_trip(taken);
    for (int i = 0; i < 2; ++i) sink.on_message_sent(10);
    for (int i = 0; i < 3; ++i) sink.on_message_received(100);
    for (int i = 0; i < 2; ++i) sink.on_session_refresh({});
    sink.on_session_refresh(grpc_code::unauthenticated);
    const exposition_reader read{sink.text()};
    CHECK(read.at("nakama_connections_opened_total") == 2);
    CHECK(read.at("nakama_connections_failed_total") == 1);
    CHECK(read.at("nakama_connections_reused_total") == 3);
    CHECK(read.at("nakama_connections_closed_total") == 4);
    CHECK(read.at("nakama_pool_open_connections") == 5);
    CHECK(read.at("nakama_socket_round_trip_seconds_count") == 2);
    CHECK(read.at("nakama_socket_round_trip_seconds_sum") == 0.0005);
    CHECK(read.at(R"(nakama_socket_round_trip_seconds_bucket{le="+Inf"})") == 2);
    CHECK(read.at("nakama_pool_idle_connections") == 2);
    CHECK(read.at("nakama_pool_waiting_requests") == 1);
    CHECK(read.at("nakama_sockets_opened_total") == 6);
    CHECK(read.at(R"(nakama_sockets_closed_total{initiator="local"})") == 1);
    CHECK(read.at(R"(nakama_sockets_closed_total{initiator="server"})") == 2);
    CHECK(read.at(R"(nakama_sockets_closed_total{initiator="network"})") == 3);
    CHECK(read.at("nakama_messages_sent_total") == 2);
    CHECK(read.at("nakama_messages_sent_bytes_total") == 20);
    CHECK(read.at("nakama_messages_received_total") == 3);
    CHECK(read.at("nakama_messages_received_bytes_total") == 300);
    CHECK(read.at(R"(nakama_session_refreshes_total{outcome="ok"})") == 2);
    CHECK(read.at(R"(nakama_session_refreshes_total{outcome="unauthenticated"})") == 1);
    for (const auto& [name, family] : read.families) CHECK(name.starts_with("nakama_"));
}

TEST_CASE("metrics' labels are checked, and escaped") {
    CHECK(!refused({.labels = {{"client", "bot-7"}, {"_0", ""}, {"Zone9", "\u65e5"}}}));
    CHECK(refused({.labels = {{"", "x"}}}));
    CHECK(refused({.labels = {{"9", "x"}}}));
    CHECK(refused({.labels = {{"a-b", "x"}}}));
    CHECK(refused({.labels = {{"a:b", "x"}}}));
    CHECK(refused({.labels = {{"\u00e9", "x"}}}));
    CHECK(refused({.labels = {{"__name", "x"}}}));
    CHECK(refused({.labels = {{"a", "x"}, {"a", "y"}}}));
    CHECK(refused({.labels = {{"a", "\xff"}}}));
    for (const auto* own : {"operation", "outcome", "initiator", "le"})
        CHECK(refused({.labels = {{own, "x"}}}));

    const std::string odd = "a\\b\"c\nd{}=,";
    metrics_sink sink{{.labels = {{"client", odd}}}};
    make_call(sink, odd, 1ms);
    CHECK(
        sink.text().find(R"(nakama_attempts_total{client="a\\b\"c\nd{}=,",operation="a\\b\"c\nd{}=,"} 1)") !=
        std::string::npos);
    const exposition_reader read{sink.text()};
    CHECK(read.at("nakama_sockets_opened_total{client=\"" + odd + "\"}") == 0);
}

TEST_CASE("metrics' buckets are checked") {
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK(!refused({.buckets = {0.5}}));
    CHECK(!refused({.buckets = {1e-9, 1e9}}));
    CHECK(refused({.buckets = {}}));
    CHECK(refused({.buckets = {1, 1}}));
    CHECK(refused({.buckets = {2, 1}}));
    CHECK(refused({.buckets = {1, infinity}}));
    CHECK(refused({.buckets = {-infinity, 1}}));
    CHECK(refused({.buckets = {std::numeric_limits<double>::quiet_NaN()}}));
}

TEST_CASE("metrics keep the names of operations") {
    metrics_sink sink;
    std::string name = "an operation whose name is too long to be kept within a string object";
    const std::string kept = name;
    make_call(sink, name, 1ms);
    name.assign(name.size(), 'x');
    CHECK(exposition_reader{sink.text()}.at("nakama_attempts_total{operation=\"" + kept + "\"}") == 1);
}

TEST_CASE("clients that share metrics add up, and take their gauges with them") {
    metrics_sink sink;
    auto first = sink.share();
    auto second = first->share();
    make_call(*first, "rpc", 1ms);
    make_call(*second, "rpc", 1ms);
    first->on_call_start("rpc");
    first->on_call_start("rpc");
    second->on_call_start("rpc");
    first->on_pool_change({.open = 4, .idle = 3, .waiting = 2});
    second->on_pool_change({.open = 10, .idle = 10, .waiting = 10});
    CHECK(first->text() == sink.text());
    const exposition_reader both{sink.text()};
    CHECK(both.at(R"(nakama_calls_in_progress{operation="rpc"})") == 3);
    CHECK(both.at("nakama_pool_open_connections") == 14);
    CHECK(both.at("nakama_pool_idle_connections") == 13);
    CHECK(both.at("nakama_pool_waiting_requests") == 12);

    first.reset();
    const exposition_reader one{sink.text()};
    CHECK(one.at(R"(nakama_calls_total{operation="rpc",outcome="ok"})") == 2);
    CHECK(one.at(R"(nakama_calls_in_progress{operation="rpc"})") == 1);
    CHECK(one.at("nakama_pool_open_connections") == 10);
    CHECK(one.at("nakama_pool_idle_connections") == 10);
    CHECK(one.at("nakama_pool_waiting_requests") == 10);
}

TEST_CASE("metrics outlive the sink that they were shared from") {
    std::optional<metrics_sink> sink{std::in_place, metrics_options{.labels = {{"client", "bot-7"}}}};
    const auto other = sink->share();
    sink->on_call_start("rpc");
    make_call(*sink, "rpc", 1ms);
    sink.reset();
    const exposition_reader read{other->text()};
    CHECK(read.at(R"(nakama_calls_total{client="bot-7",operation="rpc",outcome="ok"})") == 1);
    CHECK(read.at(R"(nakama_calls_in_progress{client="bot-7",operation="rpc"})") == 0);
}

TEST_CASE("the end of a call whose start was not counted leaves the gauge alone") {
    metrics_sink sink;
    sink.on_call_end({.operation = "rpc", .attempts = 1});
    CHECK(exposition_reader{sink.text()}.at(R"(nakama_calls_in_progress{operation="rpc"})") == 0);
}

TEST_CASE("metrics may be counted on two threads and read on a third") {
    constexpr int calls = 20'000;
    metrics_sink sink;
    std::atomic<int> running = 2;
    std::barrier both{2}; // neither is through before the other has begun
    const auto work = [&](observer& mine) {
        both.arrive_and_wait();
        for (int i = 0; i < calls; ++i) {
            make_call(mine, i % 2 == 0 ? "rpc" : "get_account", 1ms);
            mine.on_pool_change({.open = static_cast<std::size_t>(i)});
            mine.on_message_sent(1);
        }
        --running;
    };
    // One has a sink of its own, one uses the reader's.
    const auto shared = sink.share();
    std::thread first{[&] { work(*shared); }};
    std::thread second{[&] { work(sink); }};
    std::string wrong;
    double seen = 0;
    do {
        try {
            const exposition_reader read{sink.text()};
            const double now = read.at("nakama_messages_sent_total");
            if (now < seen) wrong = "a counter went back";
            seen = now;
        } catch (const std::exception& malformed) {
            wrong = malformed.what();
        }
    } while (running > 0);
    first.join();
    second.join();
    CHECK(wrong == "");
    const exposition_reader read{sink.text()};
    CHECK(read.at(R"(nakama_calls_total{operation="rpc",outcome="ok"})") == calls);
    CHECK(read.at(R"(nakama_calls_total{operation="get_account",outcome="ok"})") == calls);
    CHECK(read.at("nakama_messages_sent_total") == 2 * calls);
    CHECK(read.at("nakama_pool_open_connections") == 2 * (calls - 1));
}
