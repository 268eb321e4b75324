#include "deadlines.hpp"

namespace nakama::call {

deadlines::deadlines(std::shared_ptr<clock> clock, const asio::any_io_executor& executor)
    : clock_{std::move(clock)}, alarm_{clock_->make_alarm(executor)} {}

deadlines::guard::guard(deadlines& owner, clock::time_point when, std::function<void()> passed)
    : owner_{owner}, place_{owner.pending_.emplace(when, this)}, call_{std::move(passed)} {
    owner_.arm();
}

deadlines::guard::~guard() {
    if (passed_) return;
    owner_.pending_.erase(place_);
    owner_.arm();
}

void deadlines::arm() {
    if (pending_.empty() || pending_.begin()->first == clock::time_point::max()) {
        if (armed_ != clock::time_point::max()) alarm_->cancel();
        armed_ = clock::time_point::max();
        return;
    }
    // An alarm that rings too early, because the call it was for has ended, finds nothing due and is set
    // anew.
    const auto earliest = pending_.begin()->first;
    if (earliest >= armed_) return;
    armed_ = earliest;
    alarm_->set(earliest, [this] { ring(); });
}

void deadlines::ring() {
    armed_ = clock::time_point::max();
    const auto now = clock_->now();
    while (!pending_.empty() && pending_.begin()->first <= now) {
        guard& due = *pending_.begin()->second;
        pending_.erase(pending_.begin());
        due.passed_ = true;
        due.call_();
    }
    arm();
}

} // namespace nakama::call
