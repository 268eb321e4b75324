// Generated from gen/api by nakama-gen; not to be edited.
// Experiments that an identity takes part in.
#pragma once

#include <nakama/list_view.hpp>

#include <string>
#include <vector>

namespace satori {

/// An experiment that the identity takes part in.
struct experiment {
    std::string name{}; ///< as configured, unique
    std::string value{}; ///< the variant's value: any text, often JSON
    std::vector<std::string> labels{}; ///< as configured
    std::string phase_name{}; ///< of the phase it is in
    std::string phase_variant_name{}; ///< of the variant that the identity has in this phase

    bool operator==(const experiment&) const = default;
};

/// The experiments of an identity.
struct experiment_list {
    std::vector<experiment> experiments{}; ///< those that passed the filters

    bool operator==(const experiment_list&) const = default;
};

/// List experiments.
struct get_experiments_request {
    nakama::text_list names{}; ///< only experiments of these names; empty means any
    nakama::text_list labels{}; ///< only experiments that have these labels; empty means any
};

} // namespace satori
