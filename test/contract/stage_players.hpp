// People on a stage: signing in, sockets, what they hear.
#pragma once

#include "contract/sandbox_replay.hpp"

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>

namespace replay {

inline std::string get(const std::string& target, const std::string& token) {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n";
}

inline std::string post(const std::string& target, const std::string& authorisation,
                        const std::string& body) {
    return "POST " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + authorisation +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline std::string sign_in(line& line, const std::string& name) {
    line.write(post("/v2/account/authenticate/device?username=" + name,
                    "Basic ZGVmYXVsdGtleTo=", R"({"id":"device-of-)" + name + R"("})"));
    const http_reply reply = read_reply(line);
    REQUIRE(reply.status == 200);
    return text(json::parse(reply.body).as_object(), "token");
}

inline std::string sign_in(stage& stage, const std::string& name) {
    line line{stage};
    return sign_in(line, name);
}

inline void ask_for_socket(line& line, const std::string& token) {
    line.write("GET /ws HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
               "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
}

inline void open_socket(line& line, const std::string& token) {
    ask_for_socket(line, token);
    const http_reply reply = read_reply(line);
    REQUIRE(reply.status == 101);
    CHECK(reply.headers.find("sec-websocket-accept")->second == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

inline frame hear(line& line) {
    std::optional<frame> next;
    line.read_until([&] { return (next = take_frame(line.received)).has_value(); });
    REQUIRE(next);
    return *next;
}

inline json::object ask(line& line, const std::string& message) {
    line.write(client_frame(1, message));
    return json::parse(hear(line).payload).as_object();
}

/// Whether nothing has come, and nothing is on its way.
inline bool is_silent(line& line) {
    return !line.ended_now() && line.received.empty();
}

} // namespace replay
