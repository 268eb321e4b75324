#include "sandbox/http/refusal.hpp"
#include "sandbox/satori/authorisation.hpp"
#include "sandbox/satori/filter.hpp"
#include "sandbox/satori/operations/operations.hpp"
#include "sandbox/satori/state/targeting.hpp"
#include "wire/json_writer.hpp"

#include <satori/api/live_events.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace nakama::sandbox::liveops {
namespace {

/// Which runs a request asks for.
struct runs_wanted {
    std::int32_t past{};
    std::int32_t future{};
    std::optional<window> within{};

    explicit runs_wanted(const query_parameters& parameters)
        : past{parameters.int32("past_run_count").value_or(0)},
          future{parameters.int32("future_run_count").value_or(0)} {
        const std::int64_t begin = parameters.int64("start_time_sec").value_or(0);
        const std::int64_t end = parameters.int64("end_time_sec").value_or(0);
        // The year 9999: far enough, and no sum of it with a run's length overflows.
        constexpr std::int64_t latest = 253'402'300'799;
        if (begin != 0 || end != 0) within = window{std::min(begin, latest), std::min(end, latest)};
    }

    void check() const {
        if (past < 0 || future < 0) throw refusal{code::invalid_argument, "Run counts must not be negative."};
        if (!within) return;
        if (within->begin <= 0 || within->end <= 0)
            throw refusal{code::invalid_argument, "start_time_sec and end_time_sec must be greater than 0"};
        if (within->begin > within->end)
            throw refusal{code::invalid_argument, "start_time_sec cannot be after end_time_sec"};
    }

    /// The present run first, then those that are over, then those to come.
    [[nodiscard]] std::vector<run> of(const live_event& event, std::int64_t now) const {
        // More would be no use to anybody, and the server's memory ends somewhere.
        constexpr std::int32_t most = 100;
        const schedule schedule = schedule_of(event);
        std::vector<run> runs;
        auto present = schedule.running(now);
        // Whoever is to join first has to see it before it begins.
        if (!present && event.explicit_join && future == 0) present = schedule.upcoming(now);
        if (present && touches(*present, within)) runs.push_back(*present);
        std::ranges::copy(schedule.past(now, std::min(past, most), within), std::back_inserter(runs));
        std::ranges::copy(schedule.future(now, std::min(future, most), within), std::back_inserter(runs));
        return runs;
    }
};

satori::live_event describe(const live_event& event, const identity& identity, const run& run) {
    const live_event_variant* variant = variant_of(event, identity);
    const schedule schedule = schedule_of(event);
    return {.id = event.id,
            .name = event.name,
            .description = event.description,
            .value = variant ? variant->value : event.value,
            .active_start_time_sec = run.begin,
            .active_end_time_sec = run.end,
            .start_time_sec = schedule.start,
            .end_time_sec = schedule.end,
            .duration_sec = schedule.duration,
            .reset_cron = event.reset_cron,
            .status = run.status,
            .labels = event.labels};
}

std::string get_live_events(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const filter wanted{parameters};
    const runs_wanted runs{parameters};
    const caller caller = require_identity(world, request);
    runs.check();
    satori::live_event_list list;
    for (const auto& [event, create_time] : world.liveops.live_events) {
        if (!wanted.takes(event) || !takes(event.who, caller.record.identity)) continue;
        auto& part = event.explicit_join && !caller.record.joined.contains(event.id)
                         ? list.explicit_join_live_events
                         : list.live_events;
        for (const run& one : runs.of(event, unix_seconds(world.now())))
            part.push_back(describe(event, caller.record.identity, one));
    }
    return wire::to_json(list);
}

std::string join_live_event(world& world, const http_request& request) {
    const caller caller = require_identity(world, request);
    const std::string& id = request.path_value("id");
    const auto found = std::ranges::find_if(world.liveops.live_events,
                                            [&](const auto& entry) { return entry.definition.id == id; });
    if (found == world.liveops.live_events.end() || !takes(found->definition.who, caller.record.identity))
        throw refusal{code::not_found, "Live event not found."};
    const live_event& event = found->definition;
    if (!event.explicit_join) throw refusal{code::invalid_argument, "Live event does not take participants."};
    const schedule schedule = schedule_of(event);
    const std::int64_t now = unix_seconds(world.now());
    if (!schedule.running(now) && !schedule.upcoming(now))
        throw refusal{code::invalid_argument, "Live event has ended."};
    caller.record.joined.insert(id);
    return "{}";
}

constexpr std::array routes{
    route{"GET", "/v1/live-event", get_live_events},
    route{"POST", "/v1/live-event/{id}/participation", join_live_event},
};

} // namespace

std::span<const route> live_event_routes() {
    return routes;
}

} // namespace nakama::sandbox::liveops
