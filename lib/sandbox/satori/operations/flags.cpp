#include "sandbox/satori/authorisation.hpp"
#include "sandbox/satori/filter.hpp"
#include "sandbox/satori/operations/operations.hpp"
#include "sandbox/satori/state/targeting.hpp"
#include "wire/json_writer.hpp"

#include <satori/api/flags.hpp>

#include <array>

namespace nakama::sandbox::liveops {
namespace {

satori::flag_value_change_reason reason_of(const satori::flag_override_value& source) {
    using kind = satori::flag_override_type;
    using reason = satori::flag_value_change_reason_type;
    reason type = reason::unknown;
    switch (source.type) {
    case kind::flag:
        break;
    case kind::flag_variant:
        type = reason::flag_variant;
        break;
    case kind::live_event_flag:
    case kind::live_event_flag_variant:
        type = reason::live_event;
        break;
    case kind::experiment_phase_variant_flag:
        type = reason::experiment;
        break;
    }
    return {type, source.name, source.variant_name};
}

std::string get_flags(world& world, const http_request& request) {
    const filter wanted{query_parameters::strict(request.query)};
    const identity_record* identity = require_identity_or_api_key(world, request);
    satori::flag_list list;
    for (const auto& flag : world.liveops.flags) {
        if (!wanted.takes(flag.definition)) continue;
        const auto sources = overrides_of(world.liveops, flag, identity, world.now());
        satori::flag listed{.name = flag.definition.name,
                            .value = sources.back().value,
                            .condition_changed = sources.size() > 1,
                            .labels = flag.definition.labels};
        if (listed.condition_changed) listed.change_reason = reason_of(sources.back());
        list.flags.push_back(std::move(listed));
    }
    return wire::to_json(list);
}

std::string get_flag_overrides(world& world, const http_request& request) {
    const filter wanted{query_parameters::strict(request.query)};
    const identity_record* identity = require_identity_or_api_key(world, request);
    satori::flag_override_list list;
    for (const auto& flag : world.liveops.flags)
        if (wanted.takes(flag.definition))
            list.flags.push_back({flag.definition.name,
                                  overrides_of(world.liveops, flag, identity, world.now()),
                                  flag.definition.labels});
    return wire::to_json(list);
}

constexpr std::array routes{
    route{"GET", "/v1/flag", get_flags},
    route{"GET", "/v1/flag/override", get_flag_overrides},
};

} // namespace

std::span<const route> flag_routes() {
    return routes;
}

} // namespace nakama::sandbox::liveops
