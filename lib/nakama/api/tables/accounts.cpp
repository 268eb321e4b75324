// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/accounts.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/accounts.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<account_device>() {
    static constexpr std::array fields{
        member<&account_device::id>("id"),
        member<&account_device::vars>("vars"),
    };
    static constexpr schema layout{"account_device", fields};
    return layout;
}

template <>
const schema& schema_of<account>() {
    static constexpr std::array fields{
        member<&account::user>("user"),
        member<&account::wallet>("wallet"),
        member<&account::email>("email"),
        member<&account::devices>("devices"),
        member<&account::custom_id>("custom_id"),
        member<&account::verify_time>("verify_time"),
        member<&account::disable_time>("disable_time"),
    };
    static constexpr schema layout{"account", fields};
    return layout;
}

} // namespace nakama::wire
