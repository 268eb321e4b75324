#include "contract/surroundings.hpp"
#include "contract/surroundings/groups.hpp"

#include <list>

namespace replay {
namespace {

/// Four parties, each with its leader's socket.
class parties final : public surroundings {
public:
    void before(stage& stage, cast& cast, const json::object& exchange) override {
        const std::string name = text(exchange, "name");
        if (name == "list after they left") sockets_.clear();
        if (name == "list all") create(stage, cast, exchange);
    }

private:
    void create(stage& stage, const cast& cast, const json::object& exchange) {
        const std::string bearer =
            cast.translate(text(exchange.at("request").at("headers").as_object(), "Authorization"));
        for (const char* party :
             {R"({"open":true,"max_size":4,"label":"{\"tag\": \"tag039587\", \"n\": 1}"})",
              R"({"max_size":2,"label":"{\"tag\": \"tag039587\", \"n\": 2, \"t\": \"Zoë\"}"})",
              R"({"open":true,"max_size":3})", R"({"open":true,"max_size":3,"hidden":true})"}) {
            line& socket = sockets_.emplace_back(stage);
            socket.write("GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                         "Authorization: " +
                         bearer + "\r\n\r\n");
            require(read_reply(socket).status == 101, "no socket for a party");
            socket.write(client_frame(1, std::string{R"({"party_create":)"} + party + '}'));
        }
    }

    std::list<line> sockets_;
};

} // namespace

std::unique_ptr<surroundings> parties_surroundings() {
    return std::make_unique<parties>();
}

} // namespace replay
