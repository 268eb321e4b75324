#include "sandbox/state/groups.hpp"

#include "sandbox/http/refusal.hpp"
#include "wire/base64.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace nakama::sandbox {
namespace {

constexpr std::string_view cursor_mark = "group edges ";

/// A superadmin is nearest to nought.
int rank(group_user_state state) {
    return static_cast<int>(state);
}

bool belongs(group_user_state state) {
    return rank(state) <= rank(group_user_state::member);
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// What the database would not store.
void check_storable(const std::string& text, std::size_t max, const char* doing) {
    if (characters(text) > max || text.find('\0') != std::string::npos)
        throw refusal{code::internal, std::string{"Error while trying to "} + doing + " group."};
}

void check_storable(const group_changes& changes, const char* doing) {
    check_storable(changes.name.value_or(""), 255, doing);
    check_storable(changes.description.value_or(""), 255, doing);
    check_storable(changes.lang_tag.value_or(""), 18, doing);
    check_storable(changes.avatar_url.value_or(""), 512, doing);
}

auto order(const group_book::listed_edge& one) {
    return std::tuple{rank(one.edge.state), one.edge.position};
}

std::string cursor_to(const group_book::listed_edge& next) {
    std::string cursor;
    wire::append_base64url(cursor, std::string{cursor_mark} + std::to_string(rank(next.edge.state)) + " " +
                                       std::to_string(next.edge.position));
    cursor.append((4 - cursor.size() % 4) % 4, '=');
    return cursor;
}

std::optional<std::tuple<int, std::int64_t>> read_cursor(std::string_view cursor) {
    const auto text = wire::decode_base64(cursor);
    if (!text || !text->starts_with(cursor_mark)) return {};
    int state{};
    std::int64_t position{};
    const char* const end = text->data() + text->size();
    const auto first = std::from_chars(text->data() + cursor_mark.size(), end, state);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ' ') return {};
    const auto second = std::from_chars(first.ptr + 1, end, position);
    if (second.ec != std::errc{} || second.ptr != end) return {};
    return std::tuple{state, position};
}

group_book::page cut(std::vector<group_book::listed_edge> edges, std::size_t limit,
                     std::optional<std::int32_t> state, std::string_view cursor) {
    std::tuple<int, std::int64_t> from{-1, 0};
    if (!cursor.empty()) {
        const auto given = read_cursor(cursor);
        if (!given || (state && *state != std::get<0>(*given)))
            throw refusal{code::invalid_argument, "Cursor is invalid."};
        from = *given;
    }
    std::erase_if(edges, [&](const group_book::listed_edge& one) {
        const bool wanted = state ? rank(one.edge.state) == *state : one.edge.state != banned;
        return !wanted || order(one) < from;
    });
    std::ranges::sort(edges, {}, order);
    group_book::page page;
    if (edges.size() > limit) {
        page.cursor = cursor_to(edges[limit]);
        edges.resize(limit);
    }
    page.entries = std::move(edges);
    return page;
}

} // namespace

/// Two changes take a real server more than a microsecond: what is listed by time has an order.
timestamp group_book::moment(wall_time now) {
    last_ = std::max<timestamp>(std::chrono::floor<std::chrono::microseconds>(now),
                                last_ + std::chrono::microseconds{1});
    return last_;
}

std::int64_t group_book::next_position(wall_time now) {
    return moment(now).time_since_epoch().count();
}

void group_book::touch(group_record& record, wall_time now) {
    record.changed = moment(now);
    record.group.update_time = std::chrono::floor<std::chrono::seconds>(record.changed);
}

void group_book::grow(group_record& record, wall_time now) {
    if (record.group.edge_count >= record.group.max_count)
        throw refusal{code::invalid_argument, "Group is full."};
    ++record.group.edge_count;
    touch(record, now);
}

void group_book::shrink(group_record& record, wall_time now) {
    --record.group.edge_count;
    touch(record, now);
}

group_record& group_book::as_admin(const std::string& id, const std::string& caller) {
    const auto state = state_of(id, caller);
    if (!state || rank(*state) > rank(group_user_state::admin))
        throw refusal{code::not_found, "Group not found or permission denied."};
    return groups_.find(id)->second;
}

