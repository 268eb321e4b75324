#include "contract/surroundings.hpp"
#include "contract/surroundings/boards.hpp"
#include "contract/surroundings/groups.hpp"

namespace replay {
namespace {

class leaderboards final : public surroundings {
public:
    void begin(stage& stage, cast&, const std::vector<json::object>& exchanges) override {
        run_ = run_of(exchanges, "/v2/leaderboard", "desc");
        using by = nakama::leaderboard_operator;
        auto boards = stage.server.leaderboards();
        boards.create({.id = id("desc")});
        boards.create({.id = id("asc"), .order = sandbox::score_order::lowest_first});
        boards.create({.id = id("set"), .operator_ = by::set});
        boards.create({.id = id("incr"), .operator_ = by::increment});
        boards.create({.id = id("decr"), .operator_ = by::decrement});
        boards.create({.id = id("reset"), .reset_schedule = "0 0 * * 1"});
        boards.create({.id = id("auth"), .authoritative = true});
    }

    /// Makes up for exchanges that may be kept elsewhere.
    void before(stage& stage, cast& cast, const json::object& exchange) override {
        const std::string name = text(exchange, "name");
        if (name == "write operator as number") increment(stage, cast, exchange);
        if (name == "list ascending") write_better(stage, exchange);
        if (name == "list back to page 1") go_to_page_2(stage, cast, exchange);
    }

private:
    [[nodiscard]] std::string id(const std::string& board) const { return board + '-' + run_; }

    void increment(stage& stage, const cast& cast, const json::object& exchange) {
        const json::object& recorded = exchange.at("response").at("body").as_object();
        const auto record = stage.server.leaderboards().record(id("desc"), text(recorded, "owner_id"));
        if (record && record->num_score + 2 == recorded.at("num_score").as_int64())
            make_up(stage, cast, exchange, "POST", "/v2/leaderboard/" + id("desc"),
                    R"({"score":50,"operator":"INCREMENT"})");
    }

    void write_better(stage& stage, const json::object& exchange) {
        const json::object& best = exchange.at("response").at("body").at("records").at(0).as_object();
        const std::string owner = text(best, "owner_id");
        auto boards = stage.server.leaderboards();
        if (!boards.record(id("asc"), owner))
            boards.write(id("asc"), {.owner_id = owner, .username = text(best, "username"), .score = 2});
    }

    void go_to_page_2(stage& stage, cast& cast, const json::object& exchange) {
        const std::string recorded = parameter(exchange, "cursor");
        if (cast.knows(recorded)) return;
        const std::string target = "/v2/leaderboard/" + id("desc") + "?limit=2";
        const auto first = make_up(stage, cast, exchange, "GET", target);
        const auto second =
            make_up(stage, cast, exchange, "GET",
                    target + "&cursor=" + text(json::parse(first.body).as_object(), "next_cursor"));
        cast.learn(recorded, text(json::parse(second.body).as_object(), "prev_cursor"));
    }

    std::string run_;
};

} // namespace

std::unique_ptr<surroundings> leaderboards_surroundings() {
    return std::make_unique<leaderboards>();
}

} // namespace replay
