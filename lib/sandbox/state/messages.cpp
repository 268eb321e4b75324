#include "sandbox/state/messages.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/json/message_reader.hpp"
#include "sandbox/json/stored_json.hpp"
#include "wire/base64.hpp"
#include "wire/json_writer.hpp"

#include <algorithm>
#include <iterator>

namespace nakama::sandbox {
namespace {

timestamp whole_microseconds(timestamp time) {
    return std::chrono::floor<std::chrono::microseconds>(time);
}

/// Where a page begins: behind this message, or before it.
struct position {
    std::string channel_id{};
    timestamp create_time{};
    std::string message_id{};
    bool forward{}; ///< the direction of the listing
    bool is_next{}; ///< the page after, else the one before
};

position position_of(const channel_address& channel, const channel_message& message, bool forward,
                     bool is_next) {
    return {channel.id(), message.create_time, message.message_id, forward, is_next};
}

std::string cursor_to(const position& at) {
    std::string text;
    wire::json_writer writer{text};
    writer.begin_object();
    writer.member("channel", at.channel_id);
    writer.member("time", static_cast<std::int64_t>(at.create_time.time_since_epoch().count()));
    writer.member("id", at.message_id);
    writer.member("forward", at.forward);
    writer.member("next", at.is_next);
    writer.end_object();
    std::string cursor;
    wire::append_base64url(cursor, text);
    cursor.append((4 - cursor.size() % 4) % 4, '=');
    return cursor;
}

std::optional<position> parse_cursor(std::string_view cursor) try {
    const auto text = wire::decode_base64(cursor);
    if (!text) return {};
    const json_document document = parse_json(*text);
    message_reader fields{document.text, document.root, unknown_fields::refused};
    position at{.channel_id = fields.text("channel").value_or(""),
                .create_time = timestamp{std::chrono::nanoseconds{fields.int64("time").value_or(0)}},
                .message_id = fields.text("id").value_or(""),
                .forward = fields.flag("forward").value_or(false),
                .is_next = fields.flag("next").value_or(false)};
    fields.finish();
    return at;
} catch (const malformed&) {
    return {};
}

} // namespace

timestamp message_book::moment(wall_time now) {
    last_ = std::max<timestamp>(now, last_ + std::chrono::microseconds{1});
    return last_;
}

void message_book::keep(const channel_address& channel, channel_message said) {
    said.create_time = whole_microseconds(said.create_time);
    said.update_time = whole_microseconds(said.update_time);
    said.content = normalised(said.content);
    history& kept = channels_[channel.id()];
    const std::string id = said.message_id;
    const auto [at, fresh] = kept.emplace(key{said.create_time, id}, std::move(said));
    messages_.emplace(id, std::pair{&kept, at});
}

const channel_message* message_book::change(const std::string& message_id, const std::string& sender_id,
                                            const std::string& username, const std::string& content,
                                            timestamp now) {
    const auto found = messages_.find(message_id);
    if (found == messages_.end() || found->second.second->second.sender_id != sender_id) return nullptr;
    channel_message& message = found->second.second->second;
    message.content = normalised(content);
    message.username = username;
    message.update_time = whole_microseconds(now);
    return &message;
}

std::optional<channel_message> message_book::remove(const std::string& message_id,
                                                    const std::string& sender_id) {
    const auto found = messages_.find(message_id);
    if (found == messages_.end() || found->second.second->second.sender_id != sender_id) return {};
    const auto [kept, at] = found->second;
    channel_message removed = std::move(at->second);
    kept->erase(at);
    messages_.erase(found);
    return removed;
}

channel_message_list message_book::list(const channel_address& channel, std::size_t limit, bool forward,
                                        std::string_view cursor) const {
    std::optional<position> from;
    if (!cursor.empty()) {
        from = parse_cursor(cursor);
        if (!from || from->forward != forward || from->channel_id != channel.id())
            throw refusal{code::invalid_argument, "Cursor is invalid or expired."};
    }

    static const history nothing;
    const auto found = channels_.find(channel.id());
    const history& kept = found == channels_.end() ? nothing : found->second;
    channel_message_list page;
    bool more = false;
    const auto take = [&](auto at, auto end) {
        for (; at != end && page.messages.size() < limit; ++at) page.messages.push_back(at->second);
        more = at != end;
    };
    const bool ascending = from ? forward == from->is_next : forward;
    const key start = from ? key{from->create_time, from->message_id} : key{};
    if (ascending) take(from ? kept.upper_bound(start) : kept.begin(), kept.end());
    else take(from ? std::make_reverse_iterator(kept.lower_bound(start)) : kept.rbegin(), kept.rend());

    if (page.messages.empty()) {
        // Nothing came since: the same cursor will do later, as one that looks forward.
        if (from && !forward) from->forward = from->is_next = true;
        if (from) page.cacheable_cursor = cursor_to(*from);
        return page;
    }
    const bool turned = from && !from->is_next;
    if (turned) std::ranges::reverse(page.messages);
    const channel_message& first = page.messages.front();
    const channel_message& last = page.messages.back();
    if (turned || more) page.next_cursor = cursor_to(position_of(channel, last, forward, true));
    if (turned ? more : from.has_value())
        page.prev_cursor = cursor_to(position_of(channel, first, forward, false));
    page.cacheable_cursor = cursor_to(position_of(channel, last, true, true));
    for (channel_message& message : page.messages) message.channel_id = channel.written;
    return page;
}

std::vector<channel_message> message_book::all(const channel_address& channel) const {
    std::vector<channel_message> result;
    if (const auto found = channels_.find(channel.id()); found != channels_.end())
        for (const auto& [at, message] : found->second) result.push_back(message);
    return result;
}

void message_book::forget(const std::string& user_id) {
    for (auto& [id, kept] : channels_)
        std::erase_if(kept, [&](const auto& one) {
            if (one.second.sender_id != user_id) return false;
            messages_.erase(one.second.message_id);
            return true;
        });
}

} // namespace nakama::sandbox
