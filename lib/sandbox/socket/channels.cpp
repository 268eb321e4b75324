// Chat: rooms and direct messages. Groups are not served: every group is unknown.
#include "sandbox/socket/notices.hpp"
#include "sandbox/socket/realtime.hpp"

#include <algorithm>

namespace nakama::sandbox {
namespace {

using realtime_errors::bad_input;

/// What a channel's id says.
struct channel_address {
    std::string room_name{};
    std::string group_id{};
    std::string user_id_one{};
    std::string user_id_two{};

    [[nodiscard]] std::string id() const {
        if (!group_id.empty()) return "3." + group_id + "..";
        if (!user_id_one.empty()) return "4." + user_id_one + '.' + user_id_two + '.';
        return "2..." + room_name;
    }

    /// Copies itself into the message types, which all have these fields.
    template <class T>
    T& label(T& message) const {
        message.room_name = room_name;
        message.group_id = group_id;
        message.user_id_one = user_id_one;
        message.user_id_two = user_id_two;
        return message;
    }
};

std::optional<channel_address> read_channel_id(std::string_view id) {
    std::array<std::string_view, 4> parts;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto dot = id.find('.');
        if (dot == std::string_view::npos) return {};
        parts[i] = id.substr(0, dot);
        id.remove_prefix(dot + 1);
    }
    parts[3] = id;

