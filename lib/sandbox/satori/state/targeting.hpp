// What an identity gets: its flags' values, its variants of experiments, its live events.
#pragma once

#include "sandbox/satori/state/state.hpp"

#include <satori/api/flags.hpp>

#include <vector>

namespace nakama::sandbox::liveops {

/// Throws refusal if the audience throws.
[[nodiscard]] bool takes(const audience& audience, const identity& identity);

/// Null if the identity does not take part at this time.
[[nodiscard]] const experiment_variant* variant_of(const experiment& experiment, const identity& identity,
                                                   wall_time now);

/// Null if there is none for the identity: then the live event's own value counts.
[[nodiscard]] const live_event_variant* variant_of(const live_event& event, const identity& identity);

[[nodiscard]] schedule schedule_of(const live_event& event);

/// What sets a flag's value, the least first: the last one's value is the flag's. The first is the flag
/// itself. Without an identity there is nothing else.
[[nodiscard]] std::vector<satori::flag_override_value>
overrides_of(const state& state, const named<flag>& flag, const identity_record* identity, wall_time now);

} // namespace nakama::sandbox::liveops
