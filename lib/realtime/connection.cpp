#include "connection.hpp"

#include "wire/json_reader.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <exception>
#include <utility>

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

/// What a step failed with, as callers get it: Asio's codes and foreign exceptions become ours.
error translated(const std::exception& thrown, std::string_view operation, bool maybe_sent) {
    if (const auto* known = dynamic_cast<const error*>(&thrown)) {
        error_details details = known->details();
        details.operation = operation;
        details.attempts = 1;
        return error{known->code(), std::move(details)};
    }
    const auto* system = dynamic_cast<const boost::system::system_error*>(&thrown);
    const bool cancelled = system && system->code() == asio::error::operation_aborted;
    return error{cancelled ? errc::cancelled : errc::connection_lost,
                 error_details{.message = cancelled ? "" : thrown.what(),
                               .operation = std::string{operation},
                               .attempts = 1,
                               .maybe_sent = maybe_sent}};
}

} // namespace

connection::connection(const call::pipeline& pipeline, const socket_config& config)
    : events{std::make_shared<event_hub>(pipeline.executor())}, executor_{pipeline.executor()},
      path_prefix_{pipeline.configuration().path_prefix}, headers_{pipeline.configuration().headers},
      config_{config}, transport_{pipeline.bytes()}, clock_{pipeline.time()}, observer_{pipeline.watcher()},
      scope_{std::make_shared<call::scope>(clock_, executor_)}, keeper_{pipeline.keeper()},
      outgoing_{executor_}, flushed_{executor_}, over_{executor_} {
    flushed_.set();
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
    over_.reset();
    const auto attempt = ++connects_;
    const auto& tokens = call::session_access::state(session);
    const auto deadline = call::deadline_after(clock_->now(), timeout);
    std::optional<error> failure;
    try {
        if (keeper_->is_needed(*tokens)) co_await scope_->run(keeper_->fresh(tokens), deadline);
        const auto check_open = [&] {
            if (state_ != state::connecting || connects_ != attempt)
                throw closed("connect", "the socket was closed while connecting", false);
        };
        check_open();
        const std::string token = tokens->token();
        bool is_refused = false;
        try {
            co_await dial(tokens, target, deadline);
        } catch (const error& refusal) {
            is_refused = refusal.code() == errc::upgrade_refused && refusal.http_status() == 401 &&
                         keeper_->can_renew(*tokens);
            if (!is_refused) throw;
        }
        if (is_refused) {
            co_await scope_->run(keeper_->renew(tokens, token), deadline);
            check_open();
            co_await dial(tokens, target, deadline);
        }
        // Closed or destroyed in the very moment the connection stood.
        if (state_ != state::connecting || connects_ != attempt)
            failure = closed("connect", "the socket was closed while connecting", false);
    } catch (const std::exception& thrown) {
        failure = translated(thrown, "connect", false);
    }
    if (failure) {
        if (connects_ == attempt && state_ != state::idle) {
            if (line_) line_->abort();
            line_.reset();
            state_ = state::idle;
            over_.set();
        }
        throw *failure;
    }

    const auto line = line_;
    state_ = state::open;
    outbox_.clear();
    flushed_.set();
    if (const auto watcher = observer_) watcher->on_socket_open();
    asio::co_spawn(executor_, [self, line] { return self->read(line); }, asio::detached);
    asio::co_spawn(executor_, [self, line] { return self->write(line); }, asio::detached);
}

/// One try to open the line.
asio::awaitable<void> connection::dial(const std::shared_ptr<call::session_state>& session,
                                       std::string target, clock::time_point deadline) {
    const std::shared_ptr<websocket> line = transport_->make_websocket();
    if (line_) line_->abort();
    line_ = line;
    const std::string authorization = "Bearer " + session->token();
    std::vector<http_header> headers{{"Authorization", authorization}};
    for (const auto& [name, value] : headers_) headers.push_back({name, value});
    auto connecting = line->connect({.target = target, .headers = headers});
    co_await scope_->run(std::move(connecting), deadline);
    if (line_ != line) throw closed("connect", "the socket was closed while connecting", false);
}

asio::awaitable<void> connection::read(std::shared_ptr<websocket> line) {
    const auto self = shared_from_this();
    close_info why{.initiator = close_info::by::network};
    try {
        while (line_ == line) {
            const std::string text = co_await line->read();
            if (line_ != line) break;
            if (const auto watcher = observer_) watcher->on_message_received(text.size());
            dispatch(text);
            co_await events->room();
        }
    } catch (const std::exception& thrown) {
        const auto* known = dynamic_cast<const error*>(&thrown);
        why.reason = known ? known->message() : thrown.what();
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
                flushed_.set();
                outgoing_.reset();
                co_await outgoing_.wait();
                continue;
            }
            batch.swap(outbox_);
            admit();
            co_await line->write(batch);
            batch.clear();
        }
    } catch (const std::exception&) {
        // The reader finds the connection broken and tells why.
        line->abort();
    }
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
    if (!line || line_ != line) return;
    line->abort();
    line_.reset();
    state_ = state::idle;
    last_close_ = why;
    requests.fail_all(closed("", why.reason.empty() ? "the socket was closed" : why.reason, true));
    fail_senders();
    outgoing_.set();
    over_.set();
    events->end_streams();
    if (const auto watcher = observer_) watcher->on_socket_close(why);
    events->deliver(why);
}

