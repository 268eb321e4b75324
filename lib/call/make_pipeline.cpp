#include "make_pipeline.hpp"

#include "net/http_text.hpp"

#include <nakama/error.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace nakama::call {

void require(bool good, const char* operation, const char* message) {
    if (!good) throw error{errc::invalid_argument, error_details{.message = message, .operation = operation}};
}

namespace {

/// Whether a header is the client's own to set.
bool is_ours(std::string_view name) {
    std::string lower;
    for (const char c : name) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (lower.starts_with("sec-websocket-")) return true;
    static constexpr std::array<std::string_view, 9> own{"accept",     "accept-encoding",   "authorization",
                                                         "connection", "content-length",    "content-type",
                                                         "host",       "transfer-encoding", "upgrade"};
    return std::ranges::find(own, lower) != own.end();
}

} // namespace

std::shared_ptr<pipeline> make_pipeline(asio::any_io_executor executor, server_settings settings,
                                        pipeline::refresh_function refresh) {
    const auto check = [](bool good, const char* message) { require(good, "client_config", message); };
    const auto& host = settings.host;
    const auto& prefix = settings.path_prefix;
    check(!host.empty(), "host is empty");
    check(host.find_first_of("/@ \r\n") == std::string::npos,
          "host is not a host name or address; path_prefix and port have members of their own");
    check(settings.port != 0, "port is 0; Nakama listens on 7350 and Satori on 7450 unless told otherwise");
    check(prefix.empty() || (prefix.front() == '/' && prefix.back() != '/'),
          "path_prefix must begin with a slash and not end with one");
    check(prefix.find_first_of(" \t\r\n?#") == std::string::npos,
          "path_prefix has a character that must be percent-encoded");
    check(settings.timeout.count() > 0, "timeout is not positive");
    check(settings.retry.retries >= 0 && settings.retry.interval.count() >= 0 &&
              settings.retry.cap.count() >= 0 && settings.retry.budget.count() >= 0,
          "retry has negative members");
    check(settings.refresh_lead >= 0 && settings.refresh_lead < 1,
          "refresh_lead is a share of a token's life: 0 (never) or more, and less than 1");

    for (const auto& [name, value] : settings.headers) {
        try {
            net::check_header(name, value);
        } catch (const error& failure) {
            check(false, failure.message().c_str());
        }
        if (is_ours(name)) check(false, ("headers has " + name + ", which the client sets itself").c_str());
    }

    if (!settings.clock) settings.clock = real_clock();
    if (!settings.transport)
        settings.transport = make_beast_transport({.host = settings.host,
                                                   .port = settings.port,
                                                   .tls = settings.tls,
                                                   .tls_options = std::move(settings.tls_options),
                                                   .proxy = settings.proxy,
                                                   .compression = settings.compression},
                                                  settings.limits, settings.observer, settings.clock);
    auto result = std::make_shared<pipeline>(
        std::move(executor),
        pipeline::settings{.path_prefix = std::move(settings.path_prefix),
                           .server_key = std::move(settings.key),
                           .headers = std::move(settings.headers),
                           .timeout = settings.timeout,
                           .retry = settings.retry,
                           .refresh_lead = settings.refresh_lead,
                           .seed = settings.seed},
        std::move(settings.transport), std::move(settings.clock), std::move(settings.observer));
    result->keep_sessions(refresh);
    return result;
}

} // namespace nakama::call
