// Chat: rooms, groups and direct messages.
#include "sandbox/socket/channels.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/socket/channel_messages.hpp"
#include "sandbox/socket/notices.hpp"
#include "sandbox/socket/realtime.hpp"

#include <algorithm>

namespace nakama::sandbox {
namespace {

using realtime_errors::bad_input;

/// Where channel_join's target leads, or why nowhere.
struct destination {
    std::optional<channel_address> address{};
    std::string refusal{};
};

destination refused(std::string why) {
    return {.address = {}, .refusal = std::move(why)};
}

destination find_channel(world& world, const std::string& self, const std::string& target,
                         std::int32_t type) {
    if (target.empty()) return refused("Invalid channel target");
    switch (type) {
    case 0:
    case 1:
        if (target.size() > 64)
            return refused("Channel name is required and must be 1-64 chars: Invalid channel target");
        if (std::ranges::any_of(target,
                                [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
            return refused("Channel name must not contain control chars: Invalid channel target");
        return {.address = room_channel(target), .refusal = {}};
    case 2: {
        const auto other = parse_uuid(target);
        if (!other || *other == nil_uuid)
            return refused("Invalid user ID in direct message join: Invalid channel target");
        if (!world.users.find(*other) || world.friendships.blocks(*other, self))
            return refused("User ID not found: Invalid channel target");
        return {.address = direct_channel(self, *other), .refusal = {}};
    }
    case 3: {
        const auto group = parse_uuid(target);
        if (!group) return refused("Invalid group ID in group channel join: Invalid channel target");
        if (!world.groups.is_member(*group, self)) return refused("Group not found: Invalid channel target");
        return {.address = group_channel(*group), .refusal = {}};
    }
    default:
        return refused("Invalid channel type");
    }
}

speaker speaker_of(const message& request) {
    return {request.from.user_id(), request.from.username()};
}

/// What changing and removing a message have in common.
verdict change(world& world, message& request, std::int32_t code, const std::string& doing,
               const std::string& verb) {
    const bool removing = code == message_code::remove;
    const std::string channel_id = request.body.text("channel_id").value_or("");
    const std::string message_id = request.body.text("message_id").value_or("");
    const std::string content = removing ? "{}" : request.body.text("content").value_or("");
    request.body.finish();

    const auto uuid = parse_uuid(message_id);
    if (!uuid) {
        request.refuse(bad_input, "Invalid message identifier");
        return verdict::go_on;
    }
    const auto address = read_channel_id(channel_id);
    if (!address) {
        request.refuse(bad_input, "Invalid channel identifier");
        return verdict::go_on;
    }
    if (!holds_object(content)) {
        request.refuse(bad_input, "Message content must be a valid JSON object");
        return verdict::go_on;
    }
    const member* self = world.present.find({place_kind::channel, address->id()}, request.from.session_id());
    if (!self) {
        request.refuse(bad_input, "Must join channel before " + doing + " messages");
        return verdict::go_on;
    }
    const bool persistent = self->presence.persistence;
    try {
        const auto ack =
            removing ? remove_message(world, *address, speaker_of(request), *uuid, persistent)
                     : update_message(world, *address, speaker_of(request), *uuid, content, persistent);
        if (ack) request.answer("channel_message_ack", *ack);
        else request.refuse(bad_input, "Could not find message to " + verb + " in channel history");
    } catch (const refusal& refused) {
        request.refuse(realtime_errors::runtime_exception, refused.what());
    }
    return verdict::go_on;
}

} // namespace

void tell_channel(const world& world, const std::string& channel_id, const std::string& text) {
    for (const member& one : world.present.members({place_kind::channel, channel_id})) one.socket->send(text);
}

void remove_from_channel(world& world, const channel_address& channel, const std::string& user_id) {
    const place where{place_kind::channel, channel.id()};
    const std::vector<member> members = world.present.members(where);
    for (const member& one : members) {
        if (one.presence.user_id != user_id) continue;
        world.present.leave(where, one.presence.session_id);
        announce_in_channel(world, where.id, nullptr, &one);
    }
}

void close_channel(world& world, const channel_address& channel) {
    world.present.clear({place_kind::channel, channel.id()});
}

void announce_in_channel(world& world, const std::string& channel_id, const member* joined,
                         const member* left) {
    if ((!joined || joined->hidden) && (!left || left->hidden)) return;
    channel_presence_event news{.channel_id = channel_id};
    if (joined) news.joins.push_back(joined->presence);
    if (left) news.leaves.push_back(left->presence);
    if (const auto address = read_channel_id(channel_id)) address->label(news);
    tell_channel(world, channel_id, event("channel_presence_event", news));
}

void end_direct_chat(world& world, const std::string& one, const std::string& other) {
    close_channel(world, direct_channel(one, other));
}

namespace handlers {

verdict channel_join(world& world, message& request) {
    const std::string target = request.body.text("target").value_or("");
    const std::int32_t type = request.body.int32("type").value_or(0);
    const bool persistence = request.body.flag("persistence").value_or(true);
    const bool hidden = request.body.flag("hidden").value_or(false);
    request.body.finish();

    const destination to = find_channel(world, request.from.user_id(), target, type);
    if (!to.address) {
        request.refuse(bad_input, to.refusal);
        return verdict::go_on;
    }

    const place where{place_kind::channel, to.address->id()};
    member self{.socket = &request.from, .presence = request.from.presence(), .hidden = hidden};
    self.presence.persistence = persistence;
    const bool fresh = world.present.enter(where, self);

    channel joined{.id = where.id, .presences = {}, .self = self.presence};
    to.address->label(joined);
    bool other_present = false;
    const std::string& one = to.address->user_id_one;
    const std::string& other = one == request.from.user_id() ? to.address->user_id_two : one;
    for (const member& present : world.present.members(where)) {
        if (present.hidden) continue;
        other_present = other_present || present.presence.user_id == other;
        if (fresh && present.socket == &request.from) continue;
        joined.presences.push_back(present.presence);
    }
    if (fresh && !one.empty() && !other_present)
        notify(world, other, notice::wants_to_chat, "wants to chat", request.from.user_id(),
               request.from.username());
    request.answer("channel", joined);
    if (fresh) announce_in_channel(world, where.id, &self, nullptr);
    return verdict::go_on;
}

verdict channel_leave(world& world, message& request) {
    const auto address = read_channel_id(request.body.text("channel_id").value_or(""));
    request.body.finish();
    if (!address) {
        request.refuse(bad_input, "Invalid channel identifier");
        return verdict::go_on;
    }
    const auto gone = world.present.leave({place_kind::channel, address->id()}, request.from.session_id());
    request.acknowledge();
    if (gone) announce_in_channel(world, address->id(), nullptr, &*gone);
    return verdict::go_on;
}

verdict channel_message_send(world& world, message& request) {
    const std::string channel_id = request.body.text("channel_id").value_or("");
    const std::string content = request.body.text("content").value_or("");
    request.body.finish();
    const auto address = read_channel_id(channel_id);
    if (!address) {
        request.refuse(bad_input, "Invalid channel identifier");
        return verdict::go_on;
    }
    if (!holds_object(content)) {
        request.refuse(bad_input, "Message content must be a valid JSON object");
        return verdict::go_on;
    }
    const member* self = world.present.find({place_kind::channel, address->id()}, request.from.session_id());
    if (!self) {
        request.refuse(bad_input, "Must join channel before sending messages");
        return verdict::go_on;
    }
    const bool persistent = self->presence.persistence;
    try {
        request.answer("channel_message_ack",
                       send_message(world, *address, speaker_of(request), content, persistent));
    } catch (const refusal& refused) {
        request.refuse(realtime_errors::runtime_exception, refused.what());
    }
    return verdict::go_on;
}

verdict channel_message_update(world& world, message& request) {
    return change(world, request, message_code::update, "updating", "update");
}

verdict channel_message_remove(world& world, message& request) {
    return change(world, request, message_code::remove, "removing", "remove");
}

} // namespace handlers
} // namespace nakama::sandbox