const nakama::group& group_book::create(nakama::group wanted, wall_time now) {
    check_storable({.name = wanted.name,
                    .description = wanted.description,
                    .lang_tag = wanted.lang_tag,
                    .avatar_url = wanted.avatar_url},
                   "create");
    if (ids_by_name_.contains(wanted.name)) throw refusal{code::already_exists, "Group name is in use."};
    if (wanted.id.empty()) wanted.id = ids_.uuid();
    wanted.edge_count = 1;
    group_record& record = groups_[wanted.id];
    record.group = std::move(wanted);
    touch(record, now);
    record.group.create_time = record.group.update_time;
    record.edges[record.group.creator_id] = {group_user_state::superadmin, next_position(now)};
    ids_by_name_.emplace(record.group.name, record.group.id);
    return record.group;
}

void group_book::update(const std::string& id, const std::string& caller, const group_changes& changes,
                        wall_time now) {
    const auto state = state_of(id, caller);
    if (!state || rank(*state) > rank(group_user_state::admin))
        throw refusal{code::not_found, "Group not found or you're not allowed to update."};
    if (!changes.name && !changes.description && !changes.lang_tag && !changes.avatar_url && !changes.open)
        throw refusal{code::invalid_argument, "Specify at least one field to update."};
    check_storable(changes, "update");
    group_record& record = groups_.find(id)->second;
    nakama::group& group = record.group;
    if (changes.name && *changes.name != group.name) {
        if (ids_by_name_.contains(*changes.name))
            throw refusal{code::invalid_argument, "Group name is in use."};
        ids_by_name_.erase(group.name);
        ids_by_name_.emplace(*changes.name, id);
        group.name = *changes.name;
    }
    if (changes.description) group.description = *changes.description;
    if (changes.lang_tag) group.lang_tag = *changes.lang_tag;
    if (changes.avatar_url) group.avatar_url = *changes.avatar_url;
    if (changes.open) group.open = changes.open;
    touch(record, now);
}

void group_book::remove(const std::string& id, const std::string& caller) {
    if (state_of(id, caller) != group_user_state::superadmin)
        throw refusal{code::invalid_argument, "Group not found or you're not allowed to delete."};
    erase(id);
}

void group_book::erase(const std::string& id) {
    const auto found = groups_.find(id);
    ids_by_name_.erase(found->second.group.name);
    groups_.erase(found);
}

group_book::entrance group_book::join(const std::string& id, const std::string& user, wall_time now) {
    const auto found = groups_.find(id);
    if (found == groups_.end()) throw refusal{code::not_found, "Group not found."};
    group_record& record = found->second;
    // Also for those who are members already, and for those who only ask.
    if (record.group.edge_count >= record.group.max_count)
        throw refusal{code::invalid_argument, "Group is full."};
    if (record.edges.contains(user)) return entrance::nothing;
    const bool open = record.group.open.value_or(false);
    record.edges[user] = {open ? group_user_state::member : group_user_state::join_request,
                          next_position(now)};
    if (!open) return entrance::asked;
    grow(record, now);
    return entrance::joined;
}

group_book::departure group_book::leave(const std::string& id, const std::string& user, wall_time now) {
    const auto state = state_of(id, user);
    if (!state || *state == banned) return departure::nothing;
    group_record& record = groups_.find(id)->second;
    if (*state == group_user_state::superadmin) {
        const auto are_others = [&](auto what) {
            return std::ranges::any_of(
                record.edges, [&](const auto& one) { return one.first != user && what(one.second.state); });
        };
        if (!are_others([](group_user_state other) { return other == group_user_state::superadmin; })) {
            if (are_others(belongs))
                throw refusal{code::invalid_argument, "Cannot leave group when you are the last superadmin."};
            erase(id);
            return departure::ended;
        }
    }
    record.edges.erase(user);
    if (belongs(*state)) shrink(record, now);
    return departure::left;
}

group_book::users group_book::add(const std::string& id, const std::string& caller, const users& whom,
                                  const user_check& exists, wall_time now) {
    group_record& record = as_admin(id, caller);
    group_record changed = record;
    users added;
    for (const std::string& user : whom) {
        if (user == caller) continue;
        if (!exists(user)) throw refusal{code::invalid_argument, "One or more users not found."};
        const auto [at, fresh] =
            changed.edges.try_emplace(user, group_edge{group_user_state::member, next_position(now)});
        if (!fresh && at->second.state != group_user_state::join_request) continue;
        at->second.state = group_user_state::member;
        grow(changed, now);
        added.push_back(user);
    }
    record = std::move(changed);
    return added;
}

group_book::users group_book::kick(const std::string& id, const std::string& caller, const users& whom,
                                   wall_time now) {
    return expel(id, caller, whom, false, now);
}

group_book::users group_book::ban(const std::string& id, const std::string& caller, const users& whom,
                                  wall_time now) {
    return expel(id, caller, whom, true, now);
}

