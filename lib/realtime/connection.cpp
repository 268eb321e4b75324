#include "connection.hpp"

#include "refusal.hpp"
#include "wire/json_reader.hpp"
#include "wire/percent.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace nakama::realtime {
namespace {

/// How long the reader's having been held up counts as slowness: what the server has sent meanwhile may take
/// a while to come to its end.
constexpr std::chrono::seconds slow_for{5};

// More than a server sends while it is asked for a page.
constexpr std::size_t most_held_back = 4096;

/// How long a connection that cannot be written to is read all the same.
constexpr std::chrono::seconds last_words{1};

} // namespace

connection::connection(call::pipeline& pipeline, const socket_config& config, std::shared_ptr<history> past)
    : events{std::make_shared<event_hub>(pipeline.executor())}, executor_{pipeline.executor()},
      path_prefix_{pipeline.configuration().path_prefix}, headers_{pipeline.configuration().headers},
      config_{config}, transport_{pipeline.bytes()}, clock_{pipeline.time()}, observer_{pipeline.watcher()},
      scope_{std::make_shared<call::scope>(clock_, executor_)}, keeper_{pipeline.keeper()},
      outbox_{executor_, config.max_queued_messages, config.when_queue_full, [this] { flush(); }},
      rate_{config.max_messages_per_second}, heartbeat_{config.heartbeat} {
    if (config_.reconnect.is_on())
        comeback_ =
            std::make_unique<comeback>(config_.reconnect, pipeline.random()(), std::move(past),
                                       config_.timeout, std::make_shared<call::scope>(clock_, executor_));
}

asio::awaitable<void> connection::connect(session session, destination to) {
    const auto self = shared_from_this();
    if (session.token().empty())
        throw error{errc::invalid_argument,
                    error_details{.message = "the session is empty: sign in first", .operation = "connect"}};
    if (phase_ != phase::idle)
        throw error{errc::invalid_argument,
                    error_details{.message = is_coming_back()
                                                 ? "the socket is coming back by itself: close it first"
                                                 : "the socket is connected already: close it first",
                                  .operation = "connect"}};

    phase_ = phase::connecting;
    closed_here_ = false;
    // One for each life of the socket: who waits for the end of one must not miss it in the next.
    over_ = std::make_shared<net::event>(executor_);
    session_ = call::session_access::state(session);
    destination_ = std::move(to);
    const auto attempt = ++dials_;
    std::optional<error> failure;
    try {
        tell({.phase = socket_phase::connecting, .attempt = 1});
        check_dialling(attempt);
        co_await open_line(call::deadline_after(clock_->now(), destination_.timeout));
        // Closed or destroyed in the very moment the connection stood.
        check_dialling(attempt);
    } catch (const std::exception& thrown) {
        failure = translated(thrown, "connect", false);
    }
    if (failure) {
        if (dials_ == attempt && phase_ != phase::idle) {
            if (line_) line_->abort();
            line_.reset();
            phase_ = phase::idle;
            over_->set();
            auto why = closed_here_ ? closed_locally() : why_not_opened(*failure);
            tell({.phase = socket_phase::closed, .why = std::move(why)});
        }
        throw *failure;
    }

    if (comeback_) comeback_->start_anew(config_.reconnect);
    phase_ = phase::open;
    run_line();
    outbox_.release();
    if (comeback_ && config_.reconnect.catch_up) mark_notifications();
    tell({.phase = socket_phase::open});
}

/// Throws if the socket was closed or destroyed since dialling began.
void connection::check_dialling(unsigned dial) const {
    if ((phase_ != phase::connecting && phase_ != phase::away) || dials_ != dial)
        throw closed("connect", "the socket was closed while connecting", false);
}

/// Opens the line, with a token that is good; once more with another if the server does not take it.
asio::awaitable<void> connection::open_line(clock::time_point deadline) {
    const auto mine = dials_;
    const auto tokens = session_;
    if (keeper_->is_needed(*tokens)) co_await scope_->run(keeper_->fresh(tokens), deadline);
    check_dialling(mine);
    const std::string token = tokens->token();
    bool is_refused = false;
    try {
        co_await dial(token, deadline);
    } catch (const error& refusal) {
        is_refused = refusal.code() == errc::upgrade_refused && refusal.http_status() == 401 &&
                     keeper_->can_renew(*tokens);
        if (!is_refused) throw;
    }
    if (!is_refused) co_return;
    check_dialling(mine);
    co_await scope_->run(keeper_->renew(tokens, token), deadline);
    check_dialling(mine);
    co_await dial(tokens->token(), deadline);
}

