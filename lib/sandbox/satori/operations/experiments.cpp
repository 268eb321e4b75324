#include "sandbox/satori/authorisation.hpp"
#include "sandbox/satori/filter.hpp"
#include "sandbox/satori/operations/operations.hpp"
#include "sandbox/satori/state/targeting.hpp"
#include "wire/json_writer.hpp"

#include <satori/api/experiments.hpp>

#include <array>

namespace nakama::sandbox::liveops {
namespace {

std::string get_experiments(world& world, const http_request& request) {
    const filter wanted{query_parameters::strict(request.query)};
    const caller caller = require_identity(world, request);
    satori::experiment_list list;
    for (const auto& [experiment, create_time] : world.liveops.experiments) {
        if (!wanted.takes(experiment)) continue;
        if (const auto* variant = variant_of(experiment, caller.record.identity, world.now()))
            list.experiments.push_back(
                {experiment.name, variant->value, experiment.labels, experiment.phase_name, variant->name});
    }
    return wire::to_json(list);
}

constexpr std::array routes{
    route{"GET", "/v1/experiment", get_experiments},
};

} // namespace

std::span<const route> experiment_routes() {
    return routes;
}

} // namespace nakama::sandbox::liveops