group_book::users group_book::expel(const std::string& id, const std::string& caller, const users& whom,
                                    bool for_good, wall_time now) {
    group_record& record = as_admin(id, caller);
    const bool superadmin = record.edges.at(caller).state == group_user_state::superadmin;
    users expelled;
    for (const std::string& user : whom) {
        const auto found = record.edges.find(user);
        if (user == caller || found == record.edges.end()) continue;
        const group_user_state state = found->second.state;
        if (!superadmin && rank(state) <= rank(group_user_state::admin)) continue;
        record.edges.erase(found);
        if (for_good) {
            record.edges[user] = {banned, next_position(now)};
            // The real server's entries for those banned in one go collide: all but the first are only
            // kicked.
            for_good = false;
        }
        if (!belongs(state)) continue;
        shrink(record, now);
        expelled.push_back(user);
    }
    return expelled;
}

group_book::users group_book::promote(const std::string& id, const std::string& caller, const users& whom) {
    group_record& record = as_admin(id, caller);
    const int own = rank(record.edges.at(caller).state);
    users promoted;
    for (const std::string& user : whom) {
        const auto found = record.edges.find(user);
        if (user == caller || found == record.edges.end()) continue;
        const int state = rank(found->second.state);
        if (state <= own || state > rank(group_user_state::member)) continue;
        found->second.state = static_cast<group_user_state>(state - 1);
        promoted.push_back(user);
    }
    return promoted;
}

group_book::users group_book::demote(const std::string& id, const std::string& caller, const users& whom) {
    group_record& record = as_admin(id, caller);
    const int own = rank(record.edges.at(caller).state);
    users demoted;
    for (const std::string& user : whom) {
        const auto found = record.edges.find(user);
        if (user == caller || found == record.edges.end()) continue;
        const int state = rank(found->second.state);
        if (state < own || state >= rank(group_user_state::member)) continue;
        found->second.state = static_cast<group_user_state>(state + 1);
        demoted.push_back(user);
    }
    return demoted;
}

bool group_book::put(const std::string& id, const std::string& user, group_user_state state, wall_time now) {
    const auto found = groups_.find(id);
    if (found == groups_.end()) return false;
    group_record& record = found->second;
    const auto at = record.edges.find(user);
    const bool belonged = at != record.edges.end() && belongs(at->second.state);
    if (belongs(state) && !belonged) {
        if (record.group.edge_count >= record.group.max_count) return false;
        grow(record, now);
    }
    if (!belongs(state) && belonged) shrink(record, now);
    if (at != record.edges.end()) at->second.state = state;
    else record.edges[user] = {state, next_position(now)};
    return true;
}

void group_book::forget(const std::string& user, wall_time now) {
    users ended;
    for (auto& [id, record] : groups_) {
        const auto found = record.edges.extract(user);
        if (!found) continue;
        const group_user_state state = found.mapped().state;
        if (state == group_user_state::superadmin) {
            // Where another one stays, the real server forgets to count this one out.
            const auto is_superadmin = [](const auto& one) {
                return one.second.state == group_user_state::superadmin;
            };
            if (std::ranges::none_of(record.edges, is_superadmin)) ended.push_back(id);
        } else if (belongs(state)) {
            shrink(record, now);
        }
    }
    for (const std::string& id : ended) erase(id);
}

group_book::page group_book::users_of(const std::string& id, std::size_t limit,
                                      std::optional<std::int32_t> state, std::string_view cursor) const {
    std::vector<listed_edge> edges;
    if (const group_record* record = find(id))
        for (const auto& [user, edge] : record->edges) edges.push_back({user, edge});
    return cut(std::move(edges), limit, state, cursor);
}

group_book::page group_book::groups_of(const std::string& user, std::size_t limit,
                                       std::optional<std::int32_t> state, std::string_view cursor) const {
    std::vector<listed_edge> edges;
    for (const auto& [id, record] : groups_)
        if (const auto found = record.edges.find(user);
            found != record.edges.end() && found->second.state != banned)
            edges.push_back({id, found->second});
    return cut(std::move(edges), limit, state, cursor);
}

const group_record* group_book::find(const std::string& id) const {
    const auto found = groups_.find(id);
    return found == groups_.end() ? nullptr : &found->second;
}

std::optional<group_user_state> group_book::state_of(const std::string& id, const std::string& user) const {
    const group_record* record = find(id);
    if (!record) return {};
    const auto found = record->edges.find(user);
    if (found == record->edges.end()) return {};
    return found->second.state;
}

bool group_book::is_member(const std::string& id, const std::string& user) const {
    const auto state = state_of(id, user);
    return state && belongs(*state);
}

} // namespace nakama::sandbox
