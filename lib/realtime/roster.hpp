// Who is there: a snapshot and the changes since, in whatever order the two come.
#pragma once

#include <nakama/api/presences.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace nakama::realtime {

/// Changes come from another queue of the server than answers do, so some may come before the snapshot that
/// they belong after. They are kept until it is there: the latest change of a presence counts.
class roster {
public:
    /// A snapshot is on its way.
    void expect();
    /// The snapshot. `self` is added unless it is there already, or is empty.
    void settle(const std::vector<user_presence>& snapshot, const user_presence& self);
    /// Leaves come before joins: who changes is in both.
    void change(const std::vector<user_presence>& joins, const std::vector<user_presence>& leaves);

    bool is_settled() const noexcept { return is_settled_; }

    /// In the order in which they came.
    const std::vector<user_presence>& members() const noexcept { return members_; }
    std::size_t size() const noexcept { return members_.size(); }

private:
    struct difference {
        std::vector<user_presence> joins, leaves;
    };
    void apply(const std::vector<user_presence>& joins, const std::vector<user_presence>& leaves);

    bool is_settled_ = false;
    std::vector<user_presence> members_;
    std::vector<difference> early_; // came before the snapshot
};

} // namespace nakama::realtime
