// How a socket that has lost its connection gets another, and takes up what it had.
#include "connection.hpp"
#include "refusal.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace nakama::realtime {
namespace {

constexpr auto never = clock::time_point::max();

} // namespace

void connection::come_back_from(close_info why) {
    const auto self = shared_from_this();
    comeback& c = *comeback_;
    c.why = std::move(why);
    c.missed.line_lost();
    for (auto& each : c.places.take_tickets()) c.lost_tickets.push_back(std::move(each));
    outbox_.hold();
    if (config_.reconnect.requests == reconnect_policy::while_away::fail)
        outbox_.fail(closed_by(c.why, false));
    const bool was_resuming = std::exchange(phase_, phase::away) == phase::resuming;
    if (was_resuming) {
        c.steps->end_all(errc::closed); // come_back() is in the middle of it and goes on from there
        return;
    }
    c.machine.lost(clock_->now(), clock_->now() - opened_);
    ++dials_;
    if (!config_.reconnect.resume) forget_places();
    asio::co_spawn(executor_, [self] { return self->come_back(); }, asio::detached);
}

/// Whether the socket was closed or destroyed meanwhile.
bool connection::has_left_off(unsigned life) {
    if (life != dials_) return true; // and connected again since
    if (is_coming_back()) return false;
    // A line that is read tells of its end itself.
    if (phase_ == phase::closing && !line_) finish(closed_locally());
    return true;
}

/// The same while there is a line that nobody reads yet.
bool connection::has_left_off_dialling(unsigned life) {
    if (life != dials_) return true;
    if (is_coming_back()) return false;
    if (const auto line = std::exchange(line_, nullptr)) line->abort();
    return has_left_off(life);
}

asio::awaitable<void> connection::come_back() {
    const auto self = shared_from_this();
    comeback& c = *comeback_;
    const auto life = dials_;
    resume_report report;
    for (;;) {
        const auto delay = c.machine.after(c.why, clock_->now(), c.random);
        if (!delay) co_return finish(c.why);
        const int attempt = c.machine.attempts();
        tell({.phase = socket_phase::away, .attempt = attempt, .delay = *delay, .why = c.why});
        if (has_left_off(life)) co_return;
        try {
            co_await scope_->run(clock_->sleep_for(*delay), never);
            if (has_left_off(life)) co_return;
            tell({.phase = socket_phase::connecting, .attempt = attempt});
            if (has_left_off(life)) co_return;
            co_await open_line(call::deadline_after(clock_->now(), destination_.timeout));
        } catch (const std::exception& thrown) {
            if (has_left_off_dialling(life)) co_return;
            if (const auto line = std::exchange(line_, nullptr)) line->abort();
            c.why = why_not_opened(translated(thrown, "connect", false));
            continue;
        }
        if (has_left_off_dialling(life)) co_return;

        phase_ = phase::resuming;
        run_line();
        tell({.phase = socket_phase::resuming, .attempt = attempt});
        if (has_left_off(life)) co_return;
        if (phase_ == phase::away) continue;
        // What was lost or delivered before the line broke again stays so.
        report = {.missed_messages = report.missed_messages,
                  .missed_notifications = report.missed_notifications,
                  .lost = std::move(report.lost)};
        try {
            if (config_.reconnect.resume) co_await c.steps->run(resume(report), never);
        } catch (const std::exception&) {
            // The line was lost, or the socket is to end: either shows below.
        }
        release_backlog();
        if (has_left_off(life)) co_return;
        if (phase_ == phase::away) continue;
        break;
    }
    report.away = std::chrono::duration_cast<std::chrono::milliseconds>(clock_->now() - c.machine.since());
    report.attempts = c.machine.attempts();
    c.unanswered.clear();
    phase_ = phase::open;
    outbox_.release();
    tell({.phase = socket_phase::open, .attempt = report.attempts});
    events->deliver(report);
}

asio::awaitable<void> connection::resume(resume_report& report) {
    comeback& c = *comeback_;
    for (auto& each : std::exchange(c.lost_tickets, {}))
        report.lost.push_back(
            {.kind = std::move(each.kind), .id = std::move(each.id), .reason = closed_by(c.why, false)});
    if (config_.reconnect.catch_up) c.backlog.emplace();
    // Room for the rest of the message around the members.
    constexpr std::size_t around = 64;
    const std::size_t room =
        config_.max_message_bytes > 2 * around ? config_.max_message_bytes - around : around;
    for (auto& each : c.places.resumptions(room)) co_await take_up(std::move(each), report);
    if (config_.reconnect.catch_up) co_await deliver_missed(report);
}

