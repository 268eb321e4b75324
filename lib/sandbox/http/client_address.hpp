// Where a request comes from.
#pragma once

#include "sandbox/http/http_message.hpp"

#include <string>

namespace nakama::sandbox {

struct client_address {
    std::string ip{};
    std::string port{}; ///< empty where a proxy tells only the address
};

/// As X-Forwarded-For says, as long as that has an address in it; else of the connection.
[[nodiscard]] client_address address_of(const http_request& request);

} // namespace nakama::sandbox
