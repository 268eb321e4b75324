#include "pipeline.hpp"

#include "retry_machine.hpp"
#include "wire/base64.hpp"

#include <boost/asio/error.hpp>
#include <boost/container/small_vector.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace nakama::call {
namespace {

std::string basic(std::string_view key) {
    std::string value = "Basic ";
    wire::append_base64(value, std::string{key} + ':');
    return value;
}

/// What a step failed with: Asio's way to say cancelled, and what foreign transports throw, become ours.
error translated(const std::exception& thrown) {
    if (const auto* known = dynamic_cast<const error*>(&thrown)) return *known;
    const auto* system = dynamic_cast<const boost::system::system_error*>(&thrown);
    if (system && system->code() == asio::error::operation_aborted)
        return error{errc::cancelled, error_details{}};
    return error{errc::connection_lost, error_details{.message = thrown.what(), .maybe_sent = true}};
}

bool is_cut_short(const error& failure) {
    return failure.code() == errc::timed_out || failure.code() == errc::cancelled ||
           failure.code() == errc::closed;
}

/// The details of a failure for the caller of `operation`; those of another operation are of a refresh.
error_details in_the_name_of(std::string_view operation, const error& failure) {
    error_details details = failure.details();
    if (!details.operation.empty() && details.operation != operation)
        details.message = details.operation + (details.message.empty() ? "" : ": " + details.message);
    details.operation = operation;
    return details;
}

} // namespace

pipeline::pipeline(asio::any_io_executor executor, settings chosen,
                   std::shared_ptr<nakama::transport> transport, std::shared_ptr<nakama::clock> clock,
                   std::shared_ptr<nakama::observer> observer)
    : executor_{std::move(executor)}, settings_{std::move(chosen)},
      server_key_header_{std::make_shared<const std::string>(basic(settings_.server_key))},
      transport_{std::move(transport)},
      ready_transport_{dynamic_cast<net::ready_transport*>(transport_.get())}, clock_{std::move(clock)},
      observer_{std::move(observer)}, scope_{std::make_shared<scope>(clock_, executor_)},
      random_{settings_.seed != 0 ? settings_.seed : std::random_device{}()} {}

void pipeline::keep_sessions(refresh_function refresh) {
    keeper_ = std::make_shared<session_keeper>(
        executor_, clock_, observer_, settings_.refresh_lead,
        [weak = weak_from_this(), refresh](std::shared_ptr<session_state> session) {
            auto self = weak.lock();
            if (!self) throw error{errc::closed, "its client is gone"};
            return refresh(std::move(self), std::move(session));
        });
}

void pipeline::stop() noexcept {
    observer_.reset();
    if (keeper_) keeper_->stop();
    scope_->stop();
    transport_->stop();
}

/// One call on its way; lives in the frame of perform().
class performance {
public:
    performance(std::shared_ptr<pipeline> pipeline, request request)
        : shared_{std::move(pipeline)}, request_{std::move(request)}, operation_{*request_.operation},
          started_{shared_->clock_->now()},
          deadline_{deadline_after(started_, request_.options.timeout.value_or(shared_->settings_.timeout))},
          retries_{request_.options.retry.value_or(shared_->settings_.retry), operation_.name,
                   operation_.idempotent, started_, deadline_} {
        request_.target.insert(0, shared_->settings_.path_prefix);
    }

    // Each of these waits for one thing, within the deadline.
    asio::awaitable<void> refresh() { return within_deadline(keeper().fresh(request_.session)); }
    asio::awaitable<void> attempt() { return within_deadline(send()); }
    /// Between enter() and leave(): completes with nothing if it takes an attempt() after all.
    asio::awaitable<std::optional<http_response>> attempt_if_ready() {
        auto sending = shared_->ready_transport_->send_if_ready(encode(), section_->slot());
        // By an observer that has just heard of the connection: then there was nothing to be ended yet.
        if (section_->why()) throw error{*section_->why(), error_details{}};
        return sending;
    }
    asio::awaitable<void> renew() {
        return within_deadline(
            keeper().renew(request_.session, authorization_->substr(session_state::bearer.size())));
    }
    asio::awaitable<void> pause() { return within_deadline(shared_->clock_->sleep_for(delay_)); }

    bool needs_refresh() const {
        return request_.session && shared_->keeper_ && keeper().is_needed(*request_.session);
    }

