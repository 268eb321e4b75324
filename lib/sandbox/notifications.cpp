#include "sandbox/json/json_output.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/running.hpp"
#include "sandbox/socket/notices.hpp"
#include "wire/utf8.hpp"

#include <nakama/sandbox/notifications.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace nakama::sandbox {
namespace {

void check(bool holds, const char* rule) {
    if (!holds) throw std::invalid_argument{rule};
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

notification read(const new_notification& notice) {
    using code_limits = std::numeric_limits<std::int16_t>;
    const auto sender = parse_uuid(notice.sender_id);
    check(!notice.subject.empty() && wire::is_utf8(notice.subject), "a notification has a subject");
    check(storable_object(notice.content).has_value(), "a notification's content is a JSON object");
    check(notice.sender_id.empty() || sender, "a notification's sender is a UUID");
    if (notice.persistent) {
        check(characters(notice.subject) <= 255, "a kept notification's subject has at most 255 characters");
        check(notice.code >= code_limits::min() && notice.code <= code_limits::max(),
              "a kept notification's code has 16 bits");
    }
    return {.subject = notice.subject,
            .content = marshalled(notice.content),
            .code = notice.code,
            .sender_id = sender.value_or(""),
            .persistent = notice.persistent};
}

} // namespace

void notifications::send(std::string_view user_id, const new_notification& notice) {
    send(user_id, std::vector{notice});
}

void notifications::send(std::string_view user_id, const std::vector<new_notification>& notices) {
    const auto world = running(world_);
    const std::string user{user_id};
    if (!world->users.find(user)) throw std::invalid_argument{"there is no user " + user};
    std::vector<notification> checked;
    for (const new_notification& one : notices) checked.push_back(read(one));
    if (!checked.empty()) notify(*world, user, std::move(checked));
}

void notifications::send_to_all(const new_notification& notice) {
    const auto world = running(world_);
    notify_everybody(*world, read(notice));
}

std::vector<notification> notifications::all(std::string_view user_id) const {
    const auto world = world_.lock();
    return world ? world->notices.all(std::string{user_id}) : std::vector<notification>{};
}

} // namespace nakama::sandbox
