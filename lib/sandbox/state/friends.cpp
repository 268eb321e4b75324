#include "sandbox/state/friends.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "wire/base64.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>
#include <utility>

namespace nakama::sandbox {
namespace {

constexpr std::string_view list_mark = "friends ";
constexpr std::string_view acquaintances_mark = "friends of friends ";
constexpr std::size_t uuid_size = 36;

std::string cursor_of(const std::string& text) {
    std::string cursor;
    wire::append_base64url(cursor, text);
    cursor.append((4 - cursor.size() % 4) % 4, '=');
    return cursor;
}

/// What follows the mark.
std::string read_cursor(std::string_view cursor, std::string_view mark) {
    const auto text = wire::decode_base64(cursor);
    if (!text || !text->starts_with(mark)) throw refusal{code::invalid_argument, "Cursor is invalid."};
    return text->substr(mark.size());
}

struct place {
    std::int32_t state{};
    std::int64_t position{};
};

place read_place(std::string_view cursor) {
    const std::string text = read_cursor(cursor, list_mark);
    place result;
    const char* const end = text.data() + text.size();
    const auto state = std::from_chars(text.data(), end, result.state);
    if (state.ec == std::errc{} && state.ptr != end && *state.ptr == ' ') {
        const auto position = std::from_chars(state.ptr + 1, end, result.position);
        if (position.ec == std::errc{} && position.ptr == end) return result;
    }
    throw refusal{code::invalid_argument, "Cursor is invalid."};
}

std::tuple<std::int32_t, std::int64_t> order(const friendship& one) {
    return {static_cast<std::int32_t>(one.state), one.position};
}

friend_state opposite(friend_state state) {
    if (state == friend_state::invite_sent) return friend_state::invite_received;
    if (state == friend_state::invite_received) return friend_state::invite_sent;
    return state;
}

timestamp whole_seconds(wall_time time) {
    return std::chrono::floor<std::chrono::seconds>(time);
}

} // namespace

const std::vector<friendship>& friend_book::relations_of(const std::string& user) const {
    static const std::vector<friendship> none;
    const auto found = relations_.find(user);
    return found == relations_.end() ? none : found->second;
}

const friendship* friend_book::find(const std::string& user, const std::string& other) const {
    const auto& relations = relations_of(user);
    const auto found = std::ranges::find(relations, other, &friendship::user_id);
    return found == relations.end() ? nullptr : &*found;
}

friendship* friend_book::side_of(const std::string& user, const std::string& other) {
    const auto found = relations_.find(user);
    if (found == relations_.end()) return nullptr;
    const auto at = std::ranges::find(found->second, other, &friendship::user_id);
    return at == found->second.end() ? nullptr : &*at;
}

bool friend_book::blocks(const std::string& user, const std::string& other) const {
    const friendship* relation = find(user, other);
    return relation && relation->state == friend_state::blocked;
}

void friend_book::count(const std::string& user, std::int32_t change, wall_time now) {
    account_record& counted = *users_.find(user);
    counted.account.user.edge_count += change;
    users_.touch(counted, now);
}

std::int64_t friend_book::next_position(wall_time now) {
    const std::int64_t nanoseconds =
        std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count();
    return last_position_ = std::max(last_position_ + 1, nanoseconds);
}

void friend_book::insert(const std::string& user, friendship relation, wall_time now) {
    relation.update_time = whole_seconds(now);
    relations_[user].push_back(std::move(relation));
    count(user, 1, now);
}

bool friend_book::erase(const std::string& user, const std::string& other, wall_time now) {
    const auto found = relations_.find(user);
    if (found == relations_.end()) return false;
    const auto is_other = [&](const friendship& one) { return one.user_id == other; };
    if (std::erase_if(found->second, is_other) == 0) return false;
    if (found->second.empty()) relations_.erase(found);
    count(user, -1, now);
    return true;
}

friend_book::addition friend_book::add(const std::string& user, const std::string& other,
                                       const std::string& metadata, wall_time now) {
    if (!users_.find(user) || !users_.find(other)) return addition::nothing;
    friendship* const mine = side_of(user, other);
    friendship* const theirs = side_of(other, user);
    if (mine && theirs && mine->state == friend_state::invite_received) {
        mine->state = theirs->state = friend_state::friend_;
        mine->update_time = theirs->update_time = whole_seconds(now);
        mine->metadata = merged(mine->metadata, metadata);
        return addition::accepted;
    }
    if (mine || theirs) return addition::nothing;
    const std::int64_t position = next_position(now);
    insert(user,
           {.user_id = other,
            .state = friend_state::invite_sent,
            .position = position,
            .metadata = normalised(metadata)},
           now);
    insert(other, {.user_id = user, .state = friend_state::invite_received, .position = position}, now);
    return addition::invited;
}

friend_book::removal friend_book::remove(const std::string& user, const std::string& other, wall_time now) {
    const bool mine = erase(user, other, now);
    const bool theirs = !blocks(other, user) && erase(other, user, now);
    if (mine && theirs) return removal::parted;
    return mine ? removal::unblocked : removal::nothing;
}

bool friend_book::block(const std::string& user, const std::string& other, wall_time now) {
    if (!users_.find(user) || !users_.find(other)) return false;
    if (friendship* const mine = side_of(user, other)) {
        mine->state = friend_state::blocked;
        mine->update_time = whole_seconds(now);
    } else {
        insert(user, {.user_id = other, .state = friend_state::blocked, .position = next_position(now)}, now);
    }
    if (!blocks(other, user)) erase(other, user, now);
    return true;
}

bool friend_book::befriend(const std::string& user, const std::string& other, const std::string& metadata,
                           wall_time now) {
    if (!users_.find(user) || !users_.find(other)) return false;
    friendship* const mine = side_of(user, other);
    friendship* const theirs = side_of(other, user);
    if (!mine && !theirs) {
        put(user, other, friend_state::friend_, metadata, now);
        side_of(other, user)->metadata = normalised(metadata);
        return true;
    }
    const auto is_invitation = [](const friendship* one) {
        return one &&
               (one->state == friend_state::invite_sent || one->state == friend_state::invite_received);
    };
    if (!is_invitation(mine) || !is_invitation(theirs)) return false;
    for (friendship* side : {mine, theirs}) {
        side->state = friend_state::friend_;
        side->update_time = whole_seconds(now);
        side->metadata = merged(side->metadata, metadata);
    }
    return true;
}

void friend_book::reset(const std::string& user, wall_time now) {
    for (const friendship& one : all(user)) {
        if (one.state == friend_state::blocked) continue;
        erase(user, one.user_id, now);
        erase(one.user_id, user, now);
    }
}

void friend_book::put(const std::string& user, const std::string& other, friend_state state,
                      const std::string& metadata, wall_time now) {
    std::string kept = normalised(metadata); // before anything changes: it may throw
    const bool both_block = state == friend_state::blocked && blocks(other, user);
    erase(user, other, now);
    if (!both_block) erase(other, user, now);
    const std::int64_t position = next_position(now);
    insert(user, {.user_id = other, .state = state, .position = position, .metadata = std::move(kept)}, now);
    if (state != friend_state::blocked)
        insert(other, {.user_id = user, .state = opposite(state), .position = position}, now);
}

void friend_book::part(const std::string& user, const std::string& other, wall_time now) {
    erase(user, other, now);
    erase(other, user, now);
}

void friend_book::forget(const std::string& user) {
    relations_.erase(user);
    for (auto& [one, relations] : relations_)
        std::erase_if(relations, [&](const friendship& relation) { return relation.user_id == user; });
}

std::vector<friendship> friend_book::all(const std::string& user) const {
    auto relations = relations_of(user);
    std::ranges::sort(relations, {}, order);
    return relations;
}

friend_book::page friend_book::list(const std::string& user, std::size_t limit,
                                    std::optional<friend_state> state, std::string_view cursor) const {
    place from{-1, 0};
    if (!cursor.empty()) {
        from = read_place(cursor);
        if (state && static_cast<std::int32_t>(*state) != from.state)
            throw refusal{code::invalid_argument, "Cursor is invalid."};
    }
    page result{.entries = all(user)};
    std::erase_if(result.entries, [&](const friendship& one) {
        return (state && *state != one.state) || order(one) < std::tuple{from.state, from.position};
    });
    if (result.entries.size() > limit) {
        const auto [next_state, position] = order(result.entries[limit]);
        result.cursor =
            cursor_of(std::string{list_mark} + std::to_string(next_state) + ' ' + std::to_string(position));
        result.entries.resize(limit);
    }
    return result;
}

friend_book::acquaintances friend_book::friends_of_friends(const std::string& user, std::size_t limit,
                                                           std::string_view cursor) const {
    std::optional<acquaintance> from;
    if (!cursor.empty()) {
        const std::string text = read_cursor(cursor, acquaintances_mark);
        if (text.size() != 2 * uuid_size) throw refusal{code::invalid_argument, "Cursor is invalid."};
        from = {.referrer = text.substr(0, uuid_size), .user_id = text.substr(uuid_size)};
    }
    const auto friends_of = [&](const std::string& one) {
        std::set<std::string> friends;
        for (const friendship& relation : relations_of(one))
            if (relation.state == friend_state::friend_) friends.insert(relation.user_id);
        return friends;
    };

    acquaintances result;
    const auto friends = friends_of(user);
    for (const std::string& referrer : friends) {
        if (from && referrer != from->referrer) continue;
        for (const std::string& one : friends_of(referrer)) {
            if (one == user || friends.contains(one) || (from && one < from->user_id)) continue;
            if (result.entries.size() == limit) {
                result.cursor = cursor_of(std::string{acquaintances_mark} + referrer + one);
                return result;
            }
            result.entries.push_back({.referrer = referrer, .user_id = one});
        }
    }
    return result;
}

} // namespace nakama::sandbox
