#include "sandbox/state/matchmaker.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace nakama::sandbox {
namespace {

/// A ticket gives up the hope for its maximum in this interval.
constexpr int max_intervals = 2;

properties properties_of(const matchmaker::ticket& ticket) {
    const matchmaker_user& any = ticket.users.front();
    return {.texts = {any.string_properties.begin(), any.string_properties.end()},
            .numbers = {any.numeric_properties.begin(), any.numeric_properties.end()}};
}

bool accepts(const matchmaker::ticket& one, const matchmaker::ticket& other) {
    return one.wanted.matches(properties_of(other));
}

bool has_session(const matchmaker::ticket& ticket, const std::string& session_id) {
    return std::ranges::any_of(
        ticket.users, [&](const matchmaker_user& user) { return user.presence.session_id == session_id; });
}

bool share_session(const matchmaker::ticket& one, const matchmaker::ticket& other) {
    return std::ranges::any_of(
        one.users, [&](const matchmaker_user& user) { return has_session(other, user.presence.session_id); });
}

} // namespace

bool matchmaker::add(ticket added) {
    const auto too_many = [&](const auto& holds) {
        return static_cast<std::size_t>(std::ranges::count_if(pool_, holds, &waiting::ticket)) >=
               tickets_per_session;
    };
    for (const matchmaker_user& user : added.users)
        if (too_many([&](const ticket& one) { return has_session(one, user.presence.session_id); }))
            return false;
    if (!added.party_id.empty() &&
        too_many([&](const ticket& one) { return one.party_id == added.party_id; }))
        return false;
    pool_.push_back({.ticket = std::move(added)});
    return true;
}

bool matchmaker::remove(const std::string& session_id, const std::string& ticket_id) {
    return std::erase_if(pool_, [&](const waiting& one) {
               return one.ticket.id == ticket_id && one.ticket.party_id.empty() &&
                      has_session(one.ticket, session_id);
           }) > 0;
}

bool matchmaker::remove_of_party(const std::string& party_id, const std::string& ticket_id) {
    return std::erase_if(pool_, [&](const waiting& one) {
               return one.ticket.id == ticket_id && one.ticket.party_id == party_id;
           }) > 0;
}

void matchmaker::remove_session(const std::string& session_id) {
    std::erase_if(pool_, [&](const waiting& one) { return has_session(one.ticket, session_id); });
}

void matchmaker::remove_party(const std::string& party_id) {
    std::erase_if(pool_, [&](const waiting& one) { return one.ticket.party_id == party_id; });
}

bool matchmaker::wants_interval() const noexcept {
    return std::ranges::any_of(pool_, &waiting::active);
}

std::vector<matchmaker::found_match> matchmaker::seek(bool interval) {
    std::vector<found_match> found;
    std::vector<std::string> expired;
    std::vector<std::string> seekers;
    for (const waiting& one : pool_)
        if (one.active) seekers.push_back(one.ticket.id);

    for (const std::string& id : seekers) {
        const auto at = std::ranges::find_if(pool_, [&](const waiting& one) { return one.ticket.id == id; });
        if (at == pool_.end()) continue; // matched by an earlier one
        bool last = false;
        if (interval) {
            ++at->intervals;
            last = at->intervals >= max_intervals || at->ticket.min_count == at->ticket.max_count;
            if (last) expired.push_back(id);
        }
        const auto seeker = static_cast<position>(at - pool_.begin());
        auto together = combine(seeker, last);
        if (!together) continue;

        together->push_back(seeker); // who sought comes last
        found_match match;
        for (const position one : *together) match.push_back(pool_[one].ticket);
        std::erase_if(pool_, [&](const waiting& one) {
            return std::ranges::any_of(match,
                                       [&](const ticket& matched) { return matched.id == one.ticket.id; });
        });
        found.push_back(std::move(match));
    }

    for (waiting& one : pool_)
        if (std::ranges::find(expired, one.ticket.id) != expired.end()) one.active = false;
    return found;
}

