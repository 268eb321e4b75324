// When the runs of a live event are.
#pragma once

#include <satori/api/live_events.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace nakama::sandbox::liveops {

/// Unix time in seconds.
struct run {
    std::int64_t begin{};
    std::int64_t end{}; ///< 0: never
    satori::live_event_status status{};

    bool operator==(const run&) const = default;
};

/// Times to look at, both ends included.
struct window {
    std::int64_t begin{};
    std::int64_t end{};
};

/// All in seconds.
struct schedule {
    std::int64_t start{};
    std::int64_t end{};      ///< Unix time; 0: never
    std::int64_t duration{}; ///< of a run; 0: until the next one or the end
    std::int64_t every{};    ///< 0: one run only

    [[nodiscard]] std::optional<run> running(std::int64_t now) const;
    /// The next one that has not begun.
    [[nodiscard]] std::optional<run> upcoming(std::int64_t now) const;
    /// Those that are over, the newest first; at most `count`, of those that touch the window if there is
    /// one.
    [[nodiscard]] std::vector<run> past(std::int64_t now, std::int32_t count,
                                        const std::optional<window>& within) const;
    /// Those to come, the next one first.
    [[nodiscard]] std::vector<run> future(std::int64_t now, std::int32_t count,
                                          const std::optional<window>& within) const;

private:
    [[nodiscard]] std::optional<run> nth(std::int64_t index, std::int64_t now) const;
    /// Of the last run that has begun at `time`; negative if none has.
    [[nodiscard]] std::int64_t index_at(std::int64_t time) const;
};

[[nodiscard]] bool touches(const run& run, const std::optional<window>& window) noexcept;

} // namespace nakama::sandbox::liveops
