// What has been delivered already, of chat messages or notifications.
#pragma once

#include <nakama/timestamp.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>

namespace nakama::realtime {

/// Knows the latest by their ids, and takes what is no younger than those it has forgotten for seen.
class seen {
public:
    void add(const std::string& id, timestamp time) {
        latest_.push_back({id, time});
        if (latest_.size() <= most) return;
        forgotten_ = std::max(forgotten_, latest_.front().time);
        latest_.pop_front();
    }

    bool has(const std::string& id, timestamp time) const {
        if (latest_.size() == most && time <= forgotten_) return true;
        return std::ranges::find(latest_, id, &entry::id) != latest_.end();
    }

private:
    static constexpr std::size_t most = 512;
    struct entry {
        std::string id;
        timestamp time;
    };
    std::deque<entry> latest_;
    timestamp forgotten_ = timestamp::min();
};

} // namespace nakama::realtime
