// Sockets that were open while exchanges were recorded.
#pragma once

#include "contract/surroundings.hpp"

#include <list>
#include <string>

namespace replay {

/// Those of the users who ask. Nobody listens to what they hear.
class bystanders {
public:
    /// A socket of the user whose credentials an exchange has.
    line& open(stage& stage, const cast& cast, const json::object& exchange) {
        const std::string bearer =
            cast.translate(text(exchange.at("request").at("headers").as_object(), "Authorization"));
        line& socket = sockets_.emplace_back(stage);
        socket.write("GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     "Authorization: " +
                     bearer + "\r\n\r\n");
        require(read_reply(socket).status == 101, "no socket for a bystander");
        return socket;
    }

    /// Says something, and waits until the server has heard it.
    static void say(line& socket, const std::string& message) {
        socket.write(client_frame(1, message));
        socket.write(client_frame(9, "heard"));
        const bool answered = socket.read_until([&] {
            while (const auto next = take_frame(socket.received))
                if (next->opcode == 10) return true;
            return false;
        });
        require(answered, "a bystander is not heard");
    }

    void leave() { sockets_.clear(); }

private:
    std::list<line> sockets_;
};

} // namespace replay
