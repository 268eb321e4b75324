// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/satori/api/properties.hpp declares.
#include "wire/schema.hpp"

#include <satori/api/properties.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<satori::properties>() {
    static constexpr std::array fields{
        member<&satori::properties::default_>("default"),
        member<&satori::properties::computed>("computed"),
        member<&satori::properties::custom>("custom"),
    };
    static constexpr schema layout{"properties", fields};
    return layout;
}

} // namespace nakama::wire
