#include "call/pipeline.hpp"
#include "realtime/connection.hpp"

#include <nakama/client.hpp>
#include <nakama/error.hpp>
#include <nakama/socket.hpp>

#include <utility>

namespace nakama {
namespace {

void check(bool good, const char* message) {
    if (!good)
        throw error{errc::invalid_argument, error_details{.message = message, .operation = "client_config"}};
}

std::shared_ptr<call::pipeline> make_pipeline(asio::any_io_executor executor, client_config config) {
    check(!config.host.empty(), "host is empty");
    check(config.host.find_first_of("/@ \r\n") == std::string::npos,
          "host is not a host name or address; path_prefix and port have members of their own");
    check(config.port != 0, "port is 0; a server listens on 7350 unless told otherwise");
    check(config.path_prefix.empty() ||
              (config.path_prefix.front() == '/' && config.path_prefix.back() != '/'),
          "path_prefix must begin with a slash and not end with one");
    check(config.path_prefix.find_first_of(" \t\r\n?#") == std::string::npos,
          "path_prefix has a character that must be percent-encoded");
    check(config.timeout.count() > 0, "timeout is not positive");
    check(config.retry.retries >= 0 && config.retry.interval.count() >= 0, "retry has negative members");

    if (!config.transport)
        config.transport = make_beast_transport(
            {.host = config.host, .port = config.port, .tls = config.tls, .tls_ca_file = config.tls_ca_file},
            config.limits, config.observer);
    if (!config.clock) config.clock = real_clock();
    return std::make_shared<call::pipeline>(
        std::move(executor),
        call::pipeline::settings{.path_prefix = std::move(config.path_prefix),
                                 .server_key = std::move(config.server_key),
                                 .timeout = config.timeout,
                                 .retry = config.retry,
                                 .seed = config.seed},
        std::move(config.transport), std::move(config.clock), std::move(config.observer));
}

void stop(std::shared_ptr<call::pipeline> pipeline) noexcept {
    if (pipeline) pipeline->stop();
}

} // namespace

client::client(asio::any_io_executor executor, client_config config)
    : operations{make_pipeline(std::move(executor), std::move(config))} {}

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

socket client::create_socket() const {
    return create_socket(socket_config{});
}

socket client::create_socket(const socket_config& config) const {
    check(pipeline_ != nullptr, "the client has been moved from");
    check(config.timeout.count() > 0, "socket_config::timeout is not positive");
    check(config.max_queued_messages > 0, "socket_config::max_queued_messages is 0: nothing could be sent");
    return socket{std::make_shared<realtime::connection>(*pipeline_, config)};
}

const asio::any_io_executor& client::get_executor() const noexcept {
    return pipeline_->executor();
}

} // namespace nakama