/// Sends a request of the socket's own.
asio::awaitable<envelope> connection::ask_again(const resumption& what) {
    frame again{.operation = what.operation, .cid = requests.next_cid()};
    again.text = R"({"cid":")" + again.cid + R"(",")" + what.operation + "\":{" + what.members + "}}";
    const std::string sent = again.text;
    envelope answer;
    co_await exchange(std::move(again), answer, true);
    if (const auto* said = answer.message.get_if<realtime_error>()) throw refused(what.operation, *said);
    comeback_->places.answered(what.operation, sent, answer);
    co_return answer;
}

asio::awaitable<void> connection::take_up(resumption what, resume_report& report) {
    std::optional<error> failure;
    const auto line = line_;
    try {
        if (what.kind == "party") {
            co_await enter_party(what, report);
            co_return;
        }
        auto answer = co_await ask_again(what);
        if (auto* joined = answer.message.get_if<channel>()) {
            events->call(place_change{"channel", joined->id, joined->presences, joined->self, {}});
            report.channels.push_back(std::move(*joined));
        } else if (auto* entered = answer.message.get_if<match>()) {
            events->call(place_change{"match", entered->match_id, entered->presences, entered->self, {}});
            report.matches.push_back(std::move(*entered));
        } else if (auto* seen = answer.message.get_if<status>()) {
            if (!report.status) report.status.emplace();
            std::ranges::move(seen->presences, std::back_inserter(report.status->presences));
        }
        co_return;
    } catch (const std::exception& thrown) {
        failure = translated(thrown, what.operation, true);
    }
    bool is_lost = false;
    if (failure->code() == errc::timed_out && config_.heartbeat.interval.count() > 0) {
        // Where nothing comes at all the rest would be lost as well, step by step. On another line this one
        // is tried again, but once: it may be what keeps the server from saying anything.
        const bool is_heard = co_await answers_ping(line);
        if (phase_ == phase::closing || phase_ == phase::idle) throw *failure;
        const auto step = what.operation + what.members;
        is_lost = !is_heard && std::exchange(comeback_->unanswered, step) == step;
        if (!is_heard && !is_lost) ended(line, silent());
    }
    // Without the line nothing is lost yet.
    if (phase_ != phase::resuming && !is_lost) throw *failure;
    lose(report, what, *failure);
    if (phase_ != phase::resuming) throw *failure;
}

/// Whether anything comes from the server within the heartbeat's time when it is asked.
asio::awaitable<bool> connection::answers_ping(line_ptr line) {
    if (!line || line_ != line) co_return false;
    const auto received = [&] { return messages_ + line->received(); };
    const auto before = received();
    frame question{.operation = "ping", .cid = requests.next_cid()};
    question.text = R"({"cid":")" + question.cid + R"(","ping":{}})";
    question.options.timeout = config_.heartbeat.timeout;
    try {
        envelope ignored;
        co_await exchange(std::move(question), ignored, true);
    } catch (const std::exception&) {
        // Something else may have come all the same.
    }
    co_return received() != before;
}

void connection::lose(resume_report& report, const resumption& what, const error& why) {
    comeback_->places.forget(what.kind, what.id);
    if (what.kind == "channel") comeback_->missed.forget(what.id);
    report.lost.push_back({.kind = what.kind, .id = what.id, .reason = why});
    events->call(place_change{.kind = what.kind, .id = what.id, .lost = why});
}

/// The answer only means asked. An open party then tells of itself.
asio::awaitable<void> connection::enter_party(const resumption& what, resume_report& report) {
    struct arrival {
        explicit arrival(const asio::any_io_executor& executor) : told{executor} {}
        net::event told;
        std::optional<party> entered;
    };
    const auto here = std::make_shared<arrival>(executor_);
    struct removal {
        ~removal() { heard.remove(); }
        listener heard;
    } const listening{events->listen<party>([here, id = what.id](const party& event) {
        if (event.party_id != id) return;
        here->entered = event;
        here->told.set();
    })};
    co_await ask_again(what);
    if (comeback_->places.is_open_party(what.id) && !here->entered) {
        try {
            co_await comeback_->steps->run(here->told.wait(),
                                           call::deadline_after(clock_->now(), config_.timeout));
        } catch (const error& late) {
            if (late.code() != errc::timed_out) throw;
        }
    }
    if (!here->entered) {
        report.asked.push_back(what.id);
        co_return;
    }
    events->call(place_change{"party", what.id, here->entered->presences, here->entered->self, {}});
    report.parties.push_back(what.id);
}

