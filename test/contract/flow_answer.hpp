// The recorded server's answer to a handshake, for ours.
#pragma once

#include "flow_handshake.hpp"
#include "support/accept_key.hpp"

namespace nakama::test {

/// `head` is our request.
inline std::string answer_to_handshake(const json::object& entry, std::string_view head) {
    const auto body = text_in(entry, "body");
    std::string result = "HTTP/1.1 " + std::to_string(entry.at("status").as_int64()) + " as recorded\r\n";
    for (const auto& [name, value] : entry.at("headers").as_object()) {
        if (name == "Content-Length" || name == "Transfer-Encoding") continue;
        result += std::string{name} + ": ";
        // It belongs to the key, which is a random one.
        if (name == "Sec-WebSocket-Accept") result += accept_key(read_head(head).header("Sec-WebSocket-Key"));
        else result += value.as_string();
        result += "\r\n";
    }
    if (!body.empty()) result += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return result + "\r\n" + body;
}

} // namespace nakama::test
