#include "deadlines.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace nakama::call {

deadlines::deadlines(std::shared_ptr<clock> clock, const asio::any_io_executor& executor)
    : clock_{std::move(clock)}, executor_{executor}, alarm_{clock_->make_alarm(executor)} {}

deadlines::guard::guard(deadlines& owner, clock::time_point when, std::function<void()> passed)
    : owner_{owner}, when_{when}, call_{std::move(passed)} {
    // Calls have much the same time-out: the latest to come is mostly the latest to end.
    owner_.pending_.insert(owner_.pending_.end(), *this);
    owner_.arm();
}

deadlines::guard::~guard() {
    if (!is_linked()) return; // it has passed
    owner_.pending_.erase(owner_.pending_.iterator_to(*this));
    if (owner_.pending_.empty()) owner_.disarm_soon();
}

/// An alarm that rings too early, because the call it was for has ended, finds nothing due and is set anew.
void deadlines::arm() {
    if (pending_.empty()) return;
    const auto earliest = pending_.begin()->when_;
    if (earliest >= armed_) return;
    armed_ = earliest;
    alarm_->set(earliest, [this] { ring(); });
}

/// The next call mostly begins where the one before has ended: setting the alarm off and on again each time
/// would cost more than the rest of it.
void deadlines::disarm_soon() {
    if (armed_ == clock::time_point::max() || std::exchange(is_disarming_, true)) return;
    asio::post(executor_, [weak = std::weak_ptr{alive_}] {
        const auto held = weak.lock();
        if (!held) return;
        deadlines& self = **held;
        self.is_disarming_ = false;
        if (self.pending_.empty()) self.disarm();
    });
}

void deadlines::disarm() {
    armed_ = clock::time_point::max();
    alarm_->cancel();
}

void deadlines::ring() {
    armed_ = clock::time_point::max();
    const auto now = clock_->now();
    while (!pending_.empty() && pending_.begin()->when_ <= now) {
        guard& due = *pending_.begin();
        pending_.erase(pending_.begin());
        due.call_();
    }
    arm();
}

} // namespace nakama::call
