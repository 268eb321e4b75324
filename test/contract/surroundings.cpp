#include "contract/surroundings.hpp"

#include "contract/surroundings/groups.hpp"
#include "wire/percent.hpp"

#include <utility>

namespace replay {

http_reply make_up(stage& stage, const cast& cast, const json::object& like, const std::string& method,
                   const std::string& target, const std::string& body) {
    const bool authenticates = target.find("/authenticate/") != std::string::npos;
    const std::string authorisation =
        authenticates ? "Basic ZGVmYXVsdGtleTo="
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
