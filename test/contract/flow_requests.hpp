// The requests of one socket that are under way, as recorded and as ours made them.
#pragma once

#include "message_kind.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace nakama::test {

namespace json = boost::json;

/// A request that was recorded. Those that our client cannot make have no cid of ours.
struct flow_request {
    std::string kind{};
    std::optional<std::string> recorded_cid{};
    std::optional<std::string> own_cid{};
};

class flow_requests {
public:
    void add(flow_request request) { under_way_.push_back(std::move(request)); }

    /// The request that a recorded message answers, which is then over; nothing if it answers none.
    std::optional<flow_request> take(const json::object& answer) {
        const auto* cid = answer.if_contains("cid");
        const auto kind = kind_of(answer);
        const auto found = std::ranges::find_if(under_way_, [&](const flow_request& each) {
            if (cid) return each.recorded_cid && *cid == json::value(*each.recorded_cid);
            return !each.recorded_cid && is_answered_by(each.kind, kind);
        });
        if (found == under_way_.end()) return {};
        auto request = std::move(*found);
        under_way_.erase(found);
        return request;
    }

    /// How many of ours will have no answer; there are none under way then.
    int give_up() {
        const auto ours =
            std::ranges::count_if(under_way_, [](const auto& each) { return each.own_cid.has_value(); });
        under_way_.clear();
        return static_cast<int>(ours);
    }

private:
    /// Without a cid it takes the kinds to tell an answer from an event.
    static bool is_answered_by(std::string_view request, std::string_view kind) {
        static const std::map<std::string_view, std::string_view> answers{
            {"channel_join", "channel"},
            {"channel_message_send", "channel_message_ack"},
            {"channel_message_update", "channel_message_ack"},
            {"channel_message_remove", "channel_message_ack"},
            {"match_create", "match"},
            {"match_join", "match"},
            {"matchmaker_add", "matchmaker_ticket"},
            {"party_create", "party"},
            {"party_join_request_list", "party_join_request"},
            {"party_matchmaker_add", "party_matchmaker_ticket"},
            {"ping", "pong"},
            {"rpc", "rpc"},
            {"status_follow", "status"},
        };
        const auto found = answers.find(request);
        return kind == "error" || kind == (found == answers.end() ? "" : found->second);
    }

    std::deque<flow_request> under_way_;
};

} // namespace nakama::test
