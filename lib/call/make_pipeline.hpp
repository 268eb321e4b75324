// From a client's configuration to what its calls share.
#pragma once

#include "pipeline.hpp"

namespace nakama::call {

/// What the configurations of all clients have.
struct server_settings {
    std::string host{};
    std::uint16_t port{};
    std::string path_prefix{};
    bool tls{};
    nakama::tls_options tls_options{};
    http_proxy proxy{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string key{}; ///< of credentials::server_key
    std::chrono::milliseconds timeout{};
    retry_policy retry{};
    double refresh_lead{};
    transport_limits limits{};
    nakama::compression compression{};
    std::shared_ptr<nakama::transport> transport{};
    std::shared_ptr<nakama::clock> clock{};
    std::shared_ptr<nakama::observer> observer{};
    std::uint64_t seed{};
};

/// Takes the members that all configurations have by the same names.
template <class Config>
server_settings settings_of(Config&& config, std::string key) {
    return {.host = std::move(config.host),
            .port = config.port,
            .path_prefix = std::move(config.path_prefix),
            .tls = config.tls,
            .tls_options = std::move(config.tls_options),
            .proxy = std::move(config.proxy),
            .headers = std::move(config.headers),
            .key = std::move(key),
            .timeout = config.timeout,
            .retry = config.retry,
            .refresh_lead = config.refresh_lead,
            .limits = config.limits,
            .compression = config.compression,
            .transport = std::move(config.transport),
            .clock = std::move(config.clock),
            .observer = std::move(config.observer),
            .seed = config.seed};
}

/// Throws nakama::error with errc::invalid_argument and `operation` for what cannot work.
void require(bool good, const char* operation, const char* message);

/// Throws nakama::error with errc::invalid_argument for a configuration that cannot work.
/// `refresh` renews sessions.
std::shared_ptr<pipeline> make_pipeline(asio::any_io_executor executor, server_settings settings,
                                        pipeline::refresh_function refresh);

} // namespace nakama::call
