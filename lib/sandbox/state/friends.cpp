#include "sandbox/state/friends.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "wire/base64.hpp"
#include "wire/json_writer.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace nakama::sandbox {
namespace {

constexpr std::string_view cursor_mark = "friends ";

struct place {
    std::int32_t state{};
    std::int64_t position{};
};

std::string cursor_to(const friendship& next) {
    std::string cursor;
    wire::append_base64url(cursor, std::string{cursor_mark} +
                                       std::to_string(static_cast<std::int32_t>(next.state)) + " " +
                                       std::to_string(next.position));
    cursor.append((4 - cursor.size() % 4) % 4, '=');
    return cursor;
}

std::optional<place> read_cursor(std::string_view cursor) {
    const auto text = wire::decode_base64(cursor);
    if (!text || !text->starts_with(cursor_mark)) return {};
    place result;
    const char* const end = text->data() + text->size();
    const auto state = std::from_chars(text->data() + cursor_mark.size(), end, result.state);
    if (state.ec != std::errc{} || state.ptr == end || *state.ptr != ' ') return {};
    const auto position = std::from_chars(state.ptr + 1, end, result.position);
    if (position.ec != std::errc{} || position.ptr != end) return {};
    return result;
}

} // namespace

friendship* friend_book::find(const std::string& user, const std::string& other) {
    auto& list = relations_[user];
    const auto found = std::ranges::find(list, other, &friendship::user_id);
    return found == list.end() ? nullptr : &*found;
}

friend_book::outcome friend_book::add(const std::string& user, const std::string& other,
                                      const std::string& metadata, wall_time now) {
    const timestamp time = std::chrono::floor<std::chrono::seconds>(now);
    friendship* const mine = find(user, other);
    friendship* const theirs = find(other, user);
    if (mine && theirs && mine->state == relation_state::invites &&
        theirs->state == relation_state::invited) {
        mine->state = theirs->state = relation_state::friends;
        mine->update_time = theirs->update_time = time;
        mine->metadata = merged(mine->metadata, metadata);
        return outcome::accepted;
    }
    if (mine) return outcome::nothing;
    const std::int64_t nanoseconds =
        std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count();
    last_position_ = std::max(last_position_ + 1, nanoseconds);
    relations_[user].push_back(
        {other, relation_state::invited, last_position_, time, merged("{}", metadata)});
    relations_[other].push_back({user, relation_state::invites, last_position_, time, "{}"});
    return outcome::invited;
}

void friend_book::forget(const std::string& user) {
    relations_.erase(user);
    for (auto& [other, list] : relations_)
        std::erase_if(list, [&](const friendship& one) { return one.user_id == user; });
}

friend_book::page friend_book::list(const std::string& user, std::size_t limit,
                                    std::optional<std::int32_t> state, std::string_view cursor) const {
    place from{-1, 0};
    if (!cursor.empty()) {
        const auto given = read_cursor(cursor);
        if (!given || (state && *state != given->state))
            throw refusal{code::invalid_argument, "Cursor is invalid."};
        from = *given;
    }
    const auto order = [](const friendship& one) {
        return std::tuple{static_cast<std::int32_t>(one.state), one.position};
    };

    page result;
    const auto found = relations_.find(user);
    if (found == relations_.end()) return result;
    for (const friendship& one : found->second) {
        if (state && *state != static_cast<std::int32_t>(one.state)) continue;
        if (order(one) >= std::tuple{from.state, from.position}) result.entries.push_back(one);
    }
    std::ranges::sort(result.entries, {}, order);
    if (result.entries.size() > limit) {
        result.cursor = cursor_to(result.entries[limit]);
        result.entries.resize(limit);
    }
    return result;
}

} // namespace nakama::sandbox
