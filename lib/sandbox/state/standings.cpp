#include "sandbox/state/standings.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace nakama::sandbox {
namespace {

record_cursor beyond(const leaderboard_record& record, bool forward) {
    return {forward, {record.score, record.subscore}, record.owner_id, record.rank};
}

} // namespace

const leaderboard_record* standings::find(const std::string& owner_id) const {
    const auto found = records_.find(owner_id);
    return found == records_.end() ? nullptr : &found->second;
}

std::size_t standings::index(points at, const std::string& owner_id) const {
    const auto key = std::tie(at.score, at.subscore, owner_id);
    const auto place = std::ranges::partition_point(ranking_, [&](const leaderboard_record* one) {
        const auto other = std::tie(one->score, one->subscore, one->owner_id);
        return order_ == score_order::lowest_first ? other < key : other > key;
    });
    return static_cast<std::size_t>(place - ranking_.begin());
}

void standings::put(leaderboard_record record) {
    erase(record.owner_id);
    const std::size_t at = index({record.score, record.subscore}, record.owner_id);
    std::string owner = record.owner_id;
    const auto kept = records_.emplace(std::move(owner), std::move(record)).first;
    ranking_.insert(ranking_.begin() + static_cast<std::ptrdiff_t>(at), &kept->second);
}

bool standings::erase(const std::string& owner_id) {
    const auto found = records_.find(owner_id);
    if (found == records_.end()) return false;
    ranking_.erase(ranking_.begin() + static_cast<std::ptrdiff_t>(rank(owner_id) - 1));
    records_.erase(found);
    return true;
}

std::int64_t standings::rank(const std::string& owner_id) const {
    const leaderboard_record* record = find(owner_id);
    if (!record) return 0;
    return static_cast<std::int64_t>(index({record->score, record->subscore}, owner_id)) + 1;
}

record_page standings::list(std::size_t limit, const std::optional<record_cursor>& from) const {
    std::size_t begin = 0;
    std::size_t end = size();
    if (from) {
        const std::size_t at = index(from->at, from->owner_id);
        // The record itself may have gone meanwhile.
        const bool there = at < size() && ranking_[at]->owner_id == from->owner_id &&
                           points{ranking_[at]->score, ranking_[at]->subscore} == from->at;
        if (from->forward) begin = there ? at + 1 : at;
        else end = at;
    }
    const bool backward = from && !from->forward;
    const bool more = end - begin > limit;
    if (more && backward) begin = end - limit;
    if (more && !backward) end = begin + limit;

    record_page page;
    const auto count = static_cast<std::int64_t>(end - begin);
    std::int64_t rank = !from ? 0 : backward ? from->rank - count - 1 : from->rank;
    for (std::size_t i = begin; i < end; ++i) {
        page.records.push_back(*ranking_[i]);
        page.records.back().rank = ++rank;
    }
    if (page.records.empty()) return page;
    if (backward || more) page.next = beyond(page.records.back(), true);
    if (backward ? more : from.has_value()) page.previous = beyond(page.records.front(), false);
    return page;
}

record_page standings::around(const std::string& owner_id, std::size_t limit, bool ranks) const {
    const auto at = static_cast<std::size_t>(rank(owner_id) - 1);
    const std::size_t above = std::min(at, limit);
    bool previous = at > limit;
    std::size_t half = limit / 2;
    if (above < half) half = limit - above;
    const std::size_t below = std::min(size() - at - 1, half);
    // As on a real server this misses what the limit cuts off below where few are above.
    const bool next = size() - at - 1 > half;

    const std::size_t all = above + 1 + below;
    std::size_t skipped = all > limit && above >= half ? all - limit : 0;
    previous = previous || skipped > 0;
    record_page page;
    for (const std::size_t end = std::min(skipped + limit, all); skipped < end; ++skipped) {
        const std::size_t i = at - above + skipped;
        page.records.push_back(*ranking_[i]);
        page.records.back().rank = ranks ? static_cast<std::int64_t>(i) + 1 : 0;
    }
    if (next) page.next = beyond(page.records.back(), true);
    if (previous) page.previous = beyond(page.records.front(), false);
    return page;
}

std::vector<leaderboard_record> standings::of(const std::vector<std::string>& owner_ids, bool ranks) const {
    std::vector<std::size_t> places;
    for (const std::string& owner : owner_ids)
        if (const std::int64_t place = rank(owner); place > 0)
            places.push_back(static_cast<std::size_t>(place));
    std::ranges::sort(places);
    places.erase(std::ranges::unique(places).begin(), places.end());
    std::vector<leaderboard_record> result;
    for (const std::size_t place : places) {
        result.push_back(*ranking_[place - 1]);
        result.back().rank = ranks ? static_cast<std::int64_t>(place) : 0;
    }
    return result;
}

} // namespace nakama::sandbox
