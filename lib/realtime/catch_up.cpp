#include "catch_up.hpp"

#include <utility>

namespace nakama::realtime {
namespace {

// Beyond that a program had better look at the history itself.
constexpr int most_pages = 20;
constexpr std::size_t page_size = 100;

constexpr std::size_t far = 200;

[[noreturn]] void refuse_unknown() {
    throw error{errc::closed, "where it stood was not known yet when the connection was lost"};
}

error too_many(std::size_t delivered) {
    return error{errc::overflow, "more than the " + std::to_string(delivered) +
                                     " that were delivered now have been missed: list the rest"};
}

/// Changes and removals have the id and the time of what they change.
bool is_change(const channel_message& message) {
    return message.code == 1 || message.code == 2;
}

} // namespace

history::page_request catch_up::page(const position& from, std::string channel_id) const {
    return {.channel_id = std::move(channel_id),
            .cursor = from.cursor,
            .limit = static_cast<int>(page_size),
            .timeout = timeout_};
}

void catch_up::take(position& here, std::string cursor) {
    if (here.is_known) {
        here.later = std::move(cursor);
        return;
    }
    here.cursor = std::move(cursor);
    here.is_known = true;
    here.come = 0;
}

bool catch_up::advance(position& here) {
    if (!here.is_known || here.come < far) return false;
    here.come = 0;
    if (here.later) here.cursor = *std::exchange(here.later, std::nullopt);
    return true;
}

bool catch_up::is_far_behind(const std::string& channel_id) {
    const auto here = channels_.find(channel_id);
    return here != channels_.end() && advance(here->second);
}

asio::awaitable<void> catch_up::mark_channel(session_ptr session, std::string id) {
    channels_[id]; // what comes meanwhile is seen
    const auto asked = lines_;
    history::page_request newest = page({}, id);
    newest.forward = false;
    newest.limit = 1;
    auto answer = co_await source_->messages(std::move(session), std::move(newest));
    const auto here = channels_.find(id);
    if (asked == lines_ && here != channels_.end()) take(here->second, std::move(answer.cacheable_cursor));
}

asio::awaitable<void> catch_up::mark_notifications(session_ptr session) {
    const auto asked = lines_;
    position here;
    here.cursor = notifications_.cursor;
    for (int i = 0; i < most_pages; ++i) {
        auto answer = co_await source_->notices(session, page(here));
        if (asked != lines_) co_return;
        here.cursor = std::move(answer.cacheable_cursor);
        if (answer.notifications.size() < page_size) co_return take(notifications_, std::move(here.cursor));
    }
}

void catch_up::came(const channel_message& message) {
    const auto here = channels_.find(message.channel_id);
    if (here == channels_.end() || is_change(message)) return;
    here->second.latest.add(message.message_id, message.create_time);
    ++here->second.come;
}

void catch_up::came(const notifications& some) {
    for (const auto& each : some.notifications) {
        if (!each.persistent) continue;
        notifications_.latest.add(each.id, each.create_time);
        ++notifications_.come;
    }
}

bool catch_up::has_seen(const channel_message& message) const {
    if (is_change(message)) return false;
    const auto here = channels_.find(message.channel_id);
    return here != channels_.end() && here->second.latest.has(message.message_id, message.create_time);
}

bool catch_up::has_seen(const notification& one) const {
    return one.persistent && notifications_.latest.has(one.id, one.create_time);
}

asio::awaitable<catch_up::missed_part<channel_message>> catch_up::missed_messages(session_ptr session,
                                                                                  std::string id) {
    // Taken over at the end, so that a line that is lost in the middle loses nothing.
    position here = channels_[id];
    if (!here.is_known) refuse_unknown();
    missed_part<channel_message> missed;
    for (int i = 0;; ++i) {
        if (i == most_pages) {
            missed.rest = too_many(missed.items.size());
            break;
        }
        auto answer = co_await source_->messages(session, page(here, id));
        for (auto& each : answer.messages) {
            if (here.latest.has(each.message_id, each.create_time)) continue;
            here.latest.add(each.message_id, each.create_time);
            missed.items.push_back(std::move(each));
        }
        if (!answer.cacheable_cursor.empty()) here.cursor = std::move(answer.cacheable_cursor);
        if (answer.next_cursor.empty()) break;
    }
    here.later.reset();
    here.come = 0;
    channels_[id] = std::move(here);
    co_return missed;
}

asio::awaitable<catch_up::missed_part<notification>> catch_up::missed_notifications(session_ptr session) {
    position here = notifications_;
    if (!here.is_known) refuse_unknown();
    missed_part<notification> missed;
    for (int i = 0;; ++i) {
        if (i == most_pages) {
            missed.rest = too_many(missed.items.size());
            break;
        }
        auto answer = co_await source_->notices(session, page(here));
        const auto count = answer.notifications.size();
        for (auto& each : answer.notifications) {
            each.persistent = true;
            if (here.latest.has(each.id, each.create_time)) continue;
            here.latest.add(each.id, each.create_time);
            missed.items.push_back(std::move(each));
        }
        if (!answer.cacheable_cursor.empty()) here.cursor = std::move(answer.cacheable_cursor);
        if (count < page_size) break;
    }
    here.later.reset();
    here.come = 0;
    notifications_ = std::move(here);
    co_return missed;
}

} // namespace nakama::realtime
