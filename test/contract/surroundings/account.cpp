#include "contract/surroundings.hpp"
#include "contract/surroundings/groups.hpp"

namespace replay {
namespace {

class account final : public surroundings {
public:
    void before(stage& stage, cast&, const json::object& exchange) override {
        // The one whose name is taken asks for nothing himself.
        if (text(exchange, "name") != "update username taken") return;
        const std::string taken = text(exchange.at("request").at("body").as_object(), "username");
        if (!stage.server.accounts().find_by_username(taken))
            stage.server.accounts().add({.username = taken, .devices = {"setup-" + taken}});
    }
};

} // namespace

std::unique_ptr<surroundings> account_surroundings() {
    return std::make_unique<account>();
}

} // namespace replay
