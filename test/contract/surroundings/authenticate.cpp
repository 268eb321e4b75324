#include "contract/surroundings.hpp"
#include "contract/surroundings/groups.hpp"

namespace replay {
namespace {

class authenticate final : public surroundings {
public:
    void before(stage& stage, cast&, const json::object& exchange) override {
        if (text(exchange, "name") != "custom existing") return;
        // The exchange that made this account may be kept elsewhere.
        const std::string id = text(exchange.at("request").at("body").as_object(), "id");
        const auto claims = wire::read_jwt(text(exchange.at("response").at("body").as_object(), "token"));
        if (!stage.server.accounts().find_by_username(claims->usn))
            stage.server.accounts().add({.id = claims->uid, .username = claims->usn, .custom_id = id});
    }
};

} // namespace

std::unique_ptr<surroundings> authenticate_surroundings() {
    return std::make_unique<authenticate>();
}

} // namespace replay
