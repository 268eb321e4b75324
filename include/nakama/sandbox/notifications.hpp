// The notifications of a sandbox, to send and to look at without a round trip.
#pragma once

#include <nakama/api/notifications.hpp>
#include <nakama/config.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct world;

/// A notification to be.
struct new_notification {
    std::string subject{};      ///< at least 1 character; a persistent one's at most 255
    std::string content = "{}"; ///< a JSON object
    std::int32_t code = 1;      ///< below 0 the server's own; a persistent one's from -32768 to 32767
    std::string sender_id{};    ///< a user's UUID; the server itself if empty
    bool persistent = true;     ///< kept until it is deleted
};

/// A view of a server's notifications, see server::notifications(). What it sends reaches connected sockets
/// as if a function of the real server's runtime had sent it. Of a server that has stopped it finds nothing.
///
/// Sending throws std::invalid_argument, before anything is sent, if the user is not there or a field is
/// none of what new_notification says, and std::logic_error if the server has stopped.
class NAKAMA_API notifications {
public:
    void send(std::string_view user_id, const new_notification& notice);
    /// All in one message.
    void send(std::string_view user_id, const std::vector<new_notification>& notices);
    /// To every user if it is persistent, else to those who are connected.
    void send_to_all(const new_notification& notice);

    /// What is kept for a user, oldest first.
    [[nodiscard]] std::vector<notification> all(std::string_view user_id) const;

private:
    friend class server;
    explicit notifications(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
