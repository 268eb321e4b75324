#include "sandbox/state/notifications.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/state/ids.hpp"
#include "wire/base64.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace nakama::sandbox {
namespace {

constexpr std::string_view cursor_mark = "notifications after ";

std::string cursor_to(std::int64_t position) {
    std::string cursor;
    wire::append_base64url(cursor, std::string{cursor_mark} + std::to_string(position));
    return cursor;
}

std::int64_t read_cursor(const std::string& cursor) {
    const auto text = wire::decode_base64(cursor);
    if (text && text->starts_with(cursor_mark)) {
        std::int64_t position{};
        const char* const end = text->data() + text->size();
        const auto [rest, failed] = std::from_chars(text->data() + cursor_mark.size(), end, position);
        if (failed == std::errc{} && rest == end) return position;
    }
    throw refusal{code::internal, "Error retrieving notifications."};
}

} // namespace

void notification_book::keep(const std::string& user, notification kept, wall_time now) {
    const std::int64_t microseconds =
        std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count();
    last_position_ = std::max(last_position_ + 1, microseconds);
    kept.content = normalised(kept.content);
    if (kept.sender_id == nil_uuid) kept.sender_id.clear();
    kept_[user].push_back({std::move(kept), last_position_});
}

notification_list notification_book::list(const std::string& user, std::size_t limit,
                                          const std::string& cursor) const {
    const std::int64_t after = cursor.empty() ? 0 : read_cursor(cursor);
    notification_list page{.notifications = {}, .cacheable_cursor = cursor.empty() ? cursor_to(0) : cursor};
    const auto found = kept_.find(user);
    if (found == kept_.end()) return page;
    for (const entry& one : found->second) {
        if (one.position <= after) continue;
        if (page.notifications.size() == limit) break;
        page.notifications.push_back(one.content);
        page.cacheable_cursor = cursor_to(one.position);
    }
    return page;
}

std::vector<notification> notification_book::all(const std::string& user) const {
    std::vector<notification> result;
    if (const auto found = kept_.find(user); found != kept_.end())
        for (const entry& one : found->second) result.push_back(one.content);
    return result;
}

void notification_book::remove(const std::string& user, const std::string& id) {
    if (const auto found = kept_.find(user); found != kept_.end())
        std::erase_if(found->second, [&](const entry& one) { return one.content.id == id; });
}

} // namespace nakama::sandbox
