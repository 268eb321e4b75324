// What faults on order do to a socket.
#include "sandbox/socket/socket_session.hpp"

#include <utility>

namespace nakama::sandbox {
namespace {

/// How long what goes behind something waits for that.
constexpr std::chrono::milliseconds longest_wait{1000};

bool is_lost(const fault& fault) {
    return fault.lose != fault::loss::none;
}

std::shared_ptr<const fault> shared(fault fault) {
    return std::make_shared<const sandbox::fault>(std::move(fault));
}

/// Whether a fault does something even where there is no answer.
bool ends_socket(const fault& fault) {
    return fault.cut_at || fault.reset_at || fault.close_code;
}

} // namespace

bool socket_session::is_faulty() const {
    return !answers_pings_ || answering_ || !late_.empty() ||
           world_->faults.may_befall(fault_place::message) || world_->faults.may_befall(fault_place::event);
}

verdict socket_session::handle_faulty(const std::string& text) {
    const envelope_head head = head_of_message(text);
    if (!answers_pings_ && head.kind == "ping") return verdict::go_on;
    std::optional<fault> fault;
    if (!head.kind.empty())
        fault = world_->faults.ask({.place = fault_place::message,
                                    .name = head.kind,
                                    .username = username(),
                                    .connection = line_.number()},
                                   world_->now());
    if (!fault) return handle_message(*world_, *this, text);
    world_->log(username() + " says " + head.kind + ": a fault on order");
    return befall(text, head, *fault);
}

/// Handles a message as far as the fault lets it.
verdict socket_session::befall(const std::string& text, const envelope_head& head, const fault& fault) {
    stop(fault);
    verdict result = verdict::go_on;
    answering_ = shared(fault);
    answering_cid_ = head.cid;
    answered_ = false;
    if (fault.lose != fault::loss::request && (!fault.code || fault.acts))
        result = handle_message(*world_, *this, text);
    if (!has_work()) finish_answer();
    return result;
}

/// What is left to do once a message has been handled, also by a function that took its time.
void socket_session::finish_answer() {
    const auto fault = std::exchange(answering_, nullptr);
    if (fault->code) {
        const std::string message = fault->message.empty() ? "a fault on order" : fault->message;
        std::string bytes;
        append_frame(bytes, opcode::text, error_envelope(answering_cid_, *fault->code, message));
        send_late({std::move(bytes), fault}, true);
    } else if (!answered_ && ends_socket(*fault)) {
        send_late({{}, fault}, true);
    }
}

/// In place of send(), where something may be wrong with what is sent.
void socket_session::send_faulty(const std::string& text) {
    const envelope_head head = head_of_envelope(text);
    std::optional<fault> fault;
    if (head.is_answer) {
        if (answering_) fault = *answering_;
    } else if (!head.kind.empty()) {
        fault = world_->faults.ask({.place = fault_place::event,
                                    .name = head.kind,
                                    .username = username(),
                                    .connection = line_.number()},
                                   world_->now());
        if (fault) stop(*fault);
    }
    outgoing frame;
    if (!fault || (!is_lost(*fault) && !fault->code)) append_frame(frame.bytes, opcode::text, text);
    if (fault) {
        if (head.is_answer && (is_lost(*fault) || fault->code)) return; // its end comes behind the handling
        if (is_lost(*fault) && !ends_socket(*fault)) return;
        if (head.is_answer) answered_ = true;
        frame.way = shared(std::move(*fault));
    }
    send_late(std::move(frame), head.is_answer);
}

/// Sends a frame when its fault, and what is late before it, let it.
void socket_session::send_late(outgoing frame, bool is_answer) {
    auto due = world_->clock->now();
    bool behind = false;
    if (frame.way) {
        behind = frame.way->reorder;
        due += behind && frame.way->delay.count() == 0 ? longest_wait : frame.way->delay;
        if (frame.way->duplicate) frame.bytes += std::string{frame.bytes};
    }
    late_.push(is_answer ? frame_lanes<outgoing>::lane::answers : frame_lanes<outgoing>::lane::events,
               std::move(frame), due, behind);
    let_pass();
}

void socket_session::let_pass() {
    const auto now = world_->clock->now();
    while (auto frame = late_.next(now)) queue(std::move(*frame));
    const auto wake = late_.wake();
    if (!wake) return;
    if (!late_alarm_) late_alarm_ = world_->clock->make_alarm(line_.get_executor());
    late_alarm_->set(*wake, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->let_pass();
    });
}

/// What is not done any more from now on.
void socket_session::stop(const fault& fault) {
    if (fault.ignore_pings) answers_pings_ = false;
    if (fault.stop_reading) reads_ = false;
    if (fault.stop_pinging) pings_ = false;
    // Who does not hear the client must not expect pongs of it.
    if (!reads_ || !pings_) patience_->cancel();
    if (!pings_) ping_alarm_->cancel();
}

} // namespace nakama::sandbox
