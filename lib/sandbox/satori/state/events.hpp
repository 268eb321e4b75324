// The events that were published, each once.
#pragma once

#include <nakama/sandbox/satori.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox::liveops {

class event_book {
public:
    /// An event whose id is known already is left out.
    void add(event event) {
        if (ids_.insert(event.id).second) events_.push_back(std::move(event));
    }
    void remove_of(std::string_view identity_id) {
        std::erase_if(events_, [&](const event& one) { return one.identity_id == identity_id; });
    }
    [[nodiscard]] const std::vector<event>& all() const noexcept { return events_; }

private:
    std::vector<event> events_;
    std::set<std::string> ids_; // also of those that were removed
};

} // namespace nakama::sandbox::liveops
