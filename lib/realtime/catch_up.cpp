#include "catch_up.hpp"

#include <utility>

namespace nakama::realtime {
namespace {

// Beyond that a program had better look at the history itself.
constexpr int most_pages = 20;

[[noreturn]] void refuse(const std::string& why) {
    throw error{errc::closed, why};
}

} // namespace

history::page_request catch_up::page(const position& from, std::string channel_id) const {
    return {.channel_id = std::move(channel_id), .cursor = from.cursor, .timeout = timeout_};
}

asio::awaitable<void> catch_up::mark_channel(session_ptr session, std::string id) {
    channels_[id]; // what comes meanwhile is seen
    history::page_request newest = page({}, id);
    newest.forward = false;
    newest.limit = 1;
    auto answer = co_await source_->messages(std::move(session), std::move(newest));
    const auto here = channels_.find(id);
    if (here == channels_.end() || here->second.is_known) co_return;
    here->second.cursor = std::move(answer.cacheable_cursor);
    here->second.is_known = true;
}

asio::awaitable<void> catch_up::mark_notifications(session_ptr session) {
    position here;
    for (int i = 0; i < most_pages; ++i) {
        auto answer = co_await source_->notices(session, page(here));
        here.cursor = std::move(answer.cacheable_cursor);
        if (answer.notifications.size() < 100) {
            notifications_.cursor = std::move(here.cursor);
            notifications_.is_known = true;
            co_return;
        }
    }
}

void catch_up::came(const channel_message& message) {
    const auto here = channels_.find(message.channel_id);
    if (here != channels_.end()) here->second.latest.add(message.message_id, message.create_time);
}

void catch_up::came(const notifications& some) {
    for (const auto& each : some.notifications)
        if (each.persistent) notifications_.latest.add(each.id, each.create_time);
}

bool catch_up::has_seen(const channel_message& message) const {
    // Changes and removals have the id of what they change.
    if (message.code == 1 || message.code == 2) return false;
    const auto here = channels_.find(message.channel_id);
    return here != channels_.end() && here->second.latest.has(message.message_id, message.create_time);
}

bool catch_up::has_seen(const notification& one) const {
    return one.persistent && notifications_.latest.has(one.id, one.create_time);
}

asio::awaitable<std::vector<channel_message>> catch_up::missed_messages(session_ptr session, std::string id) {
    std::vector<channel_message> missed;
    if (!channels_[id].is_known)
        refuse("where its history stood was not known yet when the connection was lost");
    for (int i = 0;; ++i) {
        if (i == most_pages)
            refuse("more than " + std::to_string(missed.size()) + " messages were missed; list the channel");
        auto answer = co_await source_->messages(session, page(channels_[id], id));
        position& here = channels_[id];
        for (auto& each : answer.messages) {
            if (here.latest.has(each.message_id, each.create_time)) continue;
            here.latest.add(each.message_id, each.create_time);
            missed.push_back(std::move(each));
        }
        if (!answer.cacheable_cursor.empty()) here.cursor = std::move(answer.cacheable_cursor);
        if (answer.next_cursor.empty()) break;
    }
    co_return missed;
}

asio::awaitable<std::vector<notification>> catch_up::missed_notifications(session_ptr session) {
    std::vector<notification> missed;
    if (!notifications_.is_known)
        refuse("where the list stood was not known yet when the connection was lost");
    for (int i = 0;; ++i) {
        if (i == most_pages) refuse("more than " + std::to_string(missed.size()) + " were missed; list them");
        auto answer = co_await source_->notices(session, page(notifications_));
        const auto count = answer.notifications.size();
        for (auto& each : answer.notifications) {
            each.persistent = true;
            if (notifications_.latest.has(each.id, each.create_time)) continue;
            notifications_.latest.add(each.id, each.create_time);
            missed.push_back(std::move(each));
        }
        if (!answer.cacheable_cursor.empty()) notifications_.cursor = std::move(answer.cacheable_cursor);
        if (count < 100) break;
    }
    co_return missed;
}

} // namespace nakama::realtime
