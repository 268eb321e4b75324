#include "sandbox/satori/state/identities.hpp"

#include "sandbox/http/refusal.hpp"

#include <algorithm>

namespace nakama::sandbox::liveops {
namespace {

bool is_identity_id(std::string_view id) {
    return id.size() >= 8 && id.size() <= 128 && std::ranges::all_of(id, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      c == '_' || c == '-';
           });
}

} // namespace

identity_record& identity_book::enter(const std::string& id, wall_time now) {
    if (id.empty()) throw refusal{code::invalid_argument, "Identity ID is required."};
    if (!is_identity_id(id))
        throw refusal{code::invalid_argument,
                      "Identity ID must be 8-128 characters of letters, digits, _ and -."};
    const auto [entry, is_new] = records_.try_emplace(id);
    if (is_new) entry->second.identity = {.id = id, .create_time = now};
    return entry->second;
}

identity_record* identity_book::find(std::string_view id) {
    const auto found = records_.find(id);
    return found == records_.end() ? nullptr : &found->second;
}

const identity_record* identity_book::find(std::string_view id) const {
    const auto found = records_.find(id);
    return found == records_.end() ? nullptr : &found->second;
}

bool identity_book::remove(std::string_view id) {
    const auto found = records_.find(id);
    if (found == records_.end()) return false;
    records_.erase(found);
    return true;
}

const session_book::session* session_book::find(const std::string& session_id,
                                                const std::string& identity_id) const {
    const auto found = sessions_.find(session_id);
    return found == sessions_.end() || found->second.identity_id != identity_id ? nullptr : &found->second;
}

void session_book::issued(const std::string& session_id, const std::string& token) {
    if (const auto found = sessions_.find(session_id); found != sessions_.end())
        found->second.void_tokens.erase(token);
}

bool session_book::is_valid(const std::string& session_id, const std::string& identity_id,
                            const std::string& token) const {
    const session* found = find(session_id, identity_id);
    return found && !found->void_tokens.contains(token);
}

bool session_book::can_refresh(const std::string& session_id, const std::string& identity_id) const {
    const session* found = find(session_id, identity_id);
    return found && found->can_refresh;
}

void session_book::end_token(const std::string& session_id, const std::string& token) {
    if (const auto found = sessions_.find(session_id); found != sessions_.end())
        found->second.void_tokens.insert(token);
}

void session_book::end_refreshing(const std::string& session_id) {
    if (const auto found = sessions_.find(session_id); found != sessions_.end())
        found->second.can_refresh = false;
}

void session_book::end_all(const std::string& identity_id) {
    std::erase_if(sessions_, [&](const auto& entry) { return entry.second.identity_id == identity_id; });
}

} // namespace nakama::sandbox::liveops
