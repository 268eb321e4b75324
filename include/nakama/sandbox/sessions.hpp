// The sockets of a sandbox, and what the server can do to them.
#pragma once

#include <nakama/api/presences.hpp>
#include <nakama/config.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::sandbox {

struct world;

/// A view of a server's connected sockets, see server::sessions(): to the server each is a session. Of a
/// server that has stopped it finds nothing.
class NAKAMA_API sessions {
public:
    /// Without status: who shows one is seen in the stream of mode 1.
    [[nodiscard]] std::vector<user_presence> list() const;
    [[nodiscard]] std::optional<user_presence> find(std::string_view session_id) const;
    /// Those of one user.
    [[nodiscard]] std::vector<user_presence> of_user(std::string_view user_id) const;
    [[nodiscard]] std::size_t size() const;

    /// Ends a socket as the server's own code does, with close code 1000 and `reason`; false if there is no
    /// such socket.
    bool disconnect(std::string_view session_id, std::string reason = "server-side session disconnect");

    /// Makes all tokens of a user void that were issued before this second. His sockets stay.
    void logout(std::string_view user_id);

    /// Sends one socket an envelope as it is; false if there is no such socket. Throws std::invalid_argument
    /// for what is no envelope.
    bool send_raw(std::string_view session_id, std::string_view envelope);

private:
    friend class server;
    explicit sessions(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
