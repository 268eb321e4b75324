// The order in which a socket's answers and events go out when some are late.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

namespace nakama::sandbox {

/// Two queues: answers keep their order and events keep theirs, as the protocol promises, but either may pass
/// the other, as it does on real servers.
template <class Frame>
class frame_lanes {
public:
    using time_point = std::chrono::steady_clock::time_point;

    enum class lane : std::size_t { answers, events };

    /// `due` is when it may go at the earliest. With `behind`, it goes once one of the other lane has, or
    /// when it is due.
    void push(lane to, Frame frame, time_point due, bool behind) {
        const auto other = 1 - index(to);
        lanes_[index(to)].push_back({std::move(frame), due, behind, passed_[other]});
    }

    /// What may go now; to be asked again until there is nothing.
    [[nodiscard]] std::optional<Frame> next(time_point now) {
        for (std::size_t i = 0; i < 2; ++i) {
            auto& queue = lanes_[i];
            if (queue.empty()) continue;
            const entry& first = queue.front();
            const bool was_passed = first.behind && passed_[1 - i] != first.passed;
            if (!was_passed && now < first.due) continue;
            std::optional<Frame> frame{std::move(queue.front().frame)};
            queue.pop_front();
            ++passed_[i];
            return frame;
        }
        return {};
    }

    /// When to ask again; nothing if nothing waits.
    [[nodiscard]] std::optional<time_point> wake() const {
        std::optional<time_point> earliest;
        for (const auto& queue : lanes_)
            if (!queue.empty() && (!earliest || queue.front().due < *earliest)) earliest = queue.front().due;
        return earliest;
    }

    [[nodiscard]] bool empty() const { return lanes_[0].empty() && lanes_[1].empty(); }
    void clear() {
        for (auto& queue : lanes_) queue.clear();
    }

private:
    struct entry {
        Frame frame;
        time_point due{};
        bool behind = false;
        std::size_t passed = 0; ///< how many of the other lane had gone when it came
    };

    static std::size_t index(lane one) { return static_cast<std::size_t>(one); }

    std::deque<entry> lanes_[2];
    std::size_t passed_[2]{};
};

} // namespace nakama::sandbox
