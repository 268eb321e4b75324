#include "contract/surroundings.hpp"
#include "contract/surroundings/groups.hpp"
#include "contract/surroundings/sockets.hpp"

#include <set>

namespace replay {
namespace {

/// Profiles were filled in, and sockets opened, without a request of this group.
class users final : public surroundings {
public:
    void before(stage& stage, cast&, const json::object& exchange) override {
        const json::value* answer = exchange.at("response").as_object().if_contains("body");
        if (!answer || !answer->is_object()) return;
        const json::value* told = answer->get_object().if_contains("users");
        if (!told) return;
        fill_in(stage);
        audience_.follow(stage, *told);
    }

    void begin(stage&, cast&, const std::vector<json::object>& exchanges) override {
        for (const json::object& exchange : exchanges) {
            const json::value* answer = exchange.at("response").as_object().if_contains("body");
            if (!answer || !answer->is_object()) continue;
            if (const json::value* told = answer->get_object().if_contains("users"))
                for (const json::value& user : told->as_array())
                    profiles_[text(user.as_object(), "id")] = user.as_object();
        }
    }

private:
    void fill_in(stage& stage) {
        for (const auto& [id, user] : profiles_) {
            if (!stage.server.accounts().find(id) || !user.contains("display_name")) continue;
            stage.server.accounts().update(id, {.display_name = text(user, "display_name"),
                                                .avatar_url = text(user, "avatar_url"),
                                                .lang_tag = text(user, "lang_tag"),
                                                .location = text(user, "location"),
                                                .timezone = text(user, "timezone")});
        }
    }

    std::map<std::string, json::object> profiles_;
    audience audience_;
};

} // namespace

std::unique_ptr<surroundings> users_surroundings() {
    return std::make_unique<users>();
}

} // namespace replay
