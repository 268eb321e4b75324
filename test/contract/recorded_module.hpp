// The runtime module of the recorded servers, as far as the recordings show what its functions do.
#pragma once

#include "contract/recorded_matches.hpp"

#include <nakama/sandbox/server.hpp>

#include <stdexcept>
#include <string>

namespace replay {

namespace sandbox = nakama::sandbox;

inline void register_recorded_functions(sandbox::server& server) {
    server.register_rpc("live.echo",
                        [](const sandbox::rpc_context&, const std::string& payload) { return payload; });
    server.register_rpc("live.fail", [](const sandbox::rpc_context&, const std::string&) -> std::string {
        throw sandbox::rpc_failure{"live: intentional failure"};
    });
    server.register_rpc("live.notify", [](const sandbox::rpc_context&, const std::string&) -> std::string {
        throw std::runtime_error{
            "not a valid JSON string: invalid character 'o' in literal null (expecting 'u')"};
    });
    server.register_rpc("live.whoami", [](const sandbox::rpc_context& context, const std::string&) {
        if (context.user_id.empty()) return std::string{"{}"};
        return R"({"user_id":")" + context.user_id + R"(","username":")" + context.username + R"("})";
    });
    server.register_rpc("variant.context", [](const sandbox::rpc_context&, const std::string& payload) {
        return R"({"lang":"en","mode":"rpc","payload":")" + payload + R"("})";
    });
    register_recorded_matches(server);
    register_recorded_sessions(server);
    register_recorded_streams(server);
}

} // namespace replay
