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
    members.erase(at);
    if (members.empty()) places_.erase(found);
    return gone;
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
    std::vector<place> result;
    for (const auto& [where, members] : places_)
        if (std::ranges::find(members, session_id, session_of) != members.end()) result.push_back(where);
    return result;
}

} // namespace nakama::sandbox
