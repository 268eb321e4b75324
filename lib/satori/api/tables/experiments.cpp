// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/satori/api/experiments.hpp declares.
#include "wire/schema.hpp"

#include <satori/api/experiments.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<satori::experiment>() {
    static constexpr std::array fields{
        member<&satori::experiment::name>("name"),
        member<&satori::experiment::value>("value"),
        member<&satori::experiment::labels>("labels"),
        member<&satori::experiment::phase_name>("phase_name"),
        member<&satori::experiment::phase_variant_name>("phase_variant_name"),
    };
    static constexpr schema layout{"experiment", fields};
    return layout;
}

template <>
const schema& schema_of<satori::experiment_list>() {
    static constexpr std::array fields{
        member<&satori::experiment_list::experiments>("experiments"),
    };
    static constexpr schema layout{"experiment_list", fields};
    return layout;
}

} // namespace nakama::wire
