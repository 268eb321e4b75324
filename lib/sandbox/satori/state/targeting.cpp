#include "sandbox/satori/state/targeting.hpp"

#include "sandbox/http/refusal.hpp"

#include <algorithm>
#include <ranges>

namespace nakama::sandbox::liveops {
namespace {

using kind = satori::flag_override_type;

/// The same on every computer and in every run, unlike std::hash: FNV-1a.
std::uint64_t stable_hash(std::string_view text) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    // Its low bits alone are poor.
    return hash ^ (hash >> 32);
}

template <class Variant>
const Variant* first_that_takes(const std::vector<Variant>& variants, const identity& identity) {
    const auto found =
        std::ranges::find_if(variants, [&](const Variant& one) { return takes(one.who, identity); });
    return found == variants.end() ? nullptr : &*found;
}

} // namespace

bool takes(const audience& audience, const identity& identity) {
    if (!audience) return true;
    try {
        return audience(identity);
    } catch (const std::exception& failure) {
        throw refusal{code::internal, std::string{"An audience failed: "} + failure.what()};
    }
}

const experiment_variant* variant_of(const experiment& experiment, const identity& identity, wall_time now) {
    const std::int64_t second = unix_seconds(now);
    const std::int64_t end = seconds_of(experiment.end_time);
    if (second < seconds_of(experiment.start_time) || (end != 0 && second >= end)) return nullptr;
    if (!takes(experiment.who, identity)) return nullptr;
    std::vector<const experiment_variant*> shared;
    for (const experiment_variant& variant : experiment.variants) {
        if (!variant.who) shared.push_back(&variant);
        else if (takes(variant.who, identity)) return &variant;
    }
    if (shared.empty()) return nullptr;
    return shared[stable_hash(experiment.name + '\n' + identity.id) % shared.size()];
}

const live_event_variant* variant_of(const live_event& event, const identity& identity) {
    return first_that_takes(event.variants, identity);
}

schedule schedule_of(const live_event& event) {
    return {.start = seconds_of(event.start_time),
            .end = seconds_of(event.end_time),
            .duration = event.duration.count(),
            .every = event.every.count()};
}

std::vector<satori::flag_override_value> overrides_of(const state& state, const named<flag>& flag,
                                                      const identity_record* identity, wall_time now) {
    const std::string& name = flag.definition.name;
    std::vector<satori::flag_override_value> result{{.type = kind::flag,
                                                     .name = name,
                                                     .value = flag.definition.value,
                                                     .create_time_sec = flag.create_time_sec}};
    if (!identity) return result;
    const liveops::identity& who = identity->identity;

    for (const flag_variant& variant : flag.definition.variants | std::views::reverse)
        if (takes(variant.who, who))
            result.push_back({kind::flag_variant, name, variant.name, variant.value, flag.create_time_sec});

    for (const auto& [event, create_time] : state.live_events) {
        const bool is_in =
            takes(event.who, who) && (!event.explicit_join || identity->joined.contains(event.id));
        if (!is_in || !schedule_of(event).running(unix_seconds(now))) continue;
        const live_event_variant* variant = variant_of(event, who);
        const flag_values& values = variant ? variant->flags : event.flags;
        if (const auto value = values.find(name); value != values.end())
            result.push_back({variant ? kind::live_event_flag_variant : kind::live_event_flag, event.name,
                              variant ? variant->name : "", value->second, create_time});
    }

    for (const auto& [experiment, create_time] : state.experiments) {
        const experiment_variant* variant = variant_of(experiment, who, now);
        if (!variant) continue;
        if (const auto value = variant->flags.find(name); value != variant->flags.end())
            result.push_back({kind::experiment_phase_variant_flag, experiment.name, variant->name,
                              value->second, create_time});
    }
    return result;
}

} // namespace nakama::sandbox::liveops
