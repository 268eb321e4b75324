#include "contract/surroundings.hpp"
#include "contract/surroundings/boards.hpp"
#include "contract/surroundings/groups.hpp"
#include "contract/surroundings/sockets.hpp"

#include <map>
#include <set>

namespace replay {
namespace {

const json::object* body_of_answer(const json::object& exchange) {
    const json::value* body = exchange.at("response").as_object().if_contains("body");
    return body && body->is_object() ? &body->get_object() : nullptr;
}

/// The runtime bans users and sets metadata and wallets; subscriptions were put into the database by hand.
class variant final : public surroundings {
public:
    void begin(stage& stage, cast&, const std::vector<json::object>& exchanges) override {
        for (const json::object& exchange : exchanges) {
            look_for_banned(exchange);
            if (const json::object* answer = body_of_answer(exchange)) {
                look_for_subscriptions(*answer);
                look_for_devices(*answer);
            }
        }
        if (!banned_.id.empty()) stage.server.accounts().add(banned_);
        run_ = run_of(exchanges, "/v2/leaderboard", "ranked");
        if (!run_.empty())
            stage.server.leaderboards().create({.id = "ranked-" + run_, .enable_ranks = false});
    }

    void before(stage& stage, cast& cast, const json::object& exchange) override {
        // The recorded server's clock had more than seconds.
        stage.advance_to(stage.clock->wall_now() + std::chrono::microseconds{1237});
        const std::string name = text(exchange, "name");
        if (name.find("banned user") != std::string::npos) ban(stage, name, exchange);
        if (name == "single session, first token after the second authentication")
            authenticate_again(stage, cast, exchange);
        if (name.starts_with("subscription")) put_subscriptions(stage);
        if (name == "leaderboard record of an owner without username")
            stage.server.leaderboards().write("ranked-" + run_,
                                              {.owner_id = "11111111-2222-4333-8444-555555555555",
                                               .score = 9,
                                               .subscore = 1,
                                               .metadata = R"({"by": "server"})"});
        const json::object* answer = body_of_answer(exchange);
        if (!answer) return;
        audience_.follow(stage, *answer);
        if (name == "account with metadata and wallet" || name == "user with metadata") {
            const json::object& user = answer->contains("user") ? answer->at("user").as_object()
                                                                : answer->at("users").at(0).as_object();
            stage.server.accounts().update(text(user, "id"), {.display_name = text(user, "display_name"),
                                                              .metadata = text(user, "metadata")});
        }
        if (answer->contains("wallet"))
            stage.server.accounts().update(text(answer->at("user").as_object(), "id"),
                                           {.wallet = text(*answer, "wallet")});
    }

private:
    void look_for_banned(const json::object& exchange) {
        const std::string name = text(exchange, "name");
        if (name.find("banned user") == std::string::npos) return;
        for_each_text(exchange, [&](std::string_view, const std::string& value) {
            for (const std::string& token : find_tokens(value)) {
                const auto claims = wire::read_jwt(token);
                if (!claims || !claims->usn.starts_with("banned")) continue;
                banned_.id = claims->uid;
                banned_.username = claims->usn;
            }
        });
        const json::object& request = exchange.at("request").as_object();
        if (text(request, "path").ends_with("/device"))
            banned_.devices = {text(request.at("body").as_object(), "id")};
    }

    void ban(stage& stage, const std::string& name, const json::object& exchange) {
        auto accounts = stage.server.accounts();
        const json::object& request = exchange.at("request").as_object();
        if (name == "banned user authenticates, custom") {
            const std::string id = text(request.at("body").as_object(), "id");
            accounts.ban(accounts.add({.custom_id = id}));
        } else if (name == "banned user authenticates, email") {
            const json::object& body = request.at("body").as_object();
            accounts.ban(accounts.add({.email = text(body, "email"), .password = text(body, "password")}));
        } else if (name.starts_with("unbanned")) {
            accounts.unban(banned_.id);
        } else {
            accounts.ban(banned_.id);
        }
    }

    void look_for_devices(const json::object& answer) {
        if (const json::value* devices = answer.if_contains("devices"))
            devices_[text(answer.at("user").as_object(), "id")] = text(devices->at(0).as_object(), "id");
    }

    void authenticate_again(stage& stage, const cast& cast, const json::object& exchange) {
        const std::string bearer = text(exchange.at("request").at("headers").as_object(), "Authorization");
        const auto claims = wire::read_jwt(bearer.substr(std::string_view{"Bearer "}.size()));
        const std::string body = R"({"id":")" + devices_[claims->uid] + "\"}";
        (void)make_up(stage, cast, exchange, "POST", "/v2/account/authenticate/device", body);
    }

    void look_for_subscriptions(const json::object& answer) {
        if (const json::value* list = answer.if_contains("validated_subscriptions"))
            for (const json::value& one : list->as_array()) look_for_subscriptions(one.as_object());
        const std::string id = text(answer, "original_transaction_id");
        // Only lists tell of refunds.
        if (!id.empty() && (!subscriptions_.contains(id) || answer.contains("refund_time")))
            subscriptions_[id] = answer;
    }

    void put_subscriptions(stage& stage) {
        const auto number = [](const json::object& from, const char* name) {
            return from.contains(name) ? static_cast<std::int32_t>(from.at(name).as_int64()) : 0;
        };
        const auto time = [](const json::object& from, const char* name) {
            return wire::parse_rfc3339(text(from, name)).value_or(nakama::timestamp{});
        };
        for (const auto& [id, one] : subscriptions_)
            stage.server.purchases().add(
                {.user_id = text(one, "user_id"),
                 .product_id = text(one, "product_id"),
                 .original_transaction_id = id,
                 .store = static_cast<nakama::store_provider>(number(one, "store")),
                 .purchase_time = time(one, "purchase_time"),
                 .create_time = time(one, "create_time"),
                 .update_time = time(one, "update_time"),
                 .environment = static_cast<nakama::store_environment>(number(one, "environment")),
                 .expiry_time = time(one, "expiry_time"),
                 .refund_time = time(one, "refund_time"),
                 .provider_response = text(one, "provider_response"),
                 .provider_notification = text(one, "provider_notification")});
        subscriptions_.clear();
    }

    sandbox::new_account banned_;
    std::map<std::string, std::string> devices_;        // by the user
    std::map<std::string, json::object> subscriptions_; // by transaction
    audience audience_;
    std::string run_; // of the recording, in the names of its boards
};

} // namespace

std::unique_ptr<surroundings> variant_surroundings() {
    return std::make_unique<variant>();
}

} // namespace replay
