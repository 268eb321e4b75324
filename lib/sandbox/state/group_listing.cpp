#include "sandbox/state/group_listing.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/json/message_reader.hpp"
#include "wire/base64.hpp"
#include "wire/json_writer.hpp"

#include <algorithm>
#include <compare>
#include <initializer_list>
#include <vector>

namespace nakama::sandbox {
namespace {

enum class column { closed, lang_tag, edge_count, changed, id };

/// What groups are ordered by, and all that a cursor knows.
struct standing {
    bool closed{};
    std::string lang_tag{};
    std::int32_t edge_count{};
    timestamp changed{};
    std::string id{};
    std::string name{};
};

standing standing_of(const group_record& record) {
    const nakama::group& group = record.group;
    return {.closed = !group.open.value_or(false),
            .lang_tag = group.lang_tag,
            .edge_count = group.edge_count,
            .changed = record.changed,
            .id = group.id,
            .name = group.name};
}

std::strong_ordering compare(const standing& a, const standing& b, const std::vector<column>& by) {
    for (const column one : by) {
        std::strong_ordering result = std::strong_ordering::equal;
        switch (one) {
        case column::closed:
            result = a.closed <=> b.closed;
            break;
        case column::lang_tag:
            result = a.lang_tag <=> b.lang_tag;
            break;
        case column::edge_count:
            result = a.edge_count <=> b.edge_count;
            break;
        case column::changed:
            result = a.changed <=> b.changed;
            break;
        case column::id:
            result = a.id <=> b.id;
            break;
        }
        if (result != 0) return result;
    }
    return std::strong_ordering::equal;
}

struct listing_order {
    std::vector<column> by{};
    bool descending = false;
    std::vector<column> cursor_by{};
    bool cursor_descending = false;
};

listing_order straight(bool descending, std::initializer_list<column> by) {
    return {by, descending, by, descending};
}

listing_order order_for(const group_filter& filter) {
    const bool lang = !filter.lang_tag.empty();
    const bool size = filter.members >= 0;
    using enum column;
    if (filter.open && lang && size) return straight(true, {closed, lang_tag, edge_count, id});
    // The real server's cursor looks the other way than its list here, and comes to what was listed before.
    if (filter.open && lang)
        return {{closed, edge_count, lang_tag, id}, true, {closed, lang_tag, edge_count, id}, false};
    if (filter.open && size) return straight(true, {closed, edge_count, lang_tag, id});
    if (lang && size) return straight(true, {lang_tag, edge_count, id});
    if (lang) return straight(false, {lang_tag, edge_count, id});
    if (size) return straight(true, {edge_count, changed, id});
    return straight(false, {changed, edge_count, id});
}

[[noreturn]] void refuse() {
    throw refusal{code::internal, "Error while trying to list groups."};
}

std::string cursor_to(const standing& last) {
    std::string text;
    wire::json_writer writer{text};
    writer.begin_object();
    writer.member("closed", last.closed);
    writer.member("lang_tag", last.lang_tag);
    writer.member("edge_count", last.edge_count);
    writer.member("changed", static_cast<std::int64_t>(last.changed.time_since_epoch().count()));
    writer.member("id", last.id);
    writer.member("name", last.name);
    writer.end_object();
    std::string cursor;
    wire::append_base64url(cursor, text);
    return cursor;
}

standing read_cursor(const std::string& cursor) try {
    const auto text = wire::decode_base64(cursor);
    if (!text) refuse();
    const json_document document = parse_json(*text);
    message_reader fields{document.text, document.root, unknown_fields::refused};
    standing last{.closed = fields.flag("closed").value_or(false),
                  .lang_tag = fields.text("lang_tag").value_or(""),
                  .edge_count = fields.int32("edge_count").value_or(0),
                  .changed = timestamp{std::chrono::nanoseconds{fields.int64("changed").value_or(0)}},
                  .id = fields.text("id").value_or(""),
                  .name = fields.text("name").value_or("")};
    fields.finish();
    return last;
} catch (const malformed&) {
    refuse();
}

using records = std::vector<const group_record*>;

records by_name(const group_book& groups, const std::string& pattern, const std::optional<standing>& after) {
    records found;
    for (const auto& [id, record] : groups.all()) {
        if (after && record.group.name <= after->name) continue;
        const auto like = is_like(record.group.name, pattern);
        if (!like) refuse();
        if (*like) found.push_back(&record);
    }
    std::ranges::sort(found, {}, [](const group_record* one) { return one->group.name; });
    return found;
}

records by_order(const group_book& groups, const group_filter& filter, const std::optional<standing>& after) {
    const listing_order order = order_for(filter);
    records found;
    for (const auto& [id, record] : groups.all()) {
        const nakama::group& group = record.group;
        if (filter.open && *filter.open != group.open.value_or(false)) continue;
        if (!filter.lang_tag.empty() && filter.lang_tag != group.lang_tag) continue;
        if (filter.members >= 0 && group.edge_count > filter.members) continue;
        if (after) {
            const auto side = compare(standing_of(record), *after, order.cursor_by);
            if (order.cursor_descending ? side >= 0 : side <= 0) continue;
        }
        found.push_back(&record);
    }
    std::ranges::sort(found, [&](const group_record* a, const group_record* b) {
        const auto side = compare(standing_of(*a), standing_of(*b), order.by);
        return order.descending ? side > 0 : side < 0;
    });
    return found;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

void skip_character(std::string_view& text) {
    do text.remove_prefix(1);
    while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xc0) == 0x80);
}

} // namespace

std::optional<bool> is_like(std::string_view text, std::string_view pattern) {
    // Where the last % stands, and what of the text it has not taken in yet.
    std::optional<std::string_view> behind_percent;
    std::string_view left;
    for (;;) {
        bool matches = false;
        if (pattern.empty()) {
            if (text.empty()) return true;
        } else if (pattern.front() == '%') {
            pattern.remove_prefix(1);
            behind_percent = pattern;
            left = text;
            continue;
        } else if (pattern.front() == '_') {
            matches = !text.empty();
            if (matches) skip_character(text);
        } else {
            if (pattern.front() == '\\') {
                pattern.remove_prefix(1);
                if (pattern.empty()) return {};
            }
            matches = !text.empty() && lower(text.front()) == lower(pattern.front());
            if (matches) text.remove_prefix(1);
        }
        if (matches) {
            pattern.remove_prefix(1);
        } else {
            if (!behind_percent || left.empty()) return false;
            skip_character(left);
            text = left;
            pattern = *behind_percent;
        }
    }
}

group_list list_groups(const group_book& groups, group_filter filter, std::size_t limit,
                       const std::string& cursor) {
    if (!filter.name.empty() && (!filter.lang_tag.empty() || filter.open || filter.members >= 0))
        throw refusal{code::invalid_argument, "name filter cannot be combined with any other filter"};
    filter.name.erase(0, filter.name.find_first_not_of("% "));
    std::optional<standing> after;
    if (!cursor.empty()) after = read_cursor(cursor);

    const records found =
        filter.name.empty() ? by_order(groups, filter, after) : by_name(groups, filter.name, after);
    group_list page;
    for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) page.groups.push_back(found[i]->group);
    if (found.size() > limit) page.cursor = cursor_to(standing_of(*found[limit - 1]));
    return page;
}

} // namespace nakama::sandbox
