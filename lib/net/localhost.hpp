// Hosts that are this machine.
#pragma once

#include <string_view>

namespace nakama::net {

/// Whether a name means this machine whatever a resolver says (RFC 6761, 6.3): minimal systems have no entry
/// for it.
[[nodiscard]] bool is_localhost(std::string_view host);

/// The same, or whether it is a loopback address.
[[nodiscard]] bool is_this_machine(std::string_view host);

} // namespace nakama::net
