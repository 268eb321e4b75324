// What the recorded servers' runtime module said in channels.
#pragma once

#include <nakama/sandbox/server.hpp>

#include <boost/json.hpp>

#include <chrono>
#include <string>

namespace replay {

namespace sandbox = nakama::sandbox;

/// What a function's payload says of a message.
inline sandbox::server_message message_in(const boost::json::object& fields) {
    const auto text = [&](const char* name) {
        const auto* value = fields.if_contains(name);
        return value ? std::string{value->as_string()} : std::string{};
    };
    const auto* content = fields.if_contains("content");
    const auto* persist = fields.if_contains("persist");
    return {.channel_id = text("channel_id"),
            .content = content ? boost::json::serialize(*content) : "{}",
            .sender_id = text("sender_id"),
            .sender_username = text("sender_username"),
            .persistent = persist && persist->as_bool()};
}

/// An acknowledgement as a function gives it on.
inline std::string told(const nakama::channel_message_ack& ack) {
    const auto seconds = [](nakama::timestamp time) {
        return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    };
    return boost::json::serialize(boost::json::object{{"channelId", ack.channel_id},
                                                      {"code", ack.code.value()},
                                                      {"createTime", seconds(ack.create_time)},
                                                      {"messageId", ack.message_id},
                                                      {"persistent", ack.persistent.value()},
                                                      {"updateTime", seconds(ack.update_time)},
                                                      {"username", ack.username}});
}

inline void register_chat_functions(sandbox::server& server) {
    using boost::json::parse;
    server.register_rpc("variant.channel_send",
                        [&server](const sandbox::rpc_context&, const std::string& payload) {
                            return told(server.channels().send(message_in(parse(payload).as_object())));
                        });
    server.register_rpc(
        "variant.channel_update", [&server](const sandbox::rpc_context&, const std::string& payload) {
            const auto asked = parse(payload).as_object();
            return told(server.channels().update(asked.at("message_id").as_string(), message_in(asked)));
        });
    server.register_rpc(
        "variant.channel_remove", [&server](const sandbox::rpc_context&, const std::string& payload) {
            const auto asked = parse(payload).as_object();
            return told(server.channels().remove(asked.at("message_id").as_string(), message_in(asked)));
        });
}

} // namespace replay
