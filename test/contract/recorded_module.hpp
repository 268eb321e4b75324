// The runtime module of the recorded servers, as far as the recordings show what its functions and hooks do.
#pragma once

#include "contract/recorded_chat.hpp"
#include "contract/recorded_matches.hpp"

#include <nakama/sandbox/server.hpp>

#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace replay {

namespace sandbox = nakama::sandbox;

/// As the module's language writes JSON: members in their order, and & and the like escaped.
inline std::string module_json(const boost::json::value& value) {
    std::string text = boost::json::serialize(value);
    for (const auto& [plain, escaped] :
         {std::pair{'&', "\\u0026"}, std::pair{'<', "\\u003c"}, std::pair{'>', "\\u003e"}})
        for (auto at = text.find(plain); at != std::string::npos; at = text.find(plain, at + 6))
            text.replace(at, 1, escaped);
    return text;
}

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

/// live.*: the functions of most recordings.
inline void register_live_functions(sandbox::server& server) {
    server.register_rpc("live.echo",
                        [](const sandbox::rpc_context&, const std::string& payload) { return payload; });
    server.register_rpc("live.fail", [](const sandbox::rpc_context&, const std::string&) -> std::string {
        throw sandbox::rpc_failure{"live: intentional failure"};
    });
    server.register_rpc("live.notify", notify(server));
    server.register_rpc("live.whoami", [](const sandbox::rpc_context& context, const std::string&) {
        boost::json::object said;
        if (!context.user_id.empty()) {
            said["user_id"] = context.user_id;
            said["username"] = context.username;
            if (!context.vars.empty()) said["vars"] = boost::json::value_from(context.vars);
        }
        return module_json(said);
    });
    register_recorded_matches(server);
    register_recorded_sessions(server);
    register_recorded_streams(server);
}

/// variant.*: those of the recordings made with other configurations.
inline void register_variant_functions(sandbox::server& server) {
    server.register_rpc("variant.echo",
                        [](const sandbox::rpc_context&, const std::string& payload) { return payload; });
    server.register_rpc("variant.nothing",
                        [](const sandbox::rpc_context&, const std::string&) { return std::string{}; });
    server.register_rpc(
        "variant.fail", [](const sandbox::rpc_context&, const std::string& payload) -> std::string {
            const boost::json::object wish = boost::json::parse(payload).as_object();
            const boost::json::value* message = wish.if_contains("message");
            throw sandbox::rpc_failure{message ? std::string{message->as_string()} : "variant: failure",
                                       static_cast<int>(wish.at("code").as_int64())};
        });
    server.register_rpc("variant.fail_text",
                        [](const sandbox::rpc_context&, const std::string&) -> std::string {
                            throw std::runtime_error{"variant: plain text error"};
                        });
    server.register_rpc("variant.fail_bug",
                        [](const sandbox::rpc_context&, const std::string&) -> std::string {
                            throw std::runtime_error{"attempt to index a non-table object(nil) with key 'x'"};
                        });
    server.register_rpc("variant.ban",
                        [&server](const sandbox::rpc_context&, const std::string& payload) -> std::string {
                            server.accounts().ban(boost::json::parse(payload).at("user_id").as_string());
                            return "{}";
                        });
    server.register_rpc("variant.notifications", notify_all_at_once(server));
    server.register_rpc("variant.notify_all", notify_everybody(server));
    server.register_rpc("variant.context",
                        [](const sandbox::rpc_context& context, const std::string& payload) {
                            boost::json::object said;
                            if (!context.lang.empty()) said["lang"] = context.lang;
                            said["mode"] = "rpc";
                            said["payload"] = payload;
                            said["query"] = boost::json::value_from(context.query_params);
                            if (!context.session_id.empty()) said["session_id"] = context.session_id;
                            if (!context.user_id.empty()) said["user_id"] = context.user_id;
                            return module_json(said);
                        });
}

inline void register_recorded_functions(sandbox::server& server) {
    register_live_functions(server);
    register_variant_functions(server);
    register_chat_functions(server);
    register_recorded_matches(server);
    register_recorded_sessions(server);
    register_recorded_streams(server);
}

/// The hooks of the servers that variant.* ran on, and the account that one of them is for.
inline void register_recorded_hooks(sandbox::server& server) {
    server.accounts().add({.username = "renamed_by_hook", .devices = {"variant-hooked-device"}});
    const auto disable = [](const sandbox::rpc_context&,
                            const sandbox::hooked_request&) -> std::optional<sandbox::hooked_request> {
        return {};
    };
    const auto refuse = [](const sandbox::rpc_context&,
                           const sandbox::hooked_request&) -> std::optional<sandbox::hooked_request> {
        throw sandbox::rpc_failure{"variant: refused by hook", 7};
    };
    server.before("list_notifications", disable);
    server.before("channel_message_remove", disable);
    server.before("list_matches", refuse);
    server.before("status_unfollow", refuse);
    server.before("authenticate_device",
                  [](const sandbox::rpc_context&,
                     sandbox::hooked_request request) -> std::optional<sandbox::hooked_request> {
                      if (request.body.find("variant-hooked-device") != std::string::npos)
                          request.query["username"] = {"renamed_by_hook"};
                      return request;
                  });
}

} // namespace replay
