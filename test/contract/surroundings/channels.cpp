#include "contract/surroundings.hpp"
#include "contract/surroundings/groups.hpp"

#include <functional>
#include <map>
#include <utility>

namespace replay {
namespace {

/// What sockets said and what befell a group between the first exchange, which finds nothing, and the others:
/// all that these tell of.
class channels final : public surroundings {
public:
    void begin(stage& stage, cast& cast, const std::vector<json::object>& exchanges) override {
        for (const json::object& exchange : exchanges)
            if (const auto user = user_of(exchange)) asking_.emplace(*user, exchange);
        for (const json::object& exchange : exchanges) {
            const json::value* body = exchange.at("response").as_object().if_contains("body");
            const json::value* list =
                body && body->is_object() ? body->get_object().if_contains("messages") : nullptr;
            if (!list) continue;
            for (const json::value& one : list->as_array()) {
                const json::object& message = one.as_object();
                if (!seen_.insert(text(message, "message_id")).second) continue;
                if (message.at("code").as_int64() == 0) say(stage, cast, message);
                else befall(stage, cast, message, user_of(exchange).value());
            }
        }
    }

    void before(stage& stage, cast&, const json::object& exchange) override {
        if (text(exchange, "name") == "list empty") return;
        for (const auto& [time, happen] : std::exchange(events_, {})) {
            stage.advance_to(time);
            happen();
        }
    }

private:
    static std::optional<std::string> user_of(const json::object& exchange) {
        const json::object& request = exchange.at("request").as_object();
        for (const std::string& token : find_tokens(text(request.at("headers").as_object(), "Authorization")))
            return wire::read_jwt(token).value().uid;
        return {};
    }

    static wall_time time_of(const json::object& message, std::string_view key) {
        return std::chrono::time_point_cast<wall_time::duration>(
            wire::parse_rfc3339(text(message, key)).value());
    }

    void say(stage& stage, cast& cast, const json::object& message) {
        const std::string recorded = text(message, "message_id");
        const sandbox::server_message last{.channel_id = text(message, "channel_id"),
                                           .content = text(message, "content"),
                                           .sender_id = text(message, "sender_id"),
                                           .sender_username = text(message, "username")};
        const bool changed = text(message, "create_time") != text(message, "update_time");
        auto first = last;
        if (changed) first.content = "{}";
        events_.emplace(time_of(message, "create_time"), [&stage, &cast, recorded, first] {
            cast.learn(recorded, stage.server.channels().send(first).message_id);
        });
        if (changed)
            events_.emplace(time_of(message, "update_time"), [&stage, &cast, recorded, last] {
                stage.server.channels().update(cast.translate(recorded), last);
            });
    }

    /// Done to the user that the message names, by himself or by the group's owner.
    void befall(stage& stage, cast& cast, const json::object& message, const std::string& owner) {
        static const std::map<std::int64_t, std::string> operations{
            {3, "join"}, {4, "add"}, {5, "leave"}, {6, "kick"}, {7, "promote"}, {8, "ban"}, {9, "demote"}};
        const std::string group = text(message, "group_id");
        const std::string user = text(message, "sender_id");
        const std::string operation = operations.at(message.at("code").as_int64());
        const bool alone = operation == "join" || operation == "leave";
        const std::string target =
            "/v2/group/" + group + '/' + operation + (alone ? "" : "?user_ids=" + user);
        events_.emplace(time_of(message, "create_time"), [=, this, &stage, &cast] {
            if (!stage.server.groups().find(group))
                stage.server.groups().create(
                    {.id = group, .name = "the channel's group", .creator_id = owner, .open = true});
            const auto reply = make_up(stage, cast, asking_.at(alone ? user : owner), "POST", target);
            require(reply.status == 200, operation + ": " + reply.body);
        });
    }

    std::map<std::string, json::object> asking_;             // an exchange of each user's
    std::set<std::string> seen_;                             // messages
    std::multimap<wall_time, std::function<void()>> events_; // until they have happened
};

} // namespace

std::unique_ptr<surroundings> channels_surroundings() {
    return std::make_unique<channels>();
}

} // namespace replay
