// Whether a request for the socket is granted.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/world.hpp"

#include <optional>
#include <string>

namespace nakama::sandbox {

struct handshake {
    std::optional<wire::jwt_claims> claims{}; ///< of the token it is granted to
    http_answer refusal{};                    ///< otherwise
    std::string greeting{};                   ///< the answer that makes the connection a socket
    bool appear_online = false;
    std::string lang{};
};

[[nodiscard]] bool is_handshake(const http_request& request);

[[nodiscard]] handshake judge_handshake(const world& world, const http_request& request);

} // namespace nakama::sandbox
