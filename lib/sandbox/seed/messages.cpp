#include "sandbox/seed/members.hpp"
#include "sandbox/seed/seed.hpp"
#include "sandbox/state/channel_address.hpp"

#include <nakama/sandbox/channels.hpp>

namespace nakama::sandbox {
namespace {

std::string group_id(const seeding& state, const document_value& name) {
    const auto group = state.to.groups().find_by_name(name.text());
    if (!group) name.wrong("there is no group \"" + name.text() + '"');
    return group->id;
}

/// "room" or "group" has its name; who says it says it to the user in "to".
std::string read_channel_id(const seeding& state, const document_value& entry, document_object& from,
                            const std::string& sender_id) {
    const auto room = from.find("room"), group = from.find("group"), to = from.find("to");
    if (room.has_value() + group.has_value() + to.has_value() != 1)
        entry.wrong(R"(wants one of "room", "group" and "to")");
    if (room) return room_channel(room->text()).id();
    if (group) return group_channel(group_id(state, *group)).id();
    if (sender_id.empty()) entry.wrong(R"(lacks "sender")");
    return direct_channel(sender_id, state.user_id(*to)).id();
}

} // namespace

void seed_messages(seeding& state, const document_value& section) {
    for (const document_value& entry : section.items()) {
        document_object from = entry.object();
        server_message message;
        if (const auto given = from.find("sender")) {
            message.sender_id = state.user_id(*given);
            message.sender_username = given->text();
        }
        message.channel_id = read_channel_id(state, entry, from, message.sender_id);
        read_json(from, "content", message.content);
        from.finish();
        seeding::put(entry, [&] { state.to.channels().send(message); });
    }
}

} // namespace nakama::sandbox
