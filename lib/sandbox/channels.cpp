#include "sandbox/json/stored_json.hpp"
#include "sandbox/running.hpp"
#include "sandbox/socket/channel_messages.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/channels.hpp>

#include <stdexcept>

namespace nakama::sandbox {
namespace {

/// A message with everything in it looked up.
struct checked_message {
    std::shared_ptr<sandbox::world> world{};
    channel_address to{};
    speaker by{};

    checked_message(const std::weak_ptr<sandbox::world>& where, const server_message& message)
        : world{running(where)} {
        const auto channel = read_channel_id(message.channel_id);
        if (!channel) throw std::invalid_argument{'"' + message.channel_id + "\" is no channel's id"};
        to = *channel;
        const auto sender =
            message.sender_id.empty() ? std::string{nil_uuid} : parse_uuid(message.sender_id).value_or("");
        if (sender != nil_uuid && !world->users.find(sender))
            throw std::invalid_argument{"there is no user \"" + message.sender_id + '"'};
        by = {sender, message.sender_username};
        const bool fits =
            message.persistent ? storable_object(message.content).has_value() : holds_object(message.content);
        if (!fits) throw std::invalid_argument{"the content of a message is a JSON object"};
    }
};

std::string read_message_id(std::string_view text) {
    const auto id = parse_uuid(text);
    if (!id) throw std::invalid_argument{'"' + std::string{text} + "\" is no UUID"};
    return *id;
}

channel_message_ack found(const std::optional<channel_message_ack>& ack, const std::string& message_id) {
    if (!ack) throw std::invalid_argument{"the sender has no message " + message_id};
    return *ack;
}

} // namespace

channel_message_ack channels::send(const server_message& message) {
    const checked_message said{world_, message};
    return send_message(*said.world, said.to, said.by, message.content, message.persistent);
}

channel_message_ack channels::update(std::string_view message_id, const server_message& message) {
    const checked_message said{world_, message};
    const std::string id = read_message_id(message_id);
    return found(update_message(*said.world, said.to, said.by, id, message.content, message.persistent), id);
}

channel_message_ack channels::remove(std::string_view message_id, const server_message& message) {
    const checked_message said{world_, message};
    const std::string id = read_message_id(message_id);
    return found(remove_message(*said.world, said.to, said.by, id, message.persistent), id);
}

std::vector<channel_message> channels::history(std::string_view channel_id) const {
    const auto world = world_.lock();
    const auto channel = read_channel_id(channel_id);
    if (!world || !channel) return {};
    return world->messages.all(*channel);
}

} // namespace nakama::sandbox