/// Whether two of those found may be in one match.
bool matchmaker::suit(const ticket& one, const ticket& other) const {
    return !share_session(one, other) && (!mutual_ || (accepts(one, other) && accepts(other, one)));
}

/// Who suits the seeker, best and oldest first.
std::vector<matchmaker::position> matchmaker::candidates(position seeker) const {
    const ticket& self = pool_[seeker].ticket;
    std::vector<position> result;
    for (position i = 0; i < pool_.size(); ++i) {
        const waiting& other = pool_[i];
        if (i == seeker || share_session(other.ticket, self)) continue;
        if (other.ticket.min_count < self.min_count || other.ticket.max_count > self.max_count) continue;
        if (accepts(self, other.ticket) && (!mutual_ || accepts(other.ticket, self))) result.push_back(i);
    }
    std::ranges::sort(result, {}, [&](position i) {
        return std::pair{-self.wanted.score(properties_of(pool_[i].ticket)), i};
    });
    return result;
}

/// The others of a match for the seeker, if there is one. A party can be enough for itself once those above a
/// multiple are dropped.
std::optional<std::vector<matchmaker::position>> matchmaker::combine(position seeker,
                                                                     bool minimum_will_do) const {
    const ticket& self = pool_[seeker].ticket;
    const std::vector<position> hits = candidates(seeker);
    std::vector<std::vector<position>> combinations;
    for (const position hit : hits) {
        const ticket& candidate = pool_[hit].ticket;
        const auto fits = [&](const std::vector<position>& combination) {
            return static_cast<int>(count_users(combination) + candidate.users.size() + self.users.size()) <=
                       self.max_count &&
                   std::ranges::all_of(combination,
                                       [&](position i) { return suit(pool_[i].ticket, candidate); });
        };
        auto place = std::ranges::find_if(combinations, fits);
        if (place == combinations.end())
            place = combinations.insert(combinations.end(), std::vector<position>{});
        place->push_back(hit);

        const auto size = static_cast<int>(count_users(*place) + self.users.size());
        const bool full = size == self.max_count;
        const bool enough =
            minimum_will_do && hit == hits.back() && size >= self.min_count && size <= self.max_count;
        if (!full && !enough) continue;
        std::vector<position> others = *place;
        if (!trim(others, self)) continue;
        if (is_acceptable(others, static_cast<int>(count_users(others) + self.users.size()))) return others;
    }
    return {};
}

std::size_t matchmaker::count_users(const std::vector<position>& tickets) const {
    std::size_t count = 0;
    for (const position one : tickets) count += pool_[one].ticket.users.size();
    return count;
}

/// Drops the youngest until the count is a multiple of what the seeker asks for. Parties go as a whole or not
/// at all.
bool matchmaker::trim(std::vector<position>& others, const ticket& seeker) const {
    const auto surplus =
        (count_users(others) + seeker.users.size()) % static_cast<std::size_t>(seeker.count_multiple);
    if (surplus == 0) return true;
    std::vector<position> youngest_first = others;
    std::ranges::sort(youngest_first, std::greater{});
    std::vector<position> dropped;
    if (!choose(youngest_first, 0, surplus, dropped)) return false;
    std::erase_if(others, [&](position i) { return std::ranges::find(dropped, i) != dropped.end(); });
    return true;
}

/// The first tickets that have exactly this many users together.
bool matchmaker::choose(const std::vector<position>& among, std::size_t from, std::size_t users,
                        std::vector<position>& chosen) const {
    if (users == 0) return true;
    for (std::size_t i = from; i < among.size(); ++i) {
        const std::size_t size = pool_[among[i]].ticket.users.size();
        if (size > users) continue;
        chosen.push_back(among[i]);
        if (choose(among, i + 1, users - size, chosen)) return true;
        chosen.pop_back();
    }
    return false;
}

bool matchmaker::is_acceptable(const std::vector<position>& others, int size) const {
    return std::ranges::all_of(others, [&](position i) {
        const ticket& other = pool_[i].ticket;
        return other.min_count <= size && other.max_count >= size && size % other.count_multiple == 0;
    });
}

} // namespace nakama::sandbox
