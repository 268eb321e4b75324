// The operations of the API, from a decoded request to the answer's body.
#pragma once

#include "http_message.hpp"
#include "world.hpp"

#include <string>

namespace nakama::sandbox {

/// All of them throw refusal, and malformed for a body that cannot be read. As on the real server, what
/// cannot be read is complained of before credentials are looked at.
[[nodiscard]] std::string authenticate_device(world& world, const http_request& request);
[[nodiscard]] std::string authenticate_custom(world& world, const http_request& request);
[[nodiscard]] std::string authenticate_email(world& world, const http_request& request);
[[nodiscard]] std::string session_refresh(world& world, const http_request& request);
[[nodiscard]] std::string session_logout(world& world, const http_request& request);
[[nodiscard]] std::string get_account(world& world, const http_request& request);
[[nodiscard]] std::string update_account(world& world, const http_request& request);
[[nodiscard]] std::string list_friends(world& world, const http_request& request);
[[nodiscard]] std::string add_friends(world& world, const http_request& request);
[[nodiscard]] std::string list_parties(world& world, const http_request& request);

} // namespace nakama::sandbox
