#include "sandbox/socket/channel_messages.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/socket/channels.hpp"
#include "sandbox/socket/envelope.hpp"

namespace nakama::sandbox {
namespace {

channel_message make_message(const channel_address& to, const speaker& by, const std::string& message_id,
                             std::int32_t code, const std::string& content, timestamp now, bool persistent) {
    channel_message said{.channel_id = to.written,
                         .message_id = message_id,
                         .code = code,
                         .sender_id = by.user_id,
                         .username = by.username,
                         .content = content,
                         .create_time = now,
                         .update_time = now,
                         .persistent = persistent};
    return to.label(said);
}

channel_message_ack deliver(world& world, const channel_address& to, const channel_message& said) {
    tell_channel(world, to.id(), event("channel_message", said));
    channel_message_ack ack{.channel_id = said.channel_id,
                            .message_id = said.message_id,
                            .code = said.code,
                            .username = said.username,
                            .create_time = said.create_time,
                            .update_time = said.update_time,
                            .persistent = said.persistent};
    return to.label(ack);
}

} // namespace

channel_message_ack send_message(world& world, const channel_address& to, const speaker& by,
                                 const std::string& content, bool persistent) {
    if (persistent && !storable(content))
        throw refusal{code::internal, "Could not persist message to channel history"};
    const channel_message said = make_message(to, by, world.ids.uuid(), message_code::chat, content,
                                              world.messages.moment(world.now()), persistent);
    if (persistent) world.messages.keep(to, said);
    return deliver(world, to, said);
}

std::optional<channel_message_ack> update_message(world& world, const channel_address& to, const speaker& by,
                                                  const std::string& message_id, const std::string& content,
                                                  bool persistent) {
    // A real server's database complains of this even if there is no such message.
    if (persistent && !storable(content))
        throw refusal{code::internal, "Could not persist message update to channel history"};
    channel_message said = make_message(to, by, message_id, message_code::update, content,
                                        world.messages.moment(world.now()), persistent);
    if (persistent) {
        const channel_message* kept =
            world.messages.change(message_id, by.user_id, by.username, content, said.update_time);
        if (!kept) return {};
        said.create_time = kept->create_time;
    }
    return deliver(world, to, said);
}

std::optional<channel_message_ack> remove_message(world& world, const channel_address& to, const speaker& by,
                                                  const std::string& message_id, bool persistent) {
    channel_message said = make_message(to, by, message_id, message_code::remove, "{}",
                                        world.messages.moment(world.now()), persistent);
    if (persistent) {
        const auto removed = world.messages.remove(message_id, by.user_id);
        if (!removed) return {};
        said.create_time = removed->create_time;
        said.update_time = removed->update_time;
    }
    return deliver(world, to, said);
}

void tell_group(world& world, const std::string& group_id, std::int32_t code, const speaker& about) {
    const channel_address to = group_channel(group_id);
    const channel_message said =
        make_message(to, about, world.ids.uuid(), code, "{}", world.messages.moment(world.now()), true);
    channel_message kept = said;
    kept.create_time = kept.update_time = std::chrono::floor<std::chrono::seconds>(said.create_time);
    world.messages.keep(to, std::move(kept));
    deliver(world, to, said);
}

} // namespace nakama::sandbox
