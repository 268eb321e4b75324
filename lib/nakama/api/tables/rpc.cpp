// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/rpc.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/rpc.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<rpc>() {
    static constexpr std::array fields{
        member<&rpc::id>("id"),
        member<&rpc::payload>("payload"),
        member<&rpc::http_key>("http_key"),
    };
    static constexpr schema layout{"rpc", fields};
    return layout;
}

} // namespace nakama::wire