    void begin();
    void begin_attempt();
    bool may_be_ready() const noexcept { return shared_->ready_transport_ && !shared_->scope_->is_stopped(); }
    void enter(asio::cancellation_slot caller) { section_.emplace(*shared_->scope_, deadline_, caller); }
    void leave();
    bool take(std::optional<http_response> response);
    void failed(const std::exception& thrown) { failure_ = translated(thrown); }
    /// Decides what follows: nothing, a pause, or new tokens.
    void end_attempt();
    bool is_to_be_renewed() const noexcept { return next_ == next::renew; }
    bool is_to_be_repeated() const noexcept { return next_ == next::pause; }
    answered end();

    bool has_failed() const noexcept { return failure_.has_value(); }
    void forget_failure() noexcept { failure_.reset(); }

private:
    enum class next : std::uint8_t { end, pause, renew };

    session_keeper& keeper() const { return *shared_->keeper_; }
    asio::awaitable<void> within_deadline(asio::awaitable<void> step) {
        return shared_->scope_->run(std::move(step), deadline_);
    }
    http_request encode();
    asio::awaitable<void> send();
    next what_follows();
    error told() const;

    // Held, since what it is told may end the client and with it the last of its owners.
    std::shared_ptr<observer> watcher() const { return shared_->observer_; }

    std::shared_ptr<pipeline> shared_;
    request request_;
    const operation& operation_;
    clock::time_point started_, deadline_;
    retry_machine retries_;

    boost::container::small_vector<http_header, 6> headers_;
    std::optional<scope::section> section_;
    http_response response_;
    std::optional<error> failure_;
    std::vector<attempt_failure> history_;
    next next_ = next::end;
    std::chrono::milliseconds delay_{}; // of the pause
    int attempts_ = 0;
    int last_status_ = 0;
    clock::time_point attempt_began_{};
    std::shared_ptr<const std::string> authorization_; // that the present attempt goes out with
    bool is_renewed_ = false;                          // the session, because its token was refused
    bool left_ = false;       // whether bytes of the present attempt's request may have left
    bool maybe_sent_ = false; // in any of the attempts
};

void performance::begin() {
    if (const auto listening = watcher()) listening->on_call_start(operation_.name);
}

void performance::begin_attempt() {
    failure_.reset();
    left_ = false;
    if (++attempts_ > 1) response_ = {};
    if (const auto listening = watcher()) {
        attempt_began_ = shared_->clock_->now();
        listening->on_attempt_start(operation_.name, attempts_);
    }
}

void performance::leave() {
    section_->leave();
    if (failure_ && section_->why()) failure_ = error{*section_->why(), error_details{}};
    section_.reset();
}

/// Whether there is an answer.
bool performance::take(std::optional<http_response> response) {
    if (response) response_ = std::move(*response);
    else if (left_) maybe_sent_ = true; // over a connection that turned out to be dead
    return response.has_value();
}

void performance::end_attempt() {
    if (!failure_ && (response_.status < 200 || response_.status > 299))
        failure_ = refusal(operation_, response_);
    last_status_ = response_.status;
    // Cut short, it may have been anywhere on its way.
    if (failure_ && (is_cut_short(*failure_) ? left_ : failure_->request_may_have_been_sent()))
        maybe_sent_ = true;

    next_ = what_follows();
    const auto listening = watcher();
    if (!failure_ && !listening) return;
    const auto now = shared_->clock_->now();
    const auto code = failure_ ? failure_->code() : boost::system::error_code{};
    if (failure_)
        history_.push_back({.code = code,
                            .http_status = response_.status,
                            .after = std::chrono::duration_cast<std::chrono::milliseconds>(now - started_)});
    if (listening)
        listening->on_attempt_end({
            .operation = operation_.name,
            .number = attempts_,
            .http_status = response_.status,
            .error = code,
            .request_bytes = request_.body.size(),
            .response_bytes = response_.body.size(),
            .duration = now - attempt_began_,
            .next_delay = next_ == next::end ? std::chrono::milliseconds{-1} : delay_,
        });
}

