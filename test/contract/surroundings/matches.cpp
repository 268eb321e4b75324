#include "contract/surroundings.hpp"
#include "contract/surroundings/bystanders.hpp"
#include "contract/surroundings/groups.hpp"

#include <set>

namespace replay {
namespace {

/// The matches that are listed, with as many members as they have there, and what the matchmaker did.
class matches final : public surroundings {
public:
    void begin(stage&, cast&, const std::vector<json::object>& exchanges) override {
        for (const json::object& exchange : exchanges) {
            const json::value* listed = content_of(exchange, "matches");
            if (!listed) continue;
            for (const json::value& one : listed->as_array())
                if (known_.insert(text(one.as_object(), "match_id")).second)
                    listed_.push_back(one.as_object());
        }
    }

    void before(stage& stage, cast& cast, const json::object& exchange) override {
        if (text(exchange.at("request").at("headers").as_object(), "Authorization").empty()) return;
        for (const json::object& one : std::exchange(listed_, {})) create(stage, cast, exchange, one);
        if (content_of(exchange, "completions")) matchmake(stage, cast, exchange);
    }

private:
    static const json::value* content_of(const json::object& exchange, std::string_view name) {
        const json::value* body = exchange.at("response").as_object().if_contains("body");
        return body && body->is_object() ? body->get_object().if_contains(name) : nullptr;
    }

    static std::int64_t number_or_zero(const json::value* value) { return value ? value->as_int64() : 0; }

    void create(stage& stage, cast& cast, const json::object& exchange, const json::object& listed) {
        const std::int64_t size = number_or_zero(listed.if_contains("size"));
        const std::string recorded = text(listed, "match_id");
        auto running = stage.server.matches();
        if (listed.contains("authoritative")) {
            const std::string params = json::serialize(json::object{{"label", text(listed, "label")}});
            const std::string id = running.create(text(listed, "handler_name"), params);
            cast.learn(recorded, id);
            for (std::int64_t i = 0; i < size; ++i)
                bystanders::say(sockets_.open(stage, cast, exchange),
                                R"({"match_join":{"match_id":")" + id + R"("}})");
            return;
        }
        std::set<std::string> before;
        for (const auto& one : running.list({.limit = 100, .authoritative = false}))
            before.insert(one.match_id);
        bystanders::say(sockets_.open(stage, cast, exchange), R"({"match_create":{}})");
        for (const auto& one : running.list({.limit = 100, .authoritative = false}))
            if (!before.contains(one.match_id)) cast.learn(recorded, one.match_id);
    }

    /// So many tickets were found, and so many waited when that was looked at last.
    void matchmake(stage& stage, const cast& cast, const json::object& exchange) {
        constexpr std::chrono::nanoseconds off_the_second{7'324'491};
        stage.advance_to(stage.clock->wall_now() + off_the_second);
        const std::int64_t waiting = number_or_zero(content_of(exchange, "ticket_count"));
        if (waiting >= 2) {
            for (std::int64_t i = 2; i < waiting; ++i)
                ask(stage, cast, exchange, "alone" + std::to_string(i));
            pair(stage, cast, exchange);
            return;
        }
        const std::size_t found = content_of(exchange, "completions")->as_array().size();
        for (std::size_t i = 0; i < found; i += 2) pair(stage, cast, exchange);
        stage.advance_to(stage.clock->wall_now() + stage::recorded_config().matchmaker_interval);
    }

    void pair(stage& stage, const cast& cast, const json::object& exchange) {
        ask(stage, cast, exchange, "pair");
        ask(stage, cast, exchange, "pair");
    }

    void ask(stage& stage, const cast& cast, const json::object& exchange, const std::string& whom) {
        bystanders::say(sockets_.open(stage, cast, exchange),
                        R"({"matchmaker_add":{"min_count":2,"max_count":2,"query":"+properties.with:)" +
                            whom + R"(","string_properties":{"with":")" + whom + R"("}}})");
    }

    std::set<std::string> known_;
    std::vector<json::object> listed_;
    bystanders sockets_;
};

} // namespace

std::unique_ptr<surroundings> matches_surroundings() {
    return std::make_unique<matches>();
}

} // namespace replay
