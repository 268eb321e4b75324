// What has been delivered already, of chat messages or notifications.
#pragma once

#include <nakama/timestamp.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>

namespace nakama::realtime {

/// Knows the latest by their ids, and takes what is older than all of these for seen.
class seen {
public:
    void add(const std::string& id, timestamp time) {
        latest_.push_back({id, time});
        if (latest_.size() > most) latest_.pop_front();
    }

    bool has(const std::string& id, timestamp time) const {
        if (latest_.size() == most && time < latest_.front().time) return true;
        return std::ranges::find(latest_, id, &entry::id) != latest_.end();
    }

private:
    static constexpr std::size_t most = 256;
    struct entry {
        std::string id;
        timestamp time;
    };
    std::deque<entry> latest_;
};

} // namespace nakama::realtime
