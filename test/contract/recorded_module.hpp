// The runtime module of the recorded servers, as far as the recordings show what its functions do.
#pragma once

#include "contract/recorded_matches.hpp"

#include <nakama/sandbox/server.hpp>

#include <boost/json.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace replay {

namespace sandbox = nakama::sandbox;

/// What a function's payload says of a notification.
inline sandbox::new_notification notification_in(const boost::json::object& fields) {
    const auto* code = fields.if_contains("code");
    const auto* sender = fields.if_contains("sender_id");
    const auto* persistent = fields.if_contains("persistent");
    const auto* content = fields.if_contains("content");
    return {.subject = std::string{fields.at("subject").as_string()},
            .content = content ? boost::json::serialize(*content) : "{}",
            .code = code ? code->to_number<std::int32_t>() : 1,
            .sender_id = sender ? std::string{sender->as_string()} : "",
            .persistent = !persistent || persistent->as_bool()};
}

/// One from the caller.
inline sandbox::rpc_function notify(sandbox::server& server) {
    return [&server](const sandbox::rpc_context& context, const std::string& payload) -> std::string {
        boost::system::error_code failed;
        const auto request = boost::json::parse(payload, failed);
        if (failed)
            throw std::runtime_error{
                "not a valid JSON string: invalid character 'o' in literal null (expecting 'u')"};
        const auto& fields = request.as_object();
        auto notice = notification_in(fields);
        const auto* said = fields.if_contains("text");
        notice.content = boost::json::serialize(boost::json::object{{"text", said ? *said : "world"}});
        notice.sender_id = context.user_id;
        server.notifications().send(fields.at("user_id").as_string(), notice);
        return "{}";
    };
}

/// Several to the caller.
inline sandbox::rpc_function notify_all_at_once(sandbox::server& server) {
    return [&server](const sandbox::rpc_context& context, const std::string& payload) -> std::string {
        std::vector<sandbox::new_notification> notices;
        const auto request = boost::json::parse(payload);
        for (const auto& one : request.at("list").as_array())
            notices.push_back(notification_in(one.as_object()));
        server.notifications().send(context.user_id, notices);
        return "{}";
    };
}

inline sandbox::rpc_function notify_everybody(sandbox::server& server) {
    return [&server](const sandbox::rpc_context&, const std::string& payload) -> std::string {
        server.notifications().send_to_all(notification_in(boost::json::parse(payload).as_object()));
        return "{}";
    };
}

inline void register_recorded_functions(sandbox::server& server) {
    server.register_rpc("live.echo",
                        [](const sandbox::rpc_context&, const std::string& payload) { return payload; });
    server.register_rpc("live.fail", [](const sandbox::rpc_context&, const std::string&) -> std::string {
        throw sandbox::rpc_failure{"live: intentional failure"};
    });
    server.register_rpc("live.notify", notify(server));
    server.register_rpc("live.whoami", [](const sandbox::rpc_context& context, const std::string&) {
        if (context.user_id.empty()) return std::string{"{}"};
        return R"({"user_id":")" + context.user_id + R"(","username":")" + context.username + R"("})";
    });
    server.register_rpc("variant.notifications", notify_all_at_once(server));
    server.register_rpc("variant.notify_all", notify_everybody(server));
    server.register_rpc("variant.context", [](const sandbox::rpc_context&, const std::string& payload) {
        return R"({"lang":"en","mode":"rpc","payload":")" + payload + R"("})";
    });
    register_recorded_matches(server);
    register_recorded_sessions(server);
    register_recorded_streams(server);
}

} // namespace replay
