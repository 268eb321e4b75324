#include "contract/surroundings/groups.hpp"

#include "contract/surroundings.hpp"

#include <map>
#include <utility>

namespace replay {
namespace {

/// Groups of users who ask for nothing themselves were there before: the recorded server had been used.
class groups final : public surroundings {
public:
    void begin(stage& stage, cast& cast, const std::vector<json::object>& exchanges) override {
        std::set<std::string> asking;
        for (const json::object& exchange : exchanges)
            for_each_text(exchange.at("request"), [&](std::string_view, const std::string& value) {
                for (const std::string& token : find_tokens(value))
                    asking.insert(wire::read_jwt(token).value().uid);
            });

        std::map<std::pair<std::string, std::size_t>, json::object>
            older; // by their age, as they were told of
        std::set<std::string> known;
        for (const json::object& exchange : exchanges)
            for (const json::object& group : listed(exchange))
                if (!asking.contains(text(group, "creator_id")) && known.insert(text(group, "id")).second)
                    older.emplace(std::pair{text(group, "create_time"), known.size()}, group);
        for (const auto& [age, group] : older) {
            const std::string creator = text(group, "creator_id");
            cast.introduce(creator, "creator-" + creator, {});
            stage.server.groups().create({.id = text(group, "id"),
                                          .name = text(group, "name"),
                                          .creator_id = creator,
                                          .description = text(group, "description"),
                                          .lang_tag = text(group, "lang_tag"),
                                          .avatar_url = text(group, "avatar_url"),
                                          .metadata = text(group, "metadata"),
                                          .open = group.at("open").as_bool(),
                                          .max_count = group.at("max_count").to_number<std::int32_t>()});
        }
    }

private:
    static std::vector<json::object> listed(const json::object& exchange) {
        std::vector<json::object> result;
        const json::value* body = exchange.at("response").as_object().if_contains("body");
        const json::value* list =
            body && body->is_object() ? body->get_object().if_contains("groups") : nullptr;
        if (list)
            for (const json::value& group : list->as_array()) result.push_back(group.as_object());
        return result;
    }
};

} // namespace

std::unique_ptr<surroundings> groups_surroundings() {
    return std::make_unique<groups>();
}

} // namespace replay
