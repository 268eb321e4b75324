// The records of one period of a board, in their order.
#pragma once

#include "sandbox/state/scores.hpp"

#include <nakama/api/leaderboards.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nakama::sandbox {

/// A place between two pages: what lies beyond the record of an owner.
struct record_cursor {
    bool forward{};
    points at{};
    std::string owner_id{};
    std::int64_t rank{}; ///< what pages are numbered from

    bool operator==(const record_cursor&) const = default;
};

struct record_page {
    std::vector<leaderboard_record> records{};
    std::optional<record_cursor> next{};
    std::optional<record_cursor> previous{};
};

/// By score, then subscore, then owner; all of them turned round for highest first.
class standings {
public:
    explicit standings(score_order order) : order_{order} {}
    standings(standings&&) = default;

    [[nodiscard]] const leaderboard_record* find(const std::string& owner_id) const;
    /// Takes the place of the owner's older record.
    void put(leaderboard_record record);
    /// Whether there was one.
    bool erase(const std::string& owner_id);

    [[nodiscard]] std::size_t size() const noexcept { return ranking_.size(); }
    /// From 1; 0 if there is no record.
    [[nodiscard]] std::int64_t rank(const std::string& owner_id) const;

    /// A page numbered from the cursor on: `limit` records at most, which is above zero.
    [[nodiscard]] record_page list(std::size_t limit, const std::optional<record_cursor>& from) const;
    /// A page with an owner's record, which has to be there. Without `ranks` nothing is numbered.
    [[nodiscard]] record_page around(const std::string& owner_id, std::size_t limit, bool ranks) const;

    /// Those of the owners that have one, in order, with `ranks` or without.
    [[nodiscard]] std::vector<leaderboard_record> of(const std::vector<std::string>& owner_ids,
                                                     bool ranks) const;

private:
    /// How many records come before one with these points and this owner.
    [[nodiscard]] std::size_t index(points at, const std::string& owner_id) const;

    score_order order_;
    std::map<std::string, leaderboard_record> records_; // by owner
    std::vector<const leaderboard_record*> ranking_;
};

} // namespace nakama::sandbox
