#include "contract/surroundings.hpp"
#include "contract/surroundings/boards.hpp"
#include "contract/surroundings/groups.hpp"

namespace replay {
namespace {

/// When the recorded server made them: most of them began at once.
nakama::timestamp start_of(const std::vector<json::object>& exchanges, const std::string& tournament) {
    for (const json::object& exchange : exchanges) {
        const json::value* body = exchange.at("response").as_object().if_contains("body");
        const json::value* list =
            body && body->is_object() ? body->get_object().if_contains("tournaments") : nullptr;
        if (!list) continue;
        for (const json::value& one : list->as_array())
            if (text(one.as_object(), "id") == tournament)
                return wire::parse_rfc3339(text(one.as_object(), "start_time")).value();
    }
    throw std::runtime_error{"no listing tells when " + tournament + " starts"};
}

class tournaments final : public surroundings {
public:
    void begin(stage& stage, cast&, const std::vector<json::object>& exchanges) override {
        using namespace std::chrono_literals;
        using by = nakama::leaderboard_operator;
        const std::string run = '-' + run_of(exchanges, "/v2/tournament", "t-main");
        const auto start = start_of(exchanges, "t-main" + run);
        sandbox::new_tournament usual{.duration = 1h,
                                      .title = "title",
                                      .description = "description",
                                      .category = 40,
                                      .start_time = start,
                                      .max_size = 100,
                                      .max_num_score = 10,
                                      .join_required = true};
        auto boards = stage.server.tournaments();
        const auto create = [&](const std::string& name, auto differ) {
            sandbox::new_tournament one = usual;
            one.id = name + run;
            differ(one);
            boards.create(one);
        };
        create("t-main", [&](auto& one) {
            one.title = "Zoë's";
            one.description = "Zoë \"q\" \\ / \xe2\x80\xa8 日本 🎮 \t<&>\x7f";
            one.metadata = R"({"prize": "🏆"})";
            one.end_time = start + 2h;
            one.max_num_score = 2;
        });
        create("t-auth", [](auto& one) { one.authoritative = true; });
        create("t-full", [](auto& one) { one.max_size = 1; });
        create("t-nojoin", [](auto& one) {
            one.operator_ = by::increment;
            one.category = 41;
            one.max_num_score = 1;
            one.join_required = false;
        });
        create("t-future", [&](auto& one) {
            one.category = 42;
            one.start_time = start + 1h;
            one.duration = 1min;
        });
        create("t-daily", [](auto& one) {
            one.order = sandbox::score_order::lowest_first;
            one.operator_ = by::set;
            one.reset_schedule = "0 0 * * *";
            one.category = 43;
            one.duration = 24h;
            one.join_required = false;
        });
        create("t-once", [](auto& one) {
            one.category = 44;
            one.duration = 1s;
        });
        stage.server.leaderboards().create({.id = "t-open" + run});
    }
};

} // namespace

std::unique_ptr<surroundings> tournaments_surroundings() {
    return std::make_unique<tournaments>();
}

} // namespace replay