/// A message that the outbox has no room for; lives in the frame of the coroutine that sends it.
struct connection::waiting_sender {
    waiting_sender(connection& in, std::string message)
        : text{std::move(message)}, done{in.executor_}, owner{in} {
        owner.senders_.push_back(this);
    }
    ~waiting_sender() { std::erase(owner.senders_, this); }
    waiting_sender(const waiting_sender&) = delete;
    waiting_sender& operator=(const waiting_sender&) = delete;

    void fail(error reason) {
        if (done.is_set()) return; // queued in that very moment: it will be sent
        std::erase(owner.senders_, this);
        failed = std::move(reason);
        done.set();
    }

    std::string text;
    net::event done; // queued, or failed
    std::optional<error> failed;
    connection& owner;
};

/// Lets those into the outbox who have waited longest for room.
void connection::admit() {
    while (!senders_.empty() && outbox_.size() < config_.max_queued_messages) {
        waiting_sender& first = *senders_.front();
        senders_.pop_front();
        outbox_.push_back(std::move(first.text));
        first.done.set();
    }
}

void connection::fail_senders() {
    outbox_.clear();
    flushed_.set();
    while (!senders_.empty()) {
        waiting_sender& first = *senders_.front();
        senders_.pop_front();
        first.fail(closed("", "the socket was closed before there was room to send", false));
    }
}

asio::awaitable<void> connection::enqueue(frame frame, clock::time_point deadline) {
    if (frame.text.size() > config_.max_message_bytes)
        throw error{errc::message_too_large,
                    std::to_string(frame.text.size()) + " bytes as sent, of " +
                        std::to_string(config_.max_message_bytes) +
                        " allowed: the server would close the socket (socket_config::max_message_bytes)"};
    if (state_ != state::open) throw closed(frame.operation, "the socket is not connected", false);
    const std::size_t size = frame.text.size();
    if (senders_.empty() && outbox_.size() < config_.max_queued_messages) {
        outbox_.push_back(std::move(frame.text));
        flushed_.reset();
        outgoing_.set();
    } else {
        waiting_sender waiting{*this, std::move(frame.text)};
        const call::deadlines::guard timeout{
            scope_->pending_deadlines(), deadline, [&waiting] {
                waiting.fail(error{errc::timed_out, "while waiting for room in the queue of messages"});
            }};
        co_await waiting.done.wait();
        if (waiting.failed) throw *waiting.failed;
    }
    if (const auto watcher = observer_) watcher->on_message_sent(size);
}

asio::awaitable<void> connection::send(frame frame) {
    const auto self = shared_from_this();
    const std::string operation{frame.operation};
    const auto deadline =
        call::deadline_after(clock_->now(), frame.options.timeout.value_or(config_.timeout));
    std::optional<error> failure;
    try {
        co_await enqueue(std::move(frame), deadline);
    } catch (const std::exception& thrown) {
        failure = translated(thrown, operation, false);
    }
    if (failure) throw *failure;
}

asio::awaitable<envelope> connection::request(frame frame) {
    const auto self = shared_from_this();
    const std::string operation{frame.operation};
    std::optional<error> failure;
    envelope answer;
    try {
        answer = co_await exchange(std::move(frame));
    } catch (const std::exception& thrown) {
        failure = translated(thrown, operation, true);
    }
    if (failure) throw *failure;
    if (const auto* said = std::get_if<realtime_error>(&answer.message)) throw refused(operation, *said);
    co_return answer;
}

asio::awaitable<envelope> connection::exchange(frame frame) {
    const auto deadline =
        call::deadline_after(clock_->now(), frame.options.timeout.value_or(config_.timeout));
    request_table::pending pending{requests, frame.cid, executor_};
    co_await enqueue(std::move(frame), deadline);
    const call::deadlines::guard timeout{
        scope_->pending_deadlines(), deadline,
        [&pending] { pending.fail(error{errc::timed_out, error_details{.maybe_sent = true}}); }};
    co_await pending.done.wait();
    if (pending.failed) throw *pending.failed;
    co_return std::move(*pending.answered);
}

asio::awaitable<void> connection::say_goodbye(std::shared_ptr<websocket> line) {
    co_await flushed_.wait();
    co_await line->close(1000, "");
    co_await over_.wait();
}

asio::awaitable<void> connection::close() {
    const auto self = shared_from_this();
    const auto line = line_;
    if (state_ == state::idle) co_return;
    const state before = std::exchange(state_, state::closing);
    closed_by_us_ = true;
    if (before == state::connecting) scope_->end_all(errc::closed);
    // Who waits for room in a stream must not hold the end up.
    events->end_streams();
    std::optional<error> failure;
    try {
        auto goodbye = before == state::open ? say_goodbye(line) : over_.wait();
        co_await scope_->run(std::move(goodbye), call::deadline_after(clock_->now(), config_.timeout));
    } catch (const std::exception& thrown) {
        failure = translated(thrown, "close", true);
    }
    // However the other side behaves, the connection is over.
    if (before != state::connecting) ended(line, {.initiator = close_info::by::local});
    if (failure && failure->code() == errc::cancelled) throw *failure;
}

void connection::abandon() noexcept {
    observer_.reset();
    events->close();
    scope_->stop();
    if (const auto line = std::exchange(line_, nullptr)) line->abort();
    state_ = state::idle;
    requests.fail_all(closed("", "the socket was destroyed", true));
    fail_senders();
    outgoing_.set();
    over_.set();
}

} // namespace nakama::realtime