/// One try to open the line.
asio::awaitable<void> connection::dial(std::string token, clock::time_point deadline) {
    const std::shared_ptr<websocket> line = transport_->make_websocket();
    if (line_) line_->abort();
    line_ = line;
    std::string target = destination_.target;
    std::vector<http_header> headers;
    const std::string authorization = "Bearer " + token;
    if (destination_.token_in_query) {
        target += "&token=";
        wire::append_percent(target, token);
    } else {
        headers.push_back({"Authorization", authorization});
    }
    for (const auto& [name, value] : headers_) headers.push_back({name, value});
    auto connecting = line->connect({.target = target, .headers = headers});
    co_await scope_->run(std::move(connecting), deadline);
    if (line_ != line) throw closed("connect", "the socket was closed while connecting", false);
}

/// Sets everything that belongs to one connection going.
void connection::run_line() {
    const auto self = shared_from_this();
    const auto line = line_;
    opened_ = clock_->now();
    is_silent_ = false;
    notice_.reset();
    is_held_up_ = false;
    held_up_until_.reset();
    rate_.start(opened_);
    outbox_.drop();
    events->make_haste(false);
    if (const auto watcher = observer_) watcher->on_socket_open();
    asio::co_spawn(executor_, [self, line] { return self->read(line); }, asio::detached);
    asio::co_spawn(executor_, [self, line] { return self->write(line); }, asio::detached);
    if (config_.heartbeat.interval.count() <= 0) return;
    if (!alarm_) alarm_ = clock_->make_alarm(executor_);
    look_after(heartbeat_.start(opened_, messages_ + line->received()));
}

void connection::look_after(heartbeat::step step) {
    alarm_->set(step.look_again, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->look();
    });
}

void connection::look() {
    if (!line_) return;
    const auto now = clock_->now();
    const auto step = heartbeat_.look(now, {.received = messages_ + line_->received(),
                                            .is_held_up = is_held_up_,
                                            .busy_until = requests.busy_until()});
    if (step.what == heartbeat::action::give_up) {
        is_silent_ = true;
        line_->abort();
        return;
    }
    if (step.what == heartbeat::action::ping) {
        line_->trim();
        ping();
    }
    look_after(step);
}

void connection::ping() {
    ping_cid_ = requests.next_cid();
    ping_sent_ = clock_->now();
    std::string text = R"({"cid":")" + ping_cid_ + R"(","ping":{}})";
    if (const auto watcher = observer_) watcher->on_message_sent(text.size());
    outbox_.put_first(std::move(text));
}

void connection::add_round_trip(clock::time_point sent) {
    const auto taken = std::chrono::duration_cast<std::chrono::microseconds>(clock_->now() - sent);
    round_trips_.add(taken);
    if (const auto watcher = observer_) watcher->on_round_trip(taken);
}

asio::awaitable<void> connection::read(line_ptr line) {
    const auto self = shared_from_this();
    std::optional<error> failure;
    try {
        // Who has opened the line says so before anything is heard through it.
        co_await asio::post(executor_, asio::use_awaitable);
        bool is_fast = false, is_later = false;
        while (line_ == line) {
            co_await line->receive([&](std::string_view text) {
                is_later = false;
                if (line_ != line) return websocket::appetite::none;
                ++messages_;
                if (const auto watcher = observer_) watcher->on_message_received(text.size());
                const bool is_answer = dispatch(text);
                is_fast = rate_.count();
                using appetite = websocket::appetite;
                if (line_ != line || is_fast || events->is_full()) return appetite::none;
                // Who gets an answer goes on before anybody hears of what comes after it, and a stream that
                // is read from does not overflow by what came in one piece.
                is_later = is_answer || events->take_crowded();
                return is_later ? appetite::later : appetite::more;
            });
            if (line_ != line) break;
            if (is_later) co_await next_turn();
            if (is_fast || events->is_full()) co_await pause(is_fast);
        }
    } catch (const error& thrown) {
        failure = thrown;
    } catch (const std::exception& thrown) {
        failure = error{errc::connection_lost, thrown.what()};
    }
    if (line_ == line) lost(line, std::move(failure));
}

