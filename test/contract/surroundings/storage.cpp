#include "contract/surroundings.hpp"
#include "contract/surroundings/groups.hpp"

namespace replay {
namespace {

/// Objects that were written, or deleted, in exchanges that may be kept elsewhere.
class storage final : public surroundings {
public:
    void begin(stage&, cast&, const std::vector<json::object>& exchanges) override {
        for (const json::object& exchange : exchanges) {
            const json::value* body = exchange.at("response").as_object().if_contains("body");
            if (!owner_.empty() || !body || !body->is_object() || !body->get_object().contains("acks"))
                continue;
            learn_from(exchange);
        }
    }

    void before(stage& stage, cast& cast, const json::object& exchange) override {
        const std::string name = text(exchange, "name");
        // Just before they matter: where they are not kept elsewhere, they are there by then.
        if (name == "write unicode and escapes") {
            put(stage, {.key = "m", .value = R"({"n":3})", .permission_read = 2});
        } else if (name == "write same value again") {
            put(stage, {.key = "one", .value = R"({"a":1,"b":[true,null,1.50],"c":"é"})"});
        } else if (name == "write whitespace is kept out of the stored value") {
            for (const char* i : {"0", "1", "2"})
                put(stage, {.key = std::string{"pub"} + i,
                            .value = std::string{R"({"i":)"} + i + '}',
                            .permission_read = 2});
        } else if (name == "list own by user_id parameter") {
            put(stage, {.key = "a", .value = R"({"n":2})"});
            put(stage, {.key = "z"});
        } else if (name == "list public page 2") {
            learn_cursor(stage, cast, exchange, "?limit=2");
        } else if (name == "list own page 2") {
            learn_cursor(stage, cast, exchange, "?limit=4&user_id=" + owner_);
        }
    }

private:
    void learn_from(const json::object& exchange) {
        const json::value& ack = exchange.at("response").at("body").at("acks").at(0);
        owner_ = ack.at("user_id").as_string();
        collection_ = ack.at("collection").as_string();
    }

    void put(stage& stage, sandbox::new_storage_object object) {
        object.collection = collection_;
        object.user_id = owner_;
        if (!stage.server.storage().find(collection_, object.key, owner_))
            stage.server.storage().write(object);
    }

    void learn_cursor(stage& stage, cast& cast, const json::object& exchange, const std::string& query) {
        const std::string recorded = parameter(exchange, "cursor");
        if (cast.knows(recorded)) return;
        const auto reply = make_up(stage, cast, exchange, "GET", "/v2/storage/" + collection_ + query);
        cast.learn(recorded, text(json::parse(reply.body).as_object(), "cursor"));
    }

    std::string owner_;
    std::string collection_;
};

} // namespace

std::unique_ptr<surroundings> storage_surroundings() {
    return std::make_unique<storage>();
}

} // namespace replay
