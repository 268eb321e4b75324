#include "retry_machine.hpp"

namespace nakama::call {

bool may_repeat(const error& failure, bool idempotent) noexcept {
    switch (failure.http_status()) {
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
        return idempotent;
    case 0:
        break;
    default:
        // Not 500 either: it is what a failing function of the server's runtime gives.
        return false;
    }
    if (failure.code() == errc::resolve_failed || failure.code() == errc::connect_failed) return true;
    if (failure.code() == errc::connection_lost) return idempotent || !failure.request_may_have_been_sent();
    return false;
}

std::optional<std::chrono::milliseconds> retry_machine::after(const error& failure, clock::time_point now,
                                                              std::mt19937_64& random) {
    ++attempts_;
    if (attempts_ > policy_.retries || !may_repeat(failure, idempotent_)) return {};
    auto delay = policy_.delay(attempts_);
    if (policy_.jitter)
        delay =
            std::chrono::milliseconds{std::uniform_int_distribution<std::int64_t>{0, delay.count()}(random)};
    if (now + delay >= deadline_) return {};
    return delay;
}

} // namespace nakama::call
