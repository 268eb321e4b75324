#include "reconnecting.hpp"

#include "closing.hpp"

#include <cstdint>

namespace nakama::realtime {

void reconnecting::lost(clock::time_point now, clock::duration lasted) {
    since_ = now;
    attempts_ = 0;
    if (lasted >= policy_.stable_after) failures_ = 0;
}

std::optional<std::chrono::milliseconds> reconnecting::after(const close_info& why, clock::time_point now,
                                                             std::mt19937_64& random) {
    const retry_policy& delays = policy_.delays;
    if (why.cause == close_cause::closed_here || failures_ >= delays.retries) return {};
    auto delay = delays.delay(failures_ + 1);
    if (delays.jitter)
        delay =
            std::chrono::milliseconds{std::uniform_int_distribution<std::int64_t>{0, delay.count()}(random)};
    if (delays.budget.count() > 0 && now - since_ + delay > delays.budget) return {};

    const error failure = closed_by(why, false);
    const failed_attempt seen{.operation = "connect",
                              .number = failures_ + 1,
                              .failure = failure,
                              .idempotent = true,
                              .may_repeat = may_come_back(why),
                              .delay = delay,
                              .context = delays.context};
    if (!(delays.repeat_if ? delays.repeat_if(seen) : seen.may_repeat)) return {};
    ++failures_;
    ++attempts_;
    if (delays.on_retry) delays.on_retry(seen);
    return delay;
}

} // namespace nakama::realtime
