#include "sandbox/state/presences.hpp"

#include <algorithm>

namespace nakama::sandbox {
namespace {

const std::string& session_of(const member& one) {
    return one.presence.session_id;
}

} // namespace

bool presences::enter(const place& where, member who) {
    if (find(where, session_of(who))) return false;
    places_of_[session_of(who)].insert(where);
    places_[where].push_back(std::move(who));
    return true;
}

std::optional<member> presences::leave(const place& where, const std::string& session_id) {
    const auto found = places_.find(where);
    if (found == places_.end()) return {};
    auto& members = found->second;
    const auto at = std::ranges::find(members, session_id, session_of);
    if (at == members.end()) return {};
    member gone = std::move(*at);
    forget(where, session_of(gone)); // before the erasures: both names may be those of what is erased
    members.erase(at);
    if (members.empty()) places_.erase(found);
    return gone;
}

void presences::clear(const place& where) {
    const auto cleared = places_.extract(where);
    if (cleared.empty()) return;
    for (const member& one : cleared.mapped()) forget(cleared.key(), session_of(one));
}

void presences::forget(const place& where, const std::string& session_id) {
    const auto found = places_of_.find(session_id);
    found->second.erase(where);
    if (found->second.empty()) places_of_.erase(found);
}

member* presences::find(const place& where, const std::string& session_id) {
    const auto found = places_.find(where);
    if (found == places_.end()) return nullptr;
    const auto at = std::ranges::find(found->second, session_id, session_of);
    return at == found->second.end() ? nullptr : &*at;
}

const std::vector<member>& presences::members(const place& where) const {
    static const std::vector<member> nobody;
    const auto found = places_.find(where);
    return found == places_.end() ? nobody : found->second;
}

std::vector<std::pair<const place*, const std::vector<member>*>> presences::places(place_kind kind) const {
    std::vector<std::pair<const place*, const std::vector<member>*>> result;
    for (const auto& [where, members] : places_)
        if (where.kind == kind) result.emplace_back(&where, &members);
    return result;
}

std::vector<place> presences::places_of(const std::string& session_id) const {
    const auto found = places_of_.find(session_id);
    if (found == places_of_.end()) return {};
    return {found->second.begin(), found->second.end()};
}

} // namespace nakama::sandbox
