#include "connection.hpp"

#include "wire/json_reader.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <array>

namespace nakama::realtime {
namespace {

error closed(std::string_view operation, const std::string& why, bool maybe_sent) {
    return error{
        errc::closed,
        error_details{.message = why, .operation = std::string{operation}, .maybe_sent = maybe_sent}};
}

/// The refusal of a request, with what the server said.
error refused(std::string_view operation, const realtime_error& said) {
    const auto code =
        said.code == 0 ? realtime_code::runtime_exception : static_cast<realtime_code>(said.code);
    return error{code, error_details{.operation = std::string{operation},
                                     .server_message = said.message,
                                     .attempts = 1,
                                     .maybe_sent = true}};
}

/// Waits that are cancelled end with Asio's code; callers get ours.
asio::awaitable<void> cancellable(net::event& event, std::string_view operation) {
    bool cancelled = false;
    try {
        co_await event.wait();
    } catch (const boost::system::system_error&) {
        cancelled = true;
    }
    if (cancelled)
        throw error{errc::cancelled, error_details{.operation = std::string{operation}, .maybe_sent = true}};
}

} // namespace

connection::connection(const call::pipeline& pipeline, const socket_config& config)
    : events{std::make_shared<event_hub>(pipeline.executor())}, executor_{pipeline.executor()},
      path_prefix_{pipeline.configuration().path_prefix}, config_{config}, transport_{pipeline.bytes()},
      clock_{pipeline.time()}, observer_{pipeline.watcher()},
      scope_{std::make_shared<call::scope>(clock_, executor_)}, outgoing_{executor_}, sent_{executor_},
      over_{executor_} {
    over_.set();
}

asio::awaitable<void> connection::connect(session session, std::string target,
                                          std::chrono::milliseconds timeout) {
    const auto self = shared_from_this();
    if (session.token().empty())
        throw error{errc::invalid_argument,
                    error_details{.message = "the session is empty: sign in first", .operation = "connect"}};
    if (state_ != state::idle)
        throw error{errc::invalid_argument,
                    error_details{.message = "the socket is connected already: close it first",
                                  .operation = "connect"}};

    state_ = state::connecting;
    closed_by_us_ = false;
    const std::shared_ptr<websocket> line = transport_->make_websocket();
    line_ = line;
    const std::string authorization = "Bearer " + session.token();
    const std::array headers{http_header{"Authorization", authorization}};
    std::optional<error> failure;
    try {
        co_await scope_->run(line->connect({.target = target, .headers = headers}), clock_->now() + timeout);
    } catch (const error& thrown) {
        error_details details = thrown.details();
        details.operation = "connect";
        details.attempts = 1;
        failure = error{thrown.code(), std::move(details)};
    } catch (const boost::system::system_error&) {
        failure = error{errc::cancelled, error_details{.operation = "connect"}};
    }
    // Closed or destroyed in the very moment the connection stood.
    if (!failure && line_ != line) failure = closed("connect", "the socket was closed while connecting", false);
    if (failure) {
        line->abort();
        line_.reset();
        state_ = state::idle;
        throw *failure;
    }

    state_ = state::open;
    over_.reset();
    outbox_.clear();
    if (observer_) observer_->on_socket_open();
    asio::co_spawn(executor_, read(line), asio::detached);
    asio::co_spawn(executor_, write(line), asio::detached);
}

asio::awaitable<void> connection::read(std::shared_ptr<websocket> line) {
    const auto self = shared_from_this();
    close_info why{.initiator = close_info::by::network};
    try {
        while (line_ == line) {
            const std::string text = co_await line->read();
            if (line_ != line) break;
            if (observer_) observer_->on_message_received(text.size());
            dispatch(text);
            co_await events->room();
        }
    } catch (const boost::system::system_error& thrown) {
        const auto* known = dynamic_cast<const error*>(&thrown);
        why.reason = known ? known->message() : thrown.code().message();
    }
    if (line->end().by_peer) {
        why.code = line->end().code;
        why.reason = line->end().reason;
        why.initiator = close_info::by::server;
    }
    if (closed_by_us_) why.initiator = close_info::by::local;
    ended(line, std::move(why));
}

asio::awaitable<void> connection::write(std::shared_ptr<websocket> line) {
    const auto self = shared_from_this();
    std::vector<std::string> batch;
    try {
        while (line_ == line) {
            if (outbox_.empty()) {
                sent_.set();
                outgoing_.reset();
                co_await outgoing_.wait();
                continue;
            }
            batch.swap(outbox_);
            sent_.set(); // there is room again
            writing_ = true;
            co_await line->write(batch);
            writing_ = false;
            batch.clear();
        }
    } catch (const boost::system::system_error&) {
        // The reader finds the connection broken and tells why.
        line->abort();
    }
    writing_ = false;
    sent_.set();
}

void connection::dispatch(const std::string& text) {
    envelope message;
    if (const auto failure = wire::read_json(text, message)) {
        const error unreadable = call::malformed("a message", *failure);
        if (auto* waiting = requests.find(message.cid)) waiting->fail(unreadable);
        else events->deliver(realtime_error{.message = unreadable.what()});
        return;
    }
    if (!message.cid.empty()) {
        if (auto* waiting = requests.find(message.cid)) waiting->answer(std::move(message));
        return;
    }
    std::visit(
        [this](const auto& event) {
            using event_type = std::remove_cvref_t<decltype(event)>;
            if constexpr (realtime_event<event_type>) events->deliver(event);
        },
        message.message);
}

void connection::ended(const std::shared_ptr<websocket>& line, close_info why) {
    if (line_ != line) return;
    line->abort();
    line_.reset();
    state_ = state::idle;
    last_close_ = why;
    requests.fail_all(closed("", why.reason.empty() ? "the socket was closed" : why.reason, true));
    outbox_.clear();
    outgoing_.set();
    sent_.set();
    over_.set();
    events->end_streams();
    if (observer_) observer_->on_socket_close(why);
    events->deliver(why);
}

asio::awaitable<void> connection::enqueue(frame frame, clock::time_point deadline) {
    if (frame.text.size() > config_.max_message_bytes)
        throw error{
            errc::message_too_large,
            error_details{
                .message = std::to_string(frame.text.size()) + " bytes as sent, of " +
                           std::to_string(config_.max_message_bytes) +
                           " allowed: the server would close the socket (socket_config::max_message_bytes)",
                .operation = std::string{frame.operation}}};
    const auto line = line_;
    const auto check = [&] {
        if (state_ != state::open || line_ != line)
            throw closed(frame.operation, "the socket is not connected", false);
    };
    check();
    while (outbox_.size() >= config_.max_queued_messages) {
        bool late = false;
        sent_.reset();
        const call::deadlines::guard timeout{scope_->pending_deadlines(), deadline, [&] {
                                                 late = true;
                                                 sent_.set();
                                             }};
        co_await cancellable(sent_, frame.operation);
        check();
        if (late)
            throw error{errc::timed_out,
                        error_details{.message = "while waiting for room in the queue of messages",
                                      .operation = std::string{frame.operation}}};
    }
    if (observer_) observer_->on_message_sent(frame.text.size());
    outbox_.push_back(std::move(frame.text));
    outgoing_.set();
}

asio::awaitable<void> connection::send(frame frame) {
    const auto self = shared_from_this();
    const auto deadline = clock_->now() + frame.options.timeout.value_or(config_.timeout);
    co_await enqueue(std::move(frame), deadline);
}

asio::awaitable<envelope> connection::request(frame frame) {
    const auto self = shared_from_this();
    const std::string operation{frame.operation};
    const auto deadline = clock_->now() + frame.options.timeout.value_or(config_.timeout);
    request_table::pending pending{requests, frame.cid, executor_};
    co_await enqueue(std::move(frame), deadline);
    {
        const call::deadlines::guard timeout{
            scope_->pending_deadlines(), deadline,
            [&] { pending.fail(error{errc::timed_out, error_details{.maybe_sent = true}}); }};
        co_await cancellable(pending.done, operation);
    }
    if (pending.failed) {
        error_details details = pending.failed->details();
        details.operation = operation;
        details.attempts = 1;
        throw error{pending.failed->code(), std::move(details)};
    }
    if (const auto* said = std::get_if<realtime_error>(&pending.answered->message))
        throw refused(operation, *said);
    co_return std::move(*pending.answered);
}

asio::awaitable<void> connection::say_goodbye(std::shared_ptr<websocket> line) {
    while (line_ == line && (!outbox_.empty() || writing_)) {
        sent_.reset();
        co_await sent_.wait();
    }
    co_await line->close(1000, "");
    co_await over_.wait();
}

asio::awaitable<void> connection::close() {
    const auto self = shared_from_this();
    const auto line = line_;
    if (!line) co_return;
    if (state_ == state::connecting) {
        scope_->end_all(errc::closed);
        co_return;
    }
    const bool first = state_ == state::open;
    state_ = state::closing;
    closed_by_us_ = true;
    const auto deadline = clock_->now() + config_.timeout;
    std::optional<error> failure;
    try {
        // Named first: a conditional expression around a co_await is where compilers go wrong.
        auto goodbye = first ? say_goodbye(line) : over_.wait();
        co_await scope_->run(std::move(goodbye), deadline);
    } catch (const error& thrown) {
        failure = thrown;
    } catch (const boost::system::system_error&) {
        failure = error{errc::cancelled, error_details{.operation = "close"}};
    }
    // However the other side behaves, the connection is over.
    ended(line, {.initiator = close_info::by::local});
    if (failure && failure->code() == errc::cancelled) throw *failure;
}

void connection::abandon() noexcept {
    observer_.reset();
    events->close();
    scope_->stop();
    if (const auto line = std::exchange(line_, nullptr)) line->abort();
    state_ = state::idle;
    requests.fail_all(closed("", "the socket was destroyed", true));
    outgoing_.set();
    sent_.set();
    over_.set();
}

} // namespace nakama::realtime
