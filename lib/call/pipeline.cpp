#include "pipeline.hpp"

#include "retry_machine.hpp"
#include "wire/base64.hpp"

#include <boost/asio/error.hpp>

#include <array>
#include <span>

namespace nakama::call {
namespace {

std::string basic(std::string_view key) {
    std::string value = "Basic ";
    wire::append_base64(value, std::string{key} + ':');
    return value;
}

/// The failure as its caller gets it: with what is known of the call as a whole.
error named(const error& failure, const operation& operation, int attempts, bool maybe_sent) {
    error_details details = failure.details();
    details.operation = operation.name;
    details.attempts = attempts;
    details.maybe_sent = maybe_sent;
    return error{failure.code(), std::move(details)};
}

} // namespace

pipeline::pipeline(asio::any_io_executor executor, settings chosen,
                   std::shared_ptr<nakama::transport> transport, std::shared_ptr<nakama::clock> clock,
                   std::shared_ptr<nakama::observer> observer)
    : executor_{std::move(executor)}, settings_{std::move(chosen)},
      server_key_header_{basic(settings_.server_key)}, transport_{std::move(transport)},
      clock_{std::move(clock)}, observer_{std::move(observer)},
      scope_{std::make_shared<scope>(clock_, executor_)},
      random_{settings_.seed != 0 ? settings_.seed : std::random_device{}()} {}

void pipeline::stop() noexcept {
    observer_.reset();
    scope_->stop();
    transport_->stop();
}

asio::awaitable<void> pipeline::attempt(const request& request, http_response& response, bool& handed_over) {
    std::string authorization;
    switch (request.operation->needs) {
    case credentials::none:
        break;
    case credentials::server_key:
        authorization = server_key_header_;
        break;
    case credentials::http_key:
        authorization = basic(request.http_key);
        break;
    case credentials::session:
        authorization = "Bearer " + request.session->token();
        break;
    }
    const std::array<http_header, 3> all{{
        {"Authorization", authorization},
        {"Accept", "application/json"},
        {"Content-Type", "application/json"},
    }};
    std::span<const http_header> headers{all};
    if (request.body.empty()) headers = headers.first(2);
    if (authorization.empty()) headers = headers.subspan(1);
    const http_request sent{
        .method = request.operation->method,
        .target = request.target,
        .headers = headers,
        .body = request.body,
        .idempotent = request.operation->idempotent,
    };
    handed_over = true;
    response = co_await transport_->send(sent);
}

asio::awaitable<std::string> perform(std::shared_ptr<pipeline> self, request request) {
    const operation& operation = *request.operation;
    const auto started = self->clock_->now();
    const auto deadline = deadline_after(started, request.options.timeout.value_or(self->settings_.timeout));
    request.target.insert(0, self->settings_.path_prefix);
    retry_machine retries{request.options.retry.value_or(self->settings_.retry), operation.idempotent,
                          deadline};
    // Held, since what it is told may end the client and with it the last of its owners.
    if (const auto watcher = self->observer_) watcher->on_call_start(operation.name);

    std::optional<error> failure;
    http_response response;
    bool maybe_sent = false; // in any of the attempts
    for (bool again = true; again;) {
        const auto attempt_started = self->clock_->now();
        failure.reset();
        response = {};
        bool handed_over = false;
        try {
            co_await self->scope_->run(self->attempt(request, response, handed_over), deadline);
            if (response.status < 200 || response.status > 299) failure = refusal(operation, response);
        } catch (const error& thrown) {
            failure = thrown;
        } catch (const std::exception& thrown) {
            // Cancelled between two steps rather than within one; others are a foreign transport's.
            const auto* known = dynamic_cast<const boost::system::system_error*>(&thrown);
            const bool cancelled = known && known->code() == asio::error::operation_aborted;
            failure = cancelled ? error{errc::cancelled, error_details{}}
                                : error{errc::connection_lost,
                                        error_details{.message = thrown.what(), .maybe_sent = true}};
        }

        // Cut short, it may have been anywhere on its way.
        const bool cut = failure && (failure->code() == errc::timed_out ||
                                     failure->code() == errc::cancelled || failure->code() == errc::closed);
        if (failure && (cut ? handed_over : failure->request_may_have_been_sent())) maybe_sent = true;

        const auto now = self->clock_->now();
        std::optional<std::chrono::milliseconds> delay;
        if (failure) delay = retries.after(*failure, now, self->random_);
        if (const auto watcher = self->observer_)
            watcher->on_attempt_end({
                .operation = operation.name,
                .number = failure ? retries.attempts() : retries.attempts() + 1,
                .http_status = response.status,
                .error = failure ? failure->code() : boost::system::error_code{},
                .request_bytes = request.body.size(),
                .response_bytes = response.body.size(),
                .duration = now - attempt_started,
                .next_delay = delay.value_or(std::chrono::milliseconds{-1}),
            });

        again = delay.has_value();
        if (!again) break;
        try {
            co_await self->scope_->run(self->clock_->sleep_until(now + *delay), deadline);
        } catch (const error& thrown) {
            failure = thrown;
            again = false;
        } catch (const boost::system::system_error&) {
            failure = error{errc::cancelled, error_details{}};
            again = false;
        }
    }

    const int attempts = failure ? retries.attempts() : retries.attempts() + 1;
    if (const auto watcher = self->observer_)
        watcher->on_call_end({
            .operation = operation.name,
            .attempts = attempts,
            .error = failure ? failure->code() : boost::system::error_code{},
            .duration = self->clock_->now() - started,
        });
    if (failure) throw named(*failure, operation, attempts, maybe_sent);
    co_return std::move(response.body);
}

} // namespace nakama::call
