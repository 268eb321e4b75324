// Generated from gen/api by nakama-gen; not to be edited.
// Feature flags with their values for an identity.
#pragma once

#include <nakama/list_view.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace satori {

/// What kind of thing changed a flag's value. The server's `Flag.ValueChangeReason.Type`. Numbers that this
/// version does not know are kept.
enum class flag_value_change_reason_type : std::int32_t {
    unknown = 0, ///< not told
    flag_variant = 1, ///< a variant of the flag itself
    live_event = 2, ///< a live event
    experiment = 3, ///< an experiment
};

/// What kind of thing sets a flag's value. The server's `FlagOverride.Type`. Numbers that this version does
/// not know are kept.
enum class flag_override_type : std::int32_t {
    flag = 0, ///< the flag itself
    flag_variant = 1, ///< a variant of the flag itself
    live_event_flag = 2, ///< a live event
    live_event_flag_variant = 3, ///< a variant of a live event
    experiment_phase_variant_flag = 4, ///< a variant of an experiment's phase
};

/// What gave a flag its value in place of the default. The server's `Flag.ValueChangeReason`.
struct flag_value_change_reason {
    flag_value_change_reason_type type{}; ///< what kind of thing it was
    std::string name{}; ///< of the flag variant, live event or experiment
    std::string variant_name{}; ///< of the variant, where there are several

    bool operator==(const flag_value_change_reason&) const = default;
};

/// A feature flag with its value for the identity.
struct flag {
    std::string name{}; ///< as configured, unique
    std::string value{}; ///< any text, often JSON, a number or a truth value
    bool condition_changed{}; ///< whether the value is other than the flag's default
    flag_value_change_reason change_reason{}; ///< what changed the value, if anything did
    std::vector<std::string> labels{}; ///< as configured

    bool operator==(const flag&) const = default;
};

/// The flags of an identity.
struct flag_list {
    std::vector<flag> flags{}; ///< those that passed the filters

    bool operator==(const flag_list&) const = default;
};

/// One thing that sets a flag's value. The server's `FlagOverride.Value`.
struct flag_override_value {
    flag_override_type type{}; ///< what kind of thing it is
    std::string name{}; ///< of the flag, live event or experiment
    std::string variant_name{}; ///< of the variant, where there are several
    std::string value{}; ///< any text, as for the flag itself
    std::int64_t create_time_sec{}; ///< when it was configured, Unix time in seconds

    bool operator==(const flag_override_value&) const = default;
};

/// A flag with everything that sets its value.
struct flag_override {
    std::string flag_name{}; ///< as configured, unique
    std::vector<flag_override_value> overrides{}; ///< what sets the value, the flag itself included
    std::vector<std::string> labels{}; ///< as configured

    bool operator==(const flag_override&) const = default;
};

/// The flags of an identity with their overrides.
struct flag_override_list {
    std::vector<flag_override> flags{}; ///< those that passed the filters

    bool operator==(const flag_override_list&) const = default;
};

/// List flags.
struct get_flags_request {
    nakama::text_list names{}; ///< only flags of these names; empty means any
    nakama::text_list labels{}; ///< only flags that have these labels; empty means any
};

/// List flags.
struct get_flag_overrides_request {
    nakama::text_list names{}; ///< only flags of these names; empty means any
    nakama::text_list labels{}; ///< only flags that have these labels; empty means any
};

} // namespace satori
