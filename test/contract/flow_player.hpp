// A whole flow: its sockets, and what is recorded of them in its order.
#pragma once

#include "flow_actor.hpp"

#include <map>

namespace nakama::test {

class flow_player {
public:
    explicit flow_player(flow_report& report) : report_{report} {}

    ~flow_player() {
        actors_.clear();
        if (io_.stopped()) io_.restart();
        io_.poll();
    }
    flow_player(const flow_player&) = delete;
    flow_player& operator=(const flow_player&) = delete;

    void play(const std::string& name, const json::array& entries) {
        std::size_t number = 0;
        for (const auto& each : entries) {
            const auto& entry = each.as_object();
            const auto direction = text_in(entry, "dir");
            // What comes in a row is written in a row.
            if (direction != "recv") settle();
            report_.where = name + " entry " + std::to_string(number++);
            if (direction == "http" || direction == "comment") continue;
            play(direction, entry);
        }
        settle();
        report_.where = name + " at its end";
        for (auto& [label, actor] : actors_) actor.leave();
        settle();
    }

private:
    void play(const std::string& direction, const json::object& entry) {
        using step = void (flow_actor::*)(const json::object&);
        static const std::map<std::string, step> steps{
            {"open", &flow_actor::open}, {"send", &flow_actor::send}, {"recv", &flow_actor::receive},
            {"ping", &flow_actor::ping}, {"pong", &flow_actor::pong}, {"close", &flow_actor::close},
            {"eof", &flow_actor::end},
        };
        const auto found = steps.find(direction);
        if (found == steps.end()) return report_.note("an entry of an unknown kind, " + direction);
        auto& actor = actors_.try_emplace(text_in(entry, "socket"), io_, report_).first->second;
        (actor.*found->second)(entry);
    }

    void settle() {
        for (auto& [label, actor] : actors_) actor.settle();
    }

    flow_report& report_;
    asio::io_context io_;
    std::map<std::string, flow_actor> actors_;
};

} // namespace nakama::test
