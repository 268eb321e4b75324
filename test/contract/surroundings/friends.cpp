#include "contract/surroundings.hpp"
#include "contract/surroundings/groups.hpp"

namespace replay {
namespace {

class friends final : public surroundings {
public:
    void before(stage& stage, cast& cast, const json::object& exchange) override {
        // The page before this one may be kept elsewhere, and with it what its cursor stands for.
        if (text(exchange, "name") != "list page 2") return;
        const std::string recorded = parameter(exchange, "cursor");
        if (cast.knows(recorded)) return;
        const auto reply = make_up(stage, cast, exchange, "GET", "/v2/friend?limit=2");
        cast.learn(recorded, text(json::parse(reply.body).as_object(), "cursor"));
    }
};

} // namespace

std::unique_ptr<surroundings> friends_surroundings() {
    return std::make_unique<friends>();
}

} // namespace replay
