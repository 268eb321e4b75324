#include "call/keep_session.hpp"
#include "call/make_pipeline.hpp"
#include "history.hpp"
#include "realtime/connection.hpp"

#include <nakama/client.hpp>
#include <nakama/error.hpp>
#include <nakama/socket.hpp>

#include <utility>

namespace nakama {
namespace {

void check(bool good, const char* message) {
    call::require(good, "socket_config", message);
}

/// Renews a session as one would by hand.
asio::awaitable<void> refresh(std::shared_ptr<call::pipeline> pipeline,
                              std::shared_ptr<call::session_state> state) {
    struct by_hand : operations {
        explicit by_hand(std::shared_ptr<call::pipeline> shared) : operations{std::move(shared)} {}
    };
    const by_hand api{std::move(pipeline)};
    co_await api.session_refresh(call::session_access::handle<session>(std::move(state)));
}

void stop(std::shared_ptr<call::pipeline> pipeline) noexcept {
    if (pipeline) pipeline->stop();
}

} // namespace

operations::operations(std::shared_ptr<call::pipeline> pipeline) noexcept : pipeline_{std::move(pipeline)} {}
operations::~operations() = default;
operations::operations(operations&&) noexcept = default;
operations& operations::operator=(operations&&) noexcept = default;

client::client(asio::any_io_executor executor, client_config config)
    : operations{call::make_pipeline(
          std::move(executor), call::settings_of(std::move(config), std::move(config.server_key)), refresh)} {
}

client::~client() {
    stop(std::move(pipeline_));
}

client::client(client&&) noexcept = default;

client& client::operator=(client&& other) noexcept {
    if (this == &other) return *this;
    stop(std::move(pipeline_));
    operations::operator=(std::move(other));
    return *this;
}

asio::awaitable<std::optional<session>> client::restore_session(std::shared_ptr<session_store> store,
                                                                std::string_view name,
                                                                call_options options) const {
    return call::restore<session>(pipeline_, std::move(store), std::string{name}, options);
}

socket client::create_socket() const {
    return create_socket(socket_config{});
}

socket client::create_socket(const socket_config& config) const {
    check(pipeline_ != nullptr, "the client has been moved from");
    check(config.timeout.count() > 0, "socket_config::timeout is not positive");
    check(config.max_queued_messages > 0, "socket_config::max_queued_messages is 0: nothing could be sent");
    check(config.heartbeat.interval.count() <= 0 || config.heartbeat.timeout.count() > 0,
          "heartbeat_policy::timeout is not positive: no ping could be answered in time");
    check(config.max_depth >= 8, "socket_config::max_depth is below 8: the server's own messages are deeper");
    check(config.max_depth <= 1000,
          "socket_config::max_depth is above 1000: reading takes stack for each level");
    return socket{std::make_shared<realtime::connection>(*pipeline_, config, make_history(pipeline_))};
}

const asio::any_io_executor& client::get_executor() const noexcept {
    return pipeline_->executor();
}

} // namespace nakama
