#include <nakama/fan_out.hpp>

namespace nakama {
namespace {

class fanned_out final : public observer {
public:
    explicit fanned_out(std::vector<std::shared_ptr<observer>> observers) : all_{std::move(observers)} {
        std::erase(all_, nullptr);
    }

    void on_call_start(std::string_view operation) noexcept override {
        for (const auto& each : all_) each->on_call_start(operation);
    }
    void on_attempt_start(std::string_view operation, int number) noexcept override {
        for (const auto& each : all_) each->on_attempt_start(operation, number);
    }
    void on_attempt_end(const attempt& seen) noexcept override {
        for (const auto& each : all_) each->on_attempt_end(seen);
    }
    void on_call_end(const call& seen) noexcept override {
        for (const auto& each : all_) each->on_call_end(seen);
    }
    void on_session_refresh(boost::system::error_code error) noexcept override {
        for (const auto& each : all_) each->on_session_refresh(error);
    }
    void on_connection_open(const connection& seen) noexcept override {
        for (const auto& each : all_) each->on_connection_open(seen);
    }
    void on_connection_reuse(std::string_view host) noexcept override {
        for (const auto& each : all_) each->on_connection_reuse(host);
    }
    void on_connection_close(std::string_view host) noexcept override {
        for (const auto& each : all_) each->on_connection_close(host);
    }
    void on_pool_change(const pool& seen) noexcept override {
        for (const auto& each : all_) each->on_pool_change(seen);
    }
    void on_socket_open() noexcept override {
        for (const auto& each : all_) each->on_socket_open();
    }
    void on_socket_close(const close_info& seen) noexcept override {
        for (const auto& each : all_) each->on_socket_close(seen);
    }
    void on_round_trip(std::chrono::microseconds taken) noexcept override {
        for (const auto& each : all_) each->on_round_trip(taken);
    }
    void on_message_sent(std::size_t bytes) noexcept override {
        for (const auto& each : all_) each->on_message_sent(bytes);
    }
    void on_message_received(std::size_t bytes) noexcept override {
        for (const auto& each : all_) each->on_message_received(bytes);
    }

private:
    std::vector<std::shared_ptr<observer>> all_;
};

} // namespace

std::shared_ptr<observer> fan_out(std::vector<std::shared_ptr<observer>> observers) {
    return std::make_shared<fanned_out>(std::move(observers));
}

} // namespace nakama
