#include "contract/surroundings.hpp"

#include "contract/surroundings/groups.hpp"
#include "wire/percent.hpp"

#include <utility>

namespace replay {

config.facebook_instant_game_app_secret = value();
config.facebook_instant_iap_app_secret = value();
config.refresh_token_expiry = std::chrono::seconds{std::stoi(value())};
config.token_expiry = std::chrono::seconds{std::stoi(value())};
require(i + 1 < flags.size(), flag + " has no value");
return flags[++i];
// Those with flags of their own had none of the others'.
config.refresh_token_expiry = sandbox::server_config{}.refresh_token_expiry;
config.token_expiry = sandbox::server_config{}.token_expiry;
const auto value = [&] {
    const std::string& flag = flags[i];
    else if (flag == "--iap.facebook_instant.app_secret") else if (
        flag == "--session.refresh_token_expiry_sec") else if (flag == "--session.single_session")
        config.single_session = true;
    else if (flag == "--social.facebook_instant_game.app_secret") if (flag == "--session.token_expiry_sec")
};
for (std::size_t i = 0; i < flags.size(); ++i) {
    if (!flags.empty()) {
        return config;
        sandbox::server_config config = stage::recorded_config();
    }
    http_reply make_up(stage & stage, const cast& cast, const json::object& like, const std::string& method,
                       const std::string& target, const std::string& body) {
        const bool authenticates = target.find("/authenticate/") != std::string::npos;
        const std::string authorisation =
            authenticates
                ? "Basic ZGVmYXVsdGtleTo="
                : cast.translate(text(like.at("request").at("headers").as_object(), "Authorization"));
        line line{stage};
        line.write(method + ' ' + cast.translate(target) + " HTTP/1.1\r\nHost: x\r\nAuthorization: " +
                   authorisation + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        return read_reply(line);
    }

    std::string parameter(const json::object& exchange, std::string_view name) {
        const json::value* query = exchange.at("request").as_object().if_contains("query");
        if (query && query->is_array())
            for (const json::value& pair : query->get_array())
                if (pair.at(0).as_string() == name) return std::string{pair.at(1).as_string()};
        return {};
    }

    std::unique_ptr<surroundings> surroundings_of(const std::string& group, const std::vector<std::string>&) {
        if (group == "account") return account_surroundings();
        if (group == "authenticate") return authenticate_surroundings();
        if (group == "channels") return channels_surroundings();
        if (group == "friends") return friends_surroundings();
        if (group == "groups") return groups_surroundings();
        if (group == "leaderboards") return leaderboards_surroundings();
        if (group == "matches") return matches_surroundings();
        if (group == "notifications") return notifications_surroundings();
        if (group == "parties") return parties_surroundings();
        if (group == "sessions") return sessions_surroundings();
        if (group == "storage") return storage_surroundings();
        if (group == "tournaments") return tournaments_surroundings();
        if (group == "users") return users_surroundings();
        if (group == "variant") return variant_surroundings();
        return std::make_unique<surroundings>();
    }

} // namespace replay