performance::next performance::what_follows() {
    if (!failure_) return next::end;
    if (request_.session && shared_->keeper_ && keeper().can_renew(*request_.session) &&
        is_token_refused(*failure_, operation_.idempotent)) {
        delay_ = {};
        // The server has not carried the operation out, so even one that must not be repeated may be.
        if (!std::exchange(is_renewed_, true)) return next::renew;
        if (is_token_refused(*failure_, false))
            failure_ = session_expired(*failure_, "the server refuses its fresh tokens as well");
    }
    const auto pause = response_.headers.find("retry-after").value_or(std::string_view{});
    const auto asked = retry_after(pause, shared_->clock_->wall_now());
    const auto delay = retries_.after(*failure_, asked, shared_->clock_->now(), shared_->random_);
    if (!delay) return next::end;
    delay_ = *delay;
    return next::pause;
}

answered performance::end() {
    if (const auto listening = watcher())
        listening->on_call_end({
            .operation = operation_.name,
            .attempts = attempts_,
            .http_status = last_status_,
            .error = failure_ ? failure_->code() : boost::system::error_code{},
            .request_bytes = request_.body.size(),
            .response_bytes = response_.body.size(),
            .duration = shared_->clock_->now() - started_,
        });
    if (failure_) throw told();
    return {.body = std::move(response_.body), .http_status = last_status_, .attempts = attempts_};
}

/// The failure as its caller gets it: with what is known of the call as a whole.
error performance::told() const {
    error_details details = in_the_name_of(operation_.name, *failure_);
    details.attempts = attempts_;
    details.maybe_sent = maybe_sent_;
    details.history = history_;
    return error{failure_->code(), std::move(details)};
}

/// What it refers to lives as long as this does.
http_request performance::encode() {
    switch (operation_.needs) {
    case credentials::none:
        break;
    case credentials::server_key:
        authorization_ = shared_->server_key_header_;
        break;
    case credentials::http_key:
        authorization_ = std::make_shared<const std::string>(basic(request_.http_key));
        break;
    case credentials::session:
        authorization_ = request_.session->authorization();
        break;
    }
    headers_.clear();
    if (authorization_) headers_.push_back({"Authorization", *authorization_});
    headers_.push_back({"Accept", "application/json"});
    if (!request_.body.empty()) headers_.push_back({"Content-Type", "application/json"});
    for (const auto& [name, value] : shared_->settings_.headers) headers_.push_back({name, value});
    left_ = true;
    return {
        .method = operation_.method,
        .target = request_.target,
        .headers = headers_,
        .body = request_.body,
        .idempotent = operation_.idempotent,
        .maybe_sent = &left_,
    };
}

asio::awaitable<void> performance::send() {
    response_ = co_await shared_->transport_->send(encode());
}

asio::awaitable<answered> perform(std::shared_ptr<pipeline> pipeline, request request) {
    performance call{std::move(pipeline), std::move(request)};
    call.begin();
    try {
        if (call.needs_refresh()) co_await call.refresh();
    } catch (const std::exception& thrown) {
        call.failed(thrown);
    }
    while (!call.has_failed()) {
        call.begin_attempt();
        bool is_answered = false;
        if (call.may_be_ready()) {
            const auto cancelling = co_await asio::this_coro::cancellation_state;
            call.enter(cancelling.slot());
            try {
                auto response = co_await call.attempt_if_ready();
                is_answered = call.take(std::move(response));
            } catch (const std::exception& thrown) {
                call.failed(thrown);
            }
            call.leave();
        }
        try {
            if (!is_answered && !call.has_failed()) co_await call.attempt();
        } catch (const std::exception& thrown) {
            call.failed(thrown);
        }
        call.end_attempt();
        if (!call.is_to_be_renewed() && !call.is_to_be_repeated()) break;
        try {
            if (call.is_to_be_renewed()) co_await call.renew();
            else co_await call.pause();
            call.forget_failure();
        } catch (const std::exception& thrown) {
            call.failed(thrown);
        }
    }
    co_return call.end();
}

asio::awaitable<void> freshen(std::shared_ptr<pipeline> pipeline, std::shared_ptr<session_state> session,
                              std::string_view operation, call_options options) {
    if (!pipeline->keeper_->is_needed(*session)) co_return;
    const auto deadline =
        deadline_after(pipeline->clock_->now(), options.timeout.value_or(pipeline->settings_.timeout));
    try {
        auto fresh = pipeline->keeper_->fresh(std::move(session));
        co_await pipeline->scope_->run(std::move(fresh), deadline);
    } catch (const std::exception& thrown) {
        const error failure = translated(thrown);
        throw error{failure.code(), in_the_name_of(operation, failure)};
    }
}

} // namespace nakama::call