/// Lets handlers run that are ready by now. Twice, since those may have to go through a strand first.
asio::awaitable<void> connection::next_turn() {
    co_await asio::post(executor_, asio::use_awaitable);
    co_await asio::post(executor_, asio::use_awaitable);
}

/// Apart from the reader, whose frame every idle socket holds.
void connection::lost(const line_ptr& line, std::optional<error> failure) {
    ending known{.failure = std::move(failure)};
    known.closed_here = closed_here_;
    known.frame = line->end();
    known.notice = std::exchange(notice_, std::nullopt);
    known.was_held_up = held_up_until_ && clock_->now() - *held_up_until_ < slow_for;
    const bool is_told = closed_here_ || known.frame.by_peer || known.notice;
    ended(line, is_silent_ && !is_told ? silent() : why_ended(known));
}

/// Lets what has come be taken before more is read.
asio::awaitable<void> connection::pause(bool is_fast) {
    is_held_up_ = true;
    if (is_fast)
        if (const auto until = rate_.until(clock_->now()); until > clock_->now()) {
            co_await scope_->run(clock_->sleep_until(until), clock::time_point::max());
            held_up_until_ = clock_->now();
        }
    if (events->is_full()) {
        co_await events->room();
        held_up_until_ = clock_->now();
    }
    is_held_up_ = false;
}

/// Sends what needs no waiting. While that is on its way, the writer gathers what else is queued.
void connection::flush() {
    if (outbox_.ready.is_set()) return;
    try {
        // Those who waited for room are let in meanwhile.
        for (std::size_t sent = 1; line_ && sent > 0 && !outbox_.queued().empty();) {
            sent = line_->write_at_once(outbox_.queued());
            outbox_.sent_first(sent);
        }
    } catch (const std::exception&) {
        line_->abort(); // what part of it has gone is unknown
    }
    if (!outbox_.queued().empty()) outbox_.ready.set();
}

asio::awaitable<void> connection::write(line_ptr line) {
    const auto self = shared_from_this();
    std::vector<std::string> batch;
    try {
        while (line_ == line) {
            if (!outbox_.take(batch)) {
                outbox_.sent_all();
                outbox_.ready.reset();
                co_await outbox_.ready.wait();
                continue;
            }
            co_await line->write(batch);
            batch.clear();
        }
        co_return;
    } catch (const std::exception&) {
        // The reader will find the connection broken, perhaps behind what the server has said last.
    }
    try {
        co_await scope_->run(clock_->sleep_for(last_words), clock::time_point::max());
    } catch (const std::exception&) {
        // The socket is to end.
    }
    line->abort();
}

/// Whether it was the answer to a request that waits.
bool connection::dispatch(std::string_view text) {
    incoming_.cid.clear();
    incoming_.message.clear();
    unknown_kind_.clear();
    if (const auto failure = wire::read_json(text, &incoming_, wire::schema_of<envelope>(), &unknown_kind_,
                                             {.depth = config_.max_depth})) {
        const error unreadable = call::malformed("a message", *failure);
        auto* waiting = requests.find(incoming_.cid);
        if (waiting) waiting->fail(unreadable);
        else events->deliver(realtime_error{.message = unreadable.what()});
        return waiting != nullptr;
    }
    if (!incoming_.cid.empty()) {
        if (incoming_.cid == ping_cid_) {
            ping_cid_.clear();
            add_round_trip(ping_sent_);
        } else if (auto* waiting = requests.find(incoming_.cid)) {
            waiting->answer(std::move(incoming_));
            return true;
        }
        return false;
    }
    if (!incoming_.message) {
        if (!unknown_kind_.empty())
            events->deliver(unknown_message{.kind = unknown_kind_, .text = std::string{text}});
        return false;
    }
    incoming_.message.visit([this](const auto& event) {
        using event_type = std::remove_cvref_t<decltype(event)>;
        if constexpr (realtime_event<event_type>) take(event);
    });
    return false;
}

