#include "contract/surroundings.hpp"
#include "contract/surroundings/bystanders.hpp"
#include "contract/surroundings/groups.hpp"

namespace replay {
namespace {

/// Four parties, each with its leader's socket.
class parties final : public surroundings {
public:
    void before(stage& stage, cast& cast, const json::object& exchange) override {
        const std::string name = text(exchange, "name");
        if (name == "list after they left") sockets_.leave();
        if (name == "list all") create(stage, cast, exchange);
    }

private:
    void create(stage& stage, const cast& cast, const json::object& exchange) {
        for (const char* party :
             {R"({"open":true,"max_size":4,"label":"{\"tag\": \"tag039587\", \"n\": 1}"})",
              R"({"max_size":2,"label":"{\"tag\": \"tag039587\", \"n\": 2, \"t\": \"Zoë\"}"})",
              R"({"open":true,"max_size":3})", R"({"open":true,"max_size":3,"hidden":true})"})
            bystanders::say(sockets_.open(stage, cast, exchange),
                            std::string{R"({"party_create":)"} + party + '}');
    }

    bystanders sockets_;
};

} // namespace

std::unique_ptr<surroundings> parties_surroundings() {
    return std::make_unique<parties>();
}

} // namespace replay
