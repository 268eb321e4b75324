#include "contract/surroundings.hpp"
#include "contract/surroundings/groups.hpp"

#include <list>

namespace replay {
namespace {

class friends final : public surroundings {
public:
    void before(stage& stage, cast& cast, const json::object& exchange) override {
        const std::string name = text(exchange, "name");
        if (name == "list page 2") learn_cursor(stage, cast, exchange);
        if (name == "list with a friend online") bring_online(stage, exchange);
        if (name.starts_with("friends of friends")) befriend(stage, exchange);
    }

private:
    /// The page before this one may be kept elsewhere, and with it what its cursor stands for.
    static void learn_cursor(stage& stage, cast& cast, const json::object& exchange) {
        const std::string recorded = parameter(exchange, "cursor");
        if (cast.knows(recorded)) return;
        const auto reply = make_up(stage, cast, exchange, "GET", "/v2/friend?limit=2");
        cast.learn(recorded, text(json::parse(reply.body).as_object(), "cursor"));
    }

    /// Others have made friends with each other.
    static void befriend(stage& stage, const json::object& exchange) {
        for (const json::value& one : listed(exchange, "friends_of_friends")) {
            const std::string referrer = text(one.as_object(), "referrer");
            const std::string other = text(one.at("user").as_object(), "id");
            if (!stage.server.friends().find(referrer, other)) stage.server.friends().put(referrer, other);
        }
    }

    /// Whoever is online has a socket, and was invited once more after he had been blocked.
    void bring_online(stage& stage, const json::object& exchange) {
        const std::string authorisation =
            text(exchange.at("request").at("headers").as_object(), "Authorization");
        const auto caller = wire::read_jwt(find_tokens(authorisation).at(0));
        for (const json::value& one : listed(exchange, "friends")) {
            const json::object& user = one.at("user").as_object();
            if (!user.contains("online")) continue;
            const std::string id = text(user, "id");
            const auto state = static_cast<nakama::friend_state>(one.at("state").as_int64());
            const auto relation = stage.server.friends().find(caller->uid, id);
            if (!relation || relation->state != state) stage.server.friends().put(caller->uid, id, state);
            connect(stage, {.tid = id,
                            .uid = id,
                            .usn = text(user, "username"),
                            .exp = sandbox::unix_seconds(stage.clock->wall_now()) + 60});
        }
    }

    void connect(stage& stage, const wire::jwt_claims& claims) {
        line& socket = sockets_.emplace_back(stage);
        socket.write(
            "GET /ws?status=true HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Authorization: Bearer " +
            sandbox::mint_session_token(claims, sandbox::session_key) + "\r\n\r\n");
        require(read_reply(socket).status == 101, "no socket for a friend");
    }

    static json::array listed(const json::object& exchange, std::string_view key) {
        const json::value* body = exchange.at("response").as_object().if_contains("body");
        const json::value* list = body && body->is_object() ? body->get_object().if_contains(key) : nullptr;
        return list ? list->as_array() : json::array{};
    }

    std::list<line> sockets_;
};

} // namespace

std::unique_ptr<surroundings> friends_surroundings() {
    return std::make_unique<friends>();
}

} // namespace replay
