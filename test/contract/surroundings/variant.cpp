#include "contract/surroundings.hpp"
#include "contract/surroundings/boards.hpp"
#include "contract/surroundings/groups.hpp"

namespace replay {
namespace {

class variant final : public surroundings {
public:
    void begin(stage& stage, cast&, const std::vector<json::object>& exchanges) override {
        run_ = run_of(exchanges, "/v2/leaderboard", "ranked");
        if (!run_.empty())
            stage.server.leaderboards().create({.id = "ranked-" + run_, .enable_ranks = false});
    }

    void before(stage& stage, cast&, const json::object& exchange) override {
        if (text(exchange, "name") == "leaderboard record of an owner without username")
            stage.server.leaderboards().write("ranked-" + run_,
                                              {.owner_id = "11111111-2222-4333-8444-555555555555",
                                               .score = 9,
                                               .subscore = 1,
                                               .metadata = R"({"by": "server"})"});
    }

private:
    std::string run_;
};

} // namespace

std::unique_ptr<surroundings> variant_surroundings() {
    return std::make_unique<variant>();
}

} // namespace replay
