// What is to be delivered to the user of a socket, and whether it was.
#pragma once

#include "flow_deliveries.hpp"
#include "flow_report.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <utility>

namespace nakama::test {

inline std::string as_text(const delivery& each) {
    return each.to + ": " + json::serialize(each.what);
}

class flow_expected {
public:
    void must_come(delivery expected) { due_.push_back(std::move(expected)); }

    /// A socket that is being closed need not care for it any more.
    void may_come(delivery possible) { late_.push_back(std::move(possible)); }

    bool is_met_by(const deliveries& user) const { return user.came.size() >= due_.size(); }

    void compare(deliveries& user, flow_report& report) {
        take_late(user);
        for (; !due_.empty() && !user.came.empty(); due_.pop_front(), user.came.pop_front())
            if (user.came.front() != due_.front())
                report.differs("recorded " + as_text(due_.front()) + "\n    came     " +
                               as_text(user.came.front()));
        for (const auto& each : due_) report.differs("never came: " + as_text(each));
        for (const auto& each : user.came) report.differs("came unasked: " + as_text(each));
        due_.clear();
        user.came.clear();
    }

    /// How many requests have not had the answer that they need not have.
    std::ptrdiff_t late_answers(deliveries& user) {
        take_late(user);
        return std::ranges::count_if(late_, [](const delivery& each) { return each.to != "listeners"; });
    }

    void forget_late() { late_.clear(); }

private:
    void take_late(deliveries& user) {
        std::erase_if(user.came, [&](const delivery& each) {
            const auto found = std::ranges::find(late_, each);
            if (found == late_.end()) return false;
            late_.erase(found);
            return true;
        });
    }

    std::deque<delivery> due_, late_;
};

} // namespace nakama::test