/// What comes live while the missed is asked for has to come after it.
template <class Event>
bool connection::hold_back(const Event& event) {
    auto& backlog = comeback_->backlog;
    if (!backlog) return false;
    backlog->emplace_back(event);
    if (backlog->size() > most_held_back) release_backlog();
    return true;
}

template <class Event>
void connection::take(const Event& event) {
    constexpr bool is_history = std::same_as<Event, channel_message> || std::same_as<Event, notifications>;
    if constexpr (std::same_as<Event, notifications>) note(event);
    if (comeback_) {
        if constexpr (requires { comeback_->places.heard(event); }) comeback_->places.heard(event);
        if constexpr (is_history) {
            if (hold_back(event)) return;
            comeback_->missed.came(event);
            keep_up(event);
        }
    }
    events->deliver(event);
}

/// Remembers what the server says right before it closes.
void connection::note(const notifications& some) {
    constexpr std::int32_t single_socket = -7, banned = -8;
    for (const auto& each : some.notifications)
        if (each.code == single_socket || each.code == banned) notice_ = each;
}

void connection::ended(const line_ptr& line, close_info why) {
    if (!line || line_ != line) return;
    line->abort();
    line_.reset();
    if (alarm_) alarm_->cancel();
    ping_cid_.clear();
    if (const auto watcher = observer_) watcher->on_socket_close(why);
    requests.fail_queued(closed_by(why, true));
    outbox_.drop();
    outbox_.ready.set();
    if (comeback_ && (phase_ == phase::open || phase_ == phase::resuming)) come_back_from(std::move(why));
    else finish(std::move(why));
}

/// There is no connection any more, and none to come.
void connection::finish(close_info why) {
    const auto self = shared_from_this();
    phase_ = phase::idle;
    last_close_ = why;
    const error failure = closed_by(why, false);
    outbox_.fail(failure);
    over_->set();
    state_ = {.phase = socket_phase::closed, .why = why};
    const socket_state told = state_;
    events->feed(told);
    events->end(failure);
    events->call(told);
    events->deliver(why);
}

void connection::tell(socket_state state) {
    state_ = std::move(state);
    const socket_state told = state_;
    events->deliver(told);
}

void connection::check_size(const frame& frame) const {
    if (frame.text.size() <= config_.max_message_bytes) return;
    throw error{errc::message_too_large,
                std::to_string(frame.text.size()) + " bytes as sent, of " +
                    std::to_string(config_.max_message_bytes) +
                    " allowed: the server would close the socket (socket_config::max_message_bytes)"};
}

void connection::check_open(const frame& frame) const {
    if (phase_ == phase::open) return;
    if (is_coming_back()) {
        if (config_.reconnect.requests == reconnect_policy::while_away::wait) return;
        throw closed_by(comeback_->why, false);
    }
    throw closed(frame.operation, "the socket is not connected", false);
}

/// `urgent` is what the socket itself has to say while it comes back.
asio::awaitable<void> connection::enqueue(frame frame, clock::time_point deadline, bool urgent,
                                          bool* is_queued) {
    check_size(frame);
    const std::size_t size = frame.text.size();
    if (urgent) {
        if (!line_) throw closed_by(comeback_->why, false);
        outbox_.put_first(std::move(frame.text), is_queued);
    } else {
        check_open(frame);
        co_await outbox_.put(std::move(frame.text), is_queued, scope_->pending_deadlines(), deadline);
    }
    if (const auto watcher = observer_) watcher->on_message_sent(size);
}

bool connection::send_at_once(frame& frame, bool* is_queued) {
    const std::size_t size = frame.text.size();
    if (phase_ != phase::open || size > config_.max_message_bytes || !outbox_.has_room()) return false;
    outbox_.put_first(std::move(frame.text), is_queued);
    if (const auto watcher = observer_) watcher->on_message_sent(size);
    return true;
}

