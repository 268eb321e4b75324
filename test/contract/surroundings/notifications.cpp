#include "contract/surroundings.hpp"
#include "contract/surroundings/groups.hpp"

namespace replay {
namespace {

/// Between the lists that are empty and those that are not, others notified the user who asks.
class notifications final : public surroundings {
public:
    void begin(stage&, cast&, const std::vector<json::object>& exchanges) override {
        for (const json::object& exchange : exchanges)
            for (const json::value& one : listed(exchange)) {
                const json::object& fields = one.as_object();
                if (known_.insert(text(fields, "id")).second) notices_.push_back(read(fields));
            }
    }

    void before(stage& stage, cast&, const json::object& exchange) override {
        if (sent_ || listed(exchange).empty()) return;
        sent_ = true;
        const std::string authorisation =
            text(exchange.at("request").at("headers").as_object(), "Authorization");
        const auto caller = wire::read_jwt(find_tokens(authorisation).at(0));
        for (const sandbox::new_notification& one : notices_)
            stage.server.notifications().send(caller->uid, one);
        stage.server.notifications().send(caller->uid, {.subject = "not kept", .persistent = false});
    }

private:
    static json::array listed(const json::object& exchange) {
        const json::value* body = exchange.at("response").as_object().if_contains("body");
        const json::value* list =
            body && body->is_object() ? body->get_object().if_contains("notifications") : nullptr;
        return list ? list->as_array() : json::array{};
    }

    static sandbox::new_notification read(const json::object& fields) {
        return {.subject = text(fields, "subject"),
                .content = text(fields, "content"),
                .code = fields.at("code").to_number<std::int32_t>(),
                .sender_id = text(fields, "sender_id")};
    }

    std::set<std::string> known_;
    std::vector<sandbox::new_notification> notices_; // oldest first, as every list has them
    bool sent_ = false;
};

} // namespace

std::unique_ptr<surroundings> notifications_surroundings() {
    return std::make_unique<notifications>();
}

} // namespace replay
