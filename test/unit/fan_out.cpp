#include <nakama/error.hpp>
#include <nakama/fan_out.hpp>
#include <nakama/log_sink.hpp>
#include <nakama/metrics_sink.hpp>

#include <catch2/catch_test_macros.hpp>

#include <utility>

using namespace nakama;
using namespace std::chrono_literals;

namespace {

/// Writes down every event, with enough of it to tell it from another of its kind.
class diary final : public observer {
public:
    diary(std::string name, std::string& text) : name_{std::move(name)}, text_{text} {}

    void on_call_start(std::string_view operation) noexcept override {
        note("call " + std::string{operation});
    }
    void on_attempt_start(std::string_view operation, int number) noexcept override {
        note("attempt " + std::string{operation} + ' ' + std::to_string(number));
    }
    void on_attempt_end(const attempt& seen) noexcept override {
        note("tried " + std::to_string(seen.number));
    }
    void on_call_end(const call& seen) noexcept override { note("called " + std::to_string(seen.attempts)); }
    void on_session_refresh(boost::system::error_code error) noexcept override {
        note("refreshed " + std::to_string(error.value()));
    }
    void on_connection_open(const connection& seen) noexcept override {
        note("opened " + std::string{seen.host});
    }
    void on_connection_reuse(std::string_view host) noexcept override { note("reused " + std::string{host}); }
    void on_connection_close(std::string_view host) noexcept override { note("closed " + std::string{host}); }
    void on_pool_change(const pool& seen) noexcept override { note("pool " + std::to_string(seen.open)); }
    void on_socket_open() noexcept override { note("socket"); }
    void on_socket_close(const close_info& seen) noexcept override { note("no socket " + seen.reason); }
    void on_message_sent(std::size_t bytes) noexcept override { note("sent " + std::to_string(bytes)); }
    void on_message_received(std::size_t bytes) noexcept override {
        note("received " + std::to_string(bytes));
    }

private:
    void note(const std::string& event) { text_ += name_ + ": " + event + '\n'; }

    std::string name_;
    std::string& text_;
};

} // namespace

TEST_CASE("every event reaches each observer, in their order") {
    std::string text;
    const auto both =
        fan_out({std::make_shared<diary>("1", text), nullptr, std::make_shared<diary>("2", text)});
    const auto twice = [&](std::string_view event) {
        const std::string told = std::exchange(text, {});
        CHECK(told == "1: " + std::string{event} + "\n2: " + std::string{event} + '\n');
    };
    both->on_call_start("rpc");
    twice("call rpc");
    both->on_attempt_start("rpc", 2);
    twice("attempt rpc 2");
    both->on_attempt_end({.number = 3});
    twice("tried 3");
    both->on_call_end({.attempts = 4});
    twice("called 4");
    both->on_session_refresh(errc::timed_out);
    twice("refreshed 2");
    both->on_connection_open({.host = "a:1"});
    twice("opened a:1");
    both->on_connection_reuse("a:2");
    twice("reused a:2");
    both->on_connection_close("a:3");
    twice("closed a:3");
    both->on_pool_change({.open = 5});
    twice("pool 5");
    both->on_socket_open();
    twice("socket");
    both->on_socket_close({.reason = "why"});
    twice("no socket why");
    both->on_message_sent(6);
    twice("sent 6");
    both->on_message_received(7);
    twice("received 7");
}

TEST_CASE("a log and metrics hear of the same call") {
    std::string line;
    const auto log = std::make_shared<log_sink>([&](log_level, std::string_view text) { line = text; });
    const auto metrics = std::make_shared<metrics_sink>();
    const auto both = fan_out({log, metrics->share()});
    both->on_call_start("rpc");
    both->on_call_end({.operation = "rpc", .attempts = 1, .http_status = 200, .duration = 5ms});
    CHECK(line == "rpc: ok, HTTP 200, 1 attempt, 5 ms, 0 B sent, 0 B received");
    CHECK(metrics->text().find("nakama_calls_total{operation=\"rpc\",outcome=\"ok\"} 1\n") !=
          std::string::npos);
}