asio::awaitable<void> connection::send(frame frame) {
    const auto self = shared_from_this();
    const std::string operation{frame.operation};
    const auto deadline =
        call::deadline_after(clock_->now(), frame.options.timeout.value_or(config_.timeout));
    std::optional<error> failure;
    try {
        co_await enqueue(std::move(frame), deadline, false, nullptr);
    } catch (const std::exception& thrown) {
        failure = translated(thrown, operation, false);
    }
    if (failure) throw *failure;
}

asio::awaitable<void> connection::run(std::string_view operation, asio::awaitable<void> what,
                                      std::chrono::milliseconds timeout) {
    const auto self = shared_from_this();
    std::optional<error> failure;
    try {
        co_await scope_->run(std::move(what), call::deadline_after(clock_->now(), timeout));
    } catch (const std::exception& thrown) {
        failure = translated(thrown, operation, true);
    }
    if (failure) throw *failure;
}

asio::awaitable<void> connection::request(frame frame, envelope& answer) {
    const auto self = shared_from_this();
    const std::string operation{frame.operation};
    const std::string sent = comeback_ ? frame.text : std::string{};
    std::optional<error> failure;
    try {
        co_await exchange(std::move(frame), answer, false);
    } catch (const std::exception& thrown) {
        failure = translated(thrown, operation, true);
    }
    if (failure) throw *failure;
    if (const auto* said = answer.message.get_if<realtime_error>()) throw refused(operation, *said);
    if (comeback_) remember(operation, sent, answer);
}

asio::awaitable<void> connection::exchange(frame frame, envelope& answer, bool urgent) {
    const auto deadline =
        call::deadline_after(clock_->now(), frame.options.timeout.value_or(config_.timeout));
    const bool is_ping = frame.operation == "ping";
    request_table::pending pending{requests, frame.cid, answer, deadline, executor_};
    if (urgent || !send_at_once(frame, &pending.is_queued))
        co_await enqueue(std::move(frame), deadline, urgent, &pending.is_queued);
    const auto sent = is_ping ? clock_->now() : clock::time_point{};
    const call::deadlines::guard timeout{
        scope_->pending_deadlines(), deadline,
        [&pending] { pending.fail(error{errc::timed_out, error_details{.maybe_sent = true}}); }};
    co_await pending.done.wait();
    if (pending.failed) throw *pending.failed;
    if (is_ping) add_round_trip(sent);
}

asio::awaitable<void> connection::say_goodbye(line_ptr line) {
    co_await outbox_.flushed.wait();
    const auto over = over_;
    co_await line->close(1000, "");
    co_await over->wait();
}

asio::awaitable<void> connection::close() {
    const auto self = shared_from_this();
    if (phase_ == phase::idle) co_return;
    const phase before = std::exchange(phase_, phase::closing);
    const auto line = before == phase::open || before == phase::resuming ? line_ : nullptr;
    const auto over = over_;
    closed_here_ = true;
    if (before == phase::connecting || before == phase::away) scope_->end_all(errc::closed);
    if (comeback_) comeback_->steps->end_all(errc::closed);
    if (alarm_) alarm_->cancel();
    // Who waits for room in a stream must not hold the end up.
    events->make_haste(true);
    std::optional<error> failure;
    try {
        auto goodbye = line ? say_goodbye(line) : over->wait();
        co_await scope_->run(std::move(goodbye), call::deadline_after(clock_->now(), config_.timeout));
    } catch (const std::exception& thrown) {
        failure = translated(thrown, "close", true);
    }
    // However the other side behaves, the connection is over. Where it broke first, saying goodbye was
    // aborted by that, and not by the caller.
    const bool is_over = over->is_set();
    ended(line, closed_locally());
    if (failure && failure->code() == errc::cancelled && !is_over) throw *failure;
}

void connection::abandon() noexcept {
    const error gone = closed("", "the socket was destroyed", true);
    observer_.reset();
    events->close(gone);
    scope_->stop();
    if (comeback_) comeback_->steps->stop();
    if (const auto line = std::exchange(line_, nullptr)) line->abort();
    if (alarm_) alarm_->cancel();
    phase_ = phase::idle;
    requests.fail_queued(gone);
    outbox_.drop();
    outbox_.fail(closed("", "the socket was destroyed", false));
    outbox_.ready.set();
    if (over_) over_->set();
}

} // namespace nakama::realtime
