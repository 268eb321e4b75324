// The way of a request: credentials, attempts, deadline, retries, answer.
#pragma once

#include "answer.hpp"
#include "net/ready_transport.hpp"
#include "operation.hpp"
#include "scope.hpp"
#include "session_keeper.hpp"

#include <nakama/clock.hpp>
#include <nakama/observer.hpp>
#include <nakama/retry.hpp>
#include <nakama/transport.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace nakama::call {

/// What all calls of a client share. Kept alive by calls under way after the client has gone.
class pipeline : public std::enable_shared_from_this<pipeline> {
public:
    struct settings {
        std::string path_prefix{};
        std::string server_key{};
        std::vector<std::pair<std::string, std::string>> headers{}; ///< further ones, of every request
        std::chrono::milliseconds timeout{};
        retry_policy retry{};
        double refresh_lead = 0; ///< the share of a token's life that may be left when it is renewed
        std::uint64_t seed = 0;
    };

    /// The API's own way to renew a session.
    using refresh_function = asio::awaitable<void> (*)(std::shared_ptr<pipeline>,
                                                       std::shared_ptr<session_state>);

    pipeline(asio::any_io_executor executor, settings chosen, std::shared_ptr<nakama::transport> transport,
             std::shared_ptr<nakama::clock> clock, std::shared_ptr<nakama::observer> observer);

    /// Lets sessions be renewed by `refresh`; before that they are not.
    void keep_sessions(refresh_function refresh);

    /// Ends calls under way with errc::closed and lets go of the observer.
    void stop() noexcept;

    const asio::any_io_executor& executor() const noexcept { return executor_; }
    const settings& configuration() const noexcept { return settings_; }
    const std::shared_ptr<nakama::transport>& bytes() const noexcept { return transport_; }
    const std::shared_ptr<nakama::clock>& time() const noexcept { return clock_; }
    const std::shared_ptr<nakama::observer>& watcher() const noexcept { return observer_; }
    const std::shared_ptr<session_keeper>& keeper() const noexcept { return keeper_; }
    std::mt19937_64& random() noexcept { return random_; }

private:
    friend class performance;
    friend asio::awaitable<void> freshen(std::shared_ptr<pipeline>, std::shared_ptr<session_state>,
                                         std::string_view, call_options);

    asio::any_io_executor executor_;
    settings settings_;
    std::shared_ptr<const std::string> server_key_header_;
    std::shared_ptr<nakama::transport> transport_;
    net::ready_transport* ready_transport_; // the same, if it is one
    std::shared_ptr<nakama::clock> clock_;
    std::shared_ptr<nakama::observer> observer_; // none after stop()
    std::shared_ptr<scope> scope_;
    std::shared_ptr<session_keeper> keeper_;
    std::mt19937_64 random_;
};

/// What the server answered to a call in the end.
struct answered {
    std::string body{};
    int http_status = 0;
    int attempts = 0;
};

/// Carries a call out. Throws nakama::error for any status but those from 200 to 299.
asio::awaitable<answered> perform(std::shared_ptr<pipeline> pipeline, request request);

/// Completes when a session may be used, after renewing it if need be. Throws in the name of `operation`.
asio::awaitable<void> freshen(std::shared_ptr<pipeline> pipeline, std::shared_ptr<session_state> session,
                              std::string_view operation, call_options options);

} // namespace nakama::call
