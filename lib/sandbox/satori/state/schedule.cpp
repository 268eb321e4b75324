#include "sandbox/satori/state/schedule.hpp"

#include <algorithm>

namespace nakama::sandbox::liveops {
namespace {

using status = satori::live_event_status;

} // namespace

bool touches(const run& run, const std::optional<window>& window) noexcept {
    if (!window) return true;
    return run.begin <= window->end && (run.end == 0 || run.end > window->begin);
}

std::int64_t schedule::index_at(std::int64_t time) const {
    if (time < start) return -1;
    return every == 0 ? 0 : (time - start) / every;
}

std::optional<run> schedule::nth(std::int64_t index, std::int64_t now) const {
    if (index < 0 || (index > 0 && every == 0)) return {};
    run result{.begin = start + index * every};
    if (end != 0 && result.begin >= end) return {};
    const std::int64_t length = duration != 0 ? duration : every;
    if (length != 0) result.end = result.begin + length;
    if (end != 0) result.end = result.end == 0 ? end : std::min(result.end, end);
    result.status = now < result.begin                     ? status::upcoming
                    : result.end != 0 && now >= result.end ? status::terminated
                                                           : status::active;
    return result;
}

std::optional<run> schedule::running(std::int64_t now) const {
    const auto last = nth(index_at(now), now);
    return last && last->status == status::active ? last : std::nullopt;
}

std::optional<run> schedule::upcoming(std::int64_t now) const {
    return nth(index_at(now) + 1, now);
}

std::vector<run> schedule::past(std::int64_t now, std::int32_t count,
                                const std::optional<window>& within) const {
    std::vector<run> result;
    // The last run before the end of all, before now, and before the end of the window.
    std::int64_t index = index_at(now);
    if (end != 0) index = std::min(index, index_at(end - 1));
    if (within) index = std::min(index, index_at(within->end));
    for (; index >= 0 && result.size() < static_cast<std::size_t>(count); --index) {
        const auto one = nth(index, now);
        if (!one || one->status != status::terminated) continue;
        if (!touches(*one, within)) break;
        result.push_back(*one);
    }
    return result;
}

std::vector<run> schedule::future(std::int64_t now, std::int32_t count,
                                  const std::optional<window>& within) const {
    std::vector<run> result;
    std::int64_t index = index_at(now) + 1;
    // A run that began before the window may reach into it.
    if (within) index = std::max(index, index_at(within->begin));
    for (; result.size() < static_cast<std::size_t>(count); ++index) {
        const auto one = nth(index, now);
        if (!one || (within && one->begin > within->end)) break;
        if (touches(*one, within)) result.push_back(*one);
    }
    return result;
}

} // namespace nakama::sandbox::liveops
