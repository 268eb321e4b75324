#include "contract/surroundings.hpp"
#include "contract/surroundings/groups.hpp"

namespace replay {
namespace {

/// Accounts are deleted without a request of this group.
class sessions final : public surroundings {
public:
    void before(stage& stage, cast&, const json::object& exchange) override {
        if (!text(exchange, "name").starts_with("refresh after the account was deleted")) return;
        const auto claims = wire::read_jwt(text(exchange.at("request").at("body").as_object(), "token"));
        stage.server.accounts().remove(claims->uid);
    }
};

} // namespace

std::unique_ptr<surroundings> sessions_surroundings() {
    return std::make_unique<sessions>();
}

} // namespace replay
