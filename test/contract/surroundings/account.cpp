#include "contract/surroundings.hpp"
#include "contract/surroundings/groups.hpp"
#include "contract/surroundings/sockets.hpp"

namespace replay {
namespace {

/// The wallet came from the runtime, identities and sockets from requests that were not recorded.
class account final : public surroundings {
public:
    void before(stage& stage, cast& cast, const json::object& exchange) override {
        // The one whose name is taken asks for nothing himself.
        if (text(exchange, "name") == "update username taken") {
            const std::string taken = text(exchange.at("request").at("body").as_object(), "username");
            if (!stage.server.accounts().find_by_username(taken))
                stage.server.accounts().add({.username = taken, .devices = {"setup-" + taken}});
        }
        const json::value* answer = exchange.at("response").as_object().if_contains("body");
        if (!answer || !answer->is_object() || !answer->get_object().contains("wallet")) return;
        const json::object& recorded = answer->get_object();
        const std::string user = text(recorded.at("user").as_object(), "id");
        stage.server.accounts().update(user, {.wallet = text(recorded, "wallet")});
        fill_in(stage, cast, exchange, recorded.at("user").as_object());
        link(stage, cast, exchange, recorded, stage.server.accounts().find(user).value());
        audience_.follow(stage, *answer);
    }

private:
    /// The exchange that told the location may be kept elsewhere.
    static void fill_in(stage& stage, const cast& cast, const json::object& exchange,
                        const json::object& user) {
        const std::string location = text(user, "location");
        if (location.empty() || !stage.server.accounts().find(text(user, "id"))->user.location.empty())
            return;
        (void)make_up(stage, cast, exchange, "PUT", "/v2/account", R"({"location":")" + location + "\"}");
    }

    static void link(stage& stage, const cast& cast, const json::object& exchange,
                     const json::object& recorded, const nakama::account& here) {
        const auto ask = [&](const std::string& what, const std::string& body) {
            require(make_up(stage, cast, exchange, "POST", "/v2/account/link/" + what, body).status == 200,
                    "cannot link " + what);
        };
        const json::array& devices = recorded.at("devices").as_array();
        for (std::size_t i = here.devices.size(); i < devices.size(); ++i)
            ask("device", json::serialize(devices[i]));
        if (const std::string id = text(recorded, "custom_id"); id != here.custom_id)
            ask("custom", R"({"id":")" + id + "\"}");
        if (const std::string email = text(recorded, "email"); email != here.email)
            ask("email", R"({"email":")" + email + R"(","password":"password1"})");
    }

    audience audience_;
};

} // namespace

std::unique_ptr<surroundings> account_surroundings() {
    return std::make_unique<account>();
}

} // namespace replay
