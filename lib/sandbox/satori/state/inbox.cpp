#include "sandbox/satori/state/inbox.hpp"

#include "sandbox/http/refusal.hpp"
#include "wire/base64.hpp"

#include <algorithm>
#include <charconv>

namespace nakama::sandbox::liveops {
namespace {

/// Takes a number and the character after it off the text.
template <class Number>
bool take(std::string_view& text, Number& number) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end == text.data() + text.size()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    return true;
}

} // namespace

bool inbox::put(satori::message message) {
    if (std::ranges::any_of(entries_, [&](const entry& one) { return one.message.id == message.id; }))
        return false;
    const place at{message.send_time, count_++};
    const auto where = std::ranges::upper_bound(entries_, at, {}, &entry::at);
    entries_.insert(where, {at, std::move(message)});
    return true;
}

std::string inbox::write(const cursor& cursor) {
    std::string text;
    wire::append_base64url(text, std::to_string(cursor.at.send_time) + ' ' + std::to_string(cursor.at.order) +
                                     (cursor.forward ? " f" : " b") + (cursor.previous ? 'p' : 'n'));
    return text;
}

inbox::cursor inbox::read(const std::string& text) {
    cursor result;
    const std::string decoded = wire::decode_base64(text).value_or("");
    std::string_view rest = decoded;
    const bool numbers = take(rest, result.at.send_time) && take(rest, result.at.order);
    if (!numbers || rest.size() != 2 || (rest[0] != 'f' && rest[0] != 'b') ||
        (rest[1] != 'p' && rest[1] != 'n'))
        throw refusal{code::invalid_argument, "Cursor is invalid."};
    result.forward = rest[0] == 'f';
    result.previous = rest[1] == 'p';
    return result;
}

satori::get_message_list_response inbox::list(const request& request, wall_time now) const {
    std::optional<cursor> from;
    if (!request.cursor.empty()) from = read(request.cursor);
    const bool forward = from ? from->forward : request.forward;

    std::vector<const entry*> listed; // in the order of the answer
    for (const entry& one : entries_) {
        const bool wanted =
            request.ids.empty() || std::ranges::find(request.ids, one.message.id) != request.ids.end();
        if (wanted && one.at.send_time <= unix_seconds(now)) listed.push_back(&one);
    }
    if (!forward) std::ranges::reverse(listed);

    auto begin = listed.begin();
    auto end = listed.end();
    if (from) {
        const auto border = std::ranges::partition_point(listed, [&](const entry* one) {
            if (one->at == from->at) return !from->previous;
            return forward == (one->at < from->at);
        });
        (from->previous ? end : begin) = border;
    }
    const auto size =
        static_cast<std::ptrdiff_t>(std::min(request.limit, static_cast<std::size_t>(end - begin)));
    if (from && from->previous) begin = end - size;
    else end = begin + size;

    satori::get_message_list_response page;
    for (auto one = begin; one != end; ++one) page.messages.push_back((*one)->message);
    if (begin == end) {
        if (from) page.cacheable_cursor = write({from->at, true, false});
        return page;
    }
    const place first = (*begin)->at;
    const place last = (*(end - 1))->at;
    if (end != listed.end()) page.next_cursor = write({last, forward, false});
    if (begin != listed.begin()) page.prev_cursor = write({first, forward, true});
    // From new to old, the first page has told of the very newest already.
    page.cacheable_cursor = write({forward ? last : listed.front()->at, true, false});
    return page;
}

std::vector<inbox::entry>::iterator inbox::find(std::string_view id, wall_time now) {
    return std::ranges::find_if(entries_, [&](const entry& one) {
        return one.message.id == id && one.at.send_time <= unix_seconds(now);
    });
}

bool inbox::update(std::string_view id, std::int64_t read_time, std::int64_t consume_time, wall_time now) {
    const auto found = find(id, now);
    if (found == entries_.end()) return false;
    if (read_time != 0) found->message.read_time = read_time;
    if (consume_time != 0) found->message.consume_time = consume_time;
    found->message.update_time = unix_seconds(now);
    return true;
}

bool inbox::remove(std::string_view id, wall_time now) {
    const auto found = find(id, now);
    if (found == entries_.end()) return false;
    entries_.erase(found);
    return true;
}

std::vector<satori::message> inbox::all() const {
    std::vector<satori::message> result;
    for (const entry& one : entries_) result.push_back(one.message);
    return result;
}

} // namespace nakama::sandbox::liveops