asio::awaitable<void> connection::deliver_missed(resume_report& report) {
    comeback& c = *comeback_;
    const auto failed = [&](std::string kind, std::string id, const std::exception& thrown) {
        auto failure = translated(thrown, kind, false);
        if (phase_ != phase::resuming) throw failure;
        report.lost.push_back({.kind = std::move(kind), .id = std::move(id), .reason = std::move(failure)});
    };
    for (std::size_t i = 0; i < report.channels.size(); ++i) {
        const std::string id = report.channels[i].id;
        catch_up::missed_part<channel_message> missed;
        try {
            missed = co_await c.missed.missed_messages(session_, id);
        } catch (const std::exception& thrown) {
            failed("channel_history", id, thrown);
            mark(id);
        }
        report.missed_messages += missed.items.size();
        for (const auto& each : missed.items) events->deliver(each);
        if (missed.rest) failed("channel_history", id, *missed.rest);
    }
    catch_up::missed_part<notification> missed;
    try {
        missed = co_await c.missed.missed_notifications(session_);
    } catch (const std::exception& thrown) {
        failed("notifications", "", thrown);
        mark_notifications();
    }
    report.missed_notifications += missed.items.size();
    if (!missed.items.empty()) events->deliver(notifications{std::move(missed.items)});
    if (missed.rest) failed("notifications", "", *missed.rest);
}

void connection::release_backlog() {
    const auto self = shared_from_this();
    if (!comeback_->backlog) return;
    const auto held = std::move(*comeback_->backlog);
    comeback_->backlog.reset();
    for (const auto& each : held) {
        if (const auto* message = std::get_if<channel_message>(&each)) {
            if (comeback_->missed.has_seen(*message)) continue;
            comeback_->missed.came(*message);
            events->deliver(*message);
        } else {
            auto some = std::get<notifications>(each);
            std::erase_if(some.notifications,
                          [&](const notification& one) { return comeback_->missed.has_seen(one); });
            if (some.notifications.empty()) continue;
            comeback_->missed.came(some);
            events->deliver(some);
        }
    }
}

/// Nothing is to be taken up again.
void connection::forget_places() {
    for (const auto& each : comeback_->places.resumptions(config_.max_message_bytes))
        events->call(
            place_change{.kind = each.kind, .id = each.id, .lost = closed_by(comeback_->why, false)});
    comeback_->places.clear();
}

/// A request of the user's was answered.
void connection::remember(const std::string& operation, const std::string& sent, const envelope& answer) {
    comeback_->places.answered(operation, sent, answer);
    if (!config_.reconnect.catch_up) return;
    if (operation == "channel_leave")
        comeback_->missed.keep_only(
            [this](const std::string& id) { return comeback_->places.has("channel", id); });
    if (const auto* joined = answer.message.get_if<channel>()) mark(joined->id);
}

/// Moves the place from which a history would be asked for along with what comes.
void connection::keep_up(const channel_message& message) {
    if (comeback_->missed.is_far_behind(message.channel_id)) mark(message.channel_id);
}

void connection::keep_up(const notifications&) {
    if (comeback_->missed.is_far_behind()) mark_notifications();
}

void connection::mark(std::string channel_id) {
    const auto self = shared_from_this();
    asio::co_spawn(
        executor_,
        [self, id = std::move(channel_id)]() -> asio::awaitable<void> {
            try {
                co_await self->scope_->run(self->comeback_->missed.mark_channel(self->session_, id), never);
            } catch (const std::exception&) {
                // Then what is missed cannot be told, which the report says.
            }
        },
        asio::detached);
}

void connection::mark_notifications() {
    const auto self = shared_from_this();
    asio::co_spawn(
        executor_,
        [self]() -> asio::awaitable<void> {
            try {
                co_await self->scope_->run(self->comeback_->missed.mark_notifications(self->session_), never);
            } catch (const std::exception&) {
                // As above.
            }
        },
        asio::detached);
}

} // namespace nakama::realtime