    channel_address address;
    if (parts[0] == "2") {
        if (!parts[1].empty() || !parts[2].empty() || parts[3].empty() || parts[3].size() > 64) return {};
        address.room_name = parts[3];
        return address;
    }
    if (!parts[3].empty()) return {};
    const auto first = parse_uuid(parts[1]);
    if (parts[0] == "3") {
        if (!parts[2].empty() || !first) return {};
        address.group_id = *first;
        return address;
    }
    const auto second = parse_uuid(parts[2]);
    if (parts[0] != "4" || !first || !second) return {};
    address.user_id_one = *first;
    address.user_id_two = *second;
    return address;
}

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
    channel_address address;
    switch (type) {
    case 0:
    case 1:
        if (target.size() > 64)
            return refused("Channel name is required and must be 1-64 chars: Invalid channel target");
        if (std::ranges::any_of(target,
                                [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
            return refused("Channel name must not contain control chars: Invalid channel target");
        address.room_name = target;
        return {.address = address, .refusal = {}};
    case 2: {
        const auto other = parse_uuid(target);
        if (!other || *other == nil_uuid)
            return refused("Invalid user ID in direct message join: Invalid channel target");
        if (!world.users.find(*other) || world.friendships.blocks(*other, self))
            return refused("User ID not found: Invalid channel target");
        address.user_id_one = std::min(self, *other);
        address.user_id_two = std::max(self, *other);
        return {.address = address, .refusal = {}};
    }
    case 3:
        if (!parse_uuid(target))
            return refused("Invalid group ID in group channel join: Invalid channel target");
        return refused("Group not found: Invalid channel target");
    default:
        return refused("Invalid channel type");
    }
}

bool is_json_object(const std::string& content) {
    const auto start = content.find_first_not_of(" \t\r\n");
    return start != std::string::npos && content[start] == '{' && is_json(content);
}

/// Says something to all members, the sender and the hidden ones included.
void broadcast(const world& world, const std::string& channel_id, const std::string& text) {
    for (const member& one : world.present.members({place_kind::channel, channel_id})) one.socket->send(text);
}

void deliver(world& world, const message& request, const channel_address& address, channel_message said) {
    said.sender_id = request.from.user_id();
    said.username = request.from.username();
    address.label(said);
    broadcast(world, said.channel_id, event("channel_message", said));

    channel_message_ack ack{.channel_id = said.channel_id,
                            .message_id = said.message_id,
                            .code = said.code,
                            .username = said.username,
                            .create_time = said.create_time,
                            .update_time = said.update_time,
                            .persistent = said.persistent};
    request.answer("channel_message_ack", address.label(ack));
}

timestamp microseconds(timestamp time) {
    return std::chrono::floor<std::chrono::microseconds>(time);
}

/// What changing and removing a message have in common.
verdict change(world& world, message& request, std::int32_t code, const std::string& doing,
               const std::string& verb) {
    const bool removing = code == 2;
    const std::string channel_id = request.body.text("channel_id").value_or("");
    const std::string message_id = request.body.text("message_id").value_or("");
    const std::string content = removing ? "{}" : request.body.text("content").value_or("");
    request.body.finish();

    const auto uuid = parse_uuid(message_id);
    const auto address = read_channel_id(channel_id);
    const member* self = nullptr;
    if (!uuid) {
        request.refuse(bad_input, "Invalid message identifier");
        return verdict::go_on;
    }
    if (!address) {
        request.refuse(bad_input, "Invalid channel identifier");
        return verdict::go_on;
    }
    if (!is_json_object(content)) {
        request.refuse(bad_input, "Message content must be a valid JSON object");
        return verdict::go_on;
    }
    self = world.present.find({place_kind::channel, address->id()}, request.from.session_id());
    if (!self) {
        request.refuse(bad_input, "Must join channel before " + doing + " messages");
        return verdict::go_on;
    }

    const timestamp now = world.now();
    channel_message said{.channel_id = channel_id,
                         .message_id = *uuid,
                         .code = code,
                         .content = content,
                         .create_time = now,
                         .update_time = now,
                         .persistent = self->presence.persistence};
    // A volatile channel keeps nothing, so that any id will do there.
    if (self->presence.persistence) {
        const auto found = world.messages.find(*uuid);
        if (found == world.messages.end() || found->second.channel_id != address->id() ||
            found->second.sender_id != request.from.user_id()) {
            request.refuse(bad_input, "Could not find message to " + verb + " in channel history");
            return verdict::go_on;
        }
        said.create_time = microseconds(found->second.create_time);
        if (removing) {
            said.update_time = microseconds(found->second.update_time);
            world.messages.erase(found);
        } else {
            found->second.update_time = now;
        }
    }
    deliver(world, request, *address, std::move(said));
    return verdict::go_on;
}

} // namespace

void announce_in_channel(world& world, const std::string& channel_id, const member* joined,
                         const member* left) {
    if ((!joined || joined->hidden) && (!left || left->hidden)) return;
    channel_presence_event news{.channel_id = channel_id};
    if (joined) news.joins.push_back(joined->presence);
    if (left) news.leaves.push_back(left->presence);
    if (const auto address = read_channel_id(channel_id)) address->label(news);
    broadcast(world, channel_id, event("channel_presence_event", news));
}

void end_direct_chat(world& world, const std::string& one, const std::string& other) {
    const channel_address address{.user_id_one = std::min(one, other), .user_id_two = std::max(one, other)};
    world.present.clear({place_kind::channel, address.id()});
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
    std::string content = request.body.text("content").value_or("");
    request.body.finish();
    const auto address = read_channel_id(channel_id);
    if (!address) {
        request.refuse(bad_input, "Invalid channel identifier");
        return verdict::go_on;
    }
    if (!is_json_object(content)) {
        request.refuse(bad_input, "Message content must be a valid JSON object");
        return verdict::go_on;
    }
    const member* self = world.present.find({place_kind::channel, address->id()}, request.from.session_id());
    if (!self) {
        request.refuse(bad_input, "Must join channel before sending messages");
        return verdict::go_on;
    }
    const timestamp now = world.now();
    channel_message said{.channel_id = channel_id,
                         .message_id = world.ids.uuid(),
                         .code = 0,
                         .content = std::move(content),
                         .create_time = now,
                         .update_time = now,
                         .persistent = self->presence.persistence};
    if (self->presence.persistence)
        world.messages[said.message_id] = {address->id(), request.from.user_id(), now, now};
    deliver(world, request, *address, std::move(said));
    return verdict::go_on;
}

verdict channel_message_update(world& world, message& request) {
    return change(world, request, 1, "updating", "update");
}

verdict channel_message_remove(world& world, message& request) {
    return change(world, request, 2, "removing", "remove");
}

} // namespace handlers
} // namespace nakama::sandbox
