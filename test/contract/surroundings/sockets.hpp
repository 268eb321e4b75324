// Sockets that stand around exchanges: those who were connected when they were recorded.
#pragma once

#include "contract/sandbox_replay.hpp"

#include <map>
#include <string>

namespace replay {

/// Keeps users online whom the recording calls so.
class audience {
public:
    /// Connects everybody who is online in an answer, and disconnects those who are not but are told of.
    void follow(stage& stage, const json::value& answer) {
        if (answer.is_array())
            for (const json::value& one : answer.get_array()) follow(stage, one);
        if (!answer.is_object()) return;
        const json::object& fields = answer.get_object();
        if (fields.contains("username") && fields.contains("lang_tag")) seat(stage, fields);
        else
            for (const auto& [name, one] : fields) follow(stage, one);
    }

private:
    void seat(stage& stage, const json::object& user) {
        const std::string id = text(user, "id");
        if (!user.contains("online")) {
            sockets_.erase(id);
            stage.pump();
            return;
        }
        // The clock may have gone further than the server waits for a pong.
        if (!stage.server.sessions().of_user(id).empty()) return;
        sockets_.erase(id);
        const std::int64_t now = sandbox::unix_seconds(stage.clock->wall_now());
        const std::string token = sandbox::mint_session_token(
            {.tid = "audience", .uid = id, .usn = text(user, "username"), .exp = now + 60, .iat = now},
            sandbox::session_key);
        line& socket = sockets_.try_emplace(id, stage).first->second;
        socket.write(
            "GET /ws?status=true HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Authorization: Bearer " +
            token + "\r\n\r\n");
        require(read_reply(socket).status == 101, "no socket for " + id);
    }

    std::map<std::string, line> sockets_; // by the user
};

} // namespace replay
