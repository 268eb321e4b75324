// The configurations of the recorded servers.
#pragma once

#include "contract/sandbox_replay.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// What a server's command line stands for; without one, that of the server that most was recorded from.
inline sandbox::server_config config_of(const std::vector<std::string>& flags) {
    sandbox::server_config config = stage::recorded_config();
    config.node = flags.empty() ? "nakama1" : "variant1";
    if (flags.empty()) {
        config.max_message_bytes = 4194304;
        config.outgoing_queue_size = 2048;
        return config;
    }
    config.token_expiry = std::chrono::seconds{60};
    config.refresh_token_expiry = std::chrono::seconds{3600};
    const std::map<std::string_view, bool*> switches{
        {"--session.single_match", &config.single_match},
        {"--session.single_party", &config.single_party},
        {"--session.single_session", &config.single_session},
        {"--session.single_socket", &config.single_socket},
    };
    const std::map<std::string_view, std::function<void(long)>> numbers{
        {"--session.token_expiry_sec", [&](long n) { config.token_expiry = std::chrono::seconds{n}; }},
        {"--session.refresh_token_expiry_sec",
         [&](long n) { config.refresh_token_expiry = std::chrono::seconds{n}; }},
        {"--socket.max_message_size_bytes",
         [&](long n) { config.max_message_bytes = static_cast<std::size_t>(n); }},
        {"--socket.outgoing_queue_size",
         [&](long n) { config.outgoing_queue_size = static_cast<std::size_t>(n); }},
        {"--socket.ping_period_ms", [&](long n) { config.ping_period = std::chrono::milliseconds{n}; }},
        {"--socket.pong_wait_ms", [&](long n) { config.pong_wait = std::chrono::milliseconds{n}; }},
    };
    const std::map<std::string_view, std::string*> texts{
        {"--iap.facebook_instant.app_secret", &config.facebook_instant_iap_app_secret},
        {"--social.facebook_instant_game.app_secret", &config.facebook_instant_game_app_secret},
    };
    for (std::size_t i = 0; i < flags.size(); ++i) {
        const std::string& flag = flags[i];
        if (const auto found = switches.find(flag); found != switches.end()) *found->second = true;
        const auto number = numbers.find(flag);
        const auto text = texts.find(flag);
        if (number == numbers.end() && text == texts.end()) continue;
        require(i + 1 < flags.size(), flag + " has no value");
        const std::string& value = flags[++i];
        if (number != numbers.end()) number->second(std::stol(value));
        else *text->second = value;
    }
    return config;
}

} // namespace replay
