#include "roster.hpp"

#include <algorithm>
#include <utility>

namespace nakama::realtime {

void roster::expect() {
    is_settled_ = false;
    early_.clear();
}

void roster::settle(const std::vector<user_presence>& snapshot, const user_presence& self) {
    members_.clear();
    apply(snapshot, {});
    if (!self.session_id.empty()) apply({self}, {});
    is_settled_ = true;
    for (const auto& [joins, leaves] : std::exchange(early_, {})) apply(joins, leaves);
}

void roster::change(const std::vector<user_presence>& joins, const std::vector<user_presence>& leaves) {
    if (is_settled_) apply(joins, leaves);
    else early_.push_back({joins, leaves});
}

void roster::apply(const std::vector<user_presence>& joins, const std::vector<user_presence>& leaves) {
    for (const auto& gone : leaves)
        std::erase_if(members_, [&](const auto& each) { return each.session_id == gone.session_id; });
    for (const auto& come : joins) {
        const auto known = std::ranges::find(members_, come.session_id, &user_presence::session_id);
        if (known == members_.end()) members_.push_back(come);
        else *known = come;
    }
}

} // namespace nakama::realtime
