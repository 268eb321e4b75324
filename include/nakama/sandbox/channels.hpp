// The channels of a sandbox: what is said there by the server, and what was said.
#pragma once

#include <nakama/api/channels.hpp>
#include <nakama/config.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct world;

/// What the server says. Nobody has to be in the channel, least of all the one in whose name it is said.
struct server_message {
    std::string channel_id{};      ///< `2...room`, `3.group..` or `4.user.user.` with the smaller id first
    std::string content = "{}";    ///< a JSON object
    std::string sender_id{};       ///< a user's; the system user's, a nil UUID, if empty
    std::string sender_username{}; ///< as it is to be shown, whatever the user's name is
    bool persistent = true;        ///< whether it is kept, or was
};

/// A view of a server's channels, see server::channels(). Of a server that has stopped it finds nothing.
///
/// What the server says is heard by all sockets in the channel. Sending, updating and removing throw
/// std::invalid_argument if there is no such channel, user or message, or if the content is no JSON object,
/// and std::logic_error if the server has stopped.
class NAKAMA_API channels {
public:
    channel_message_ack send(const server_message& message);

    /// Gives a message of this sender's other content. What is not persistent is said under any UUID.
    channel_message_ack update(std::string_view message_id, const server_message& message);

    /// Takes a message of this sender's out of the history, and tells the members. Its content does not
    /// matter.
    channel_message_ack remove(std::string_view message_id, const server_message& message);

    /// All that is kept of a channel, the oldest first; nothing for what is no channel's id.
    [[nodiscard]] std::vector<channel_message> history(std::string_view channel_id) const;

private:
    friend class server;
    explicit channels(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
