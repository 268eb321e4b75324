// What serves a method and a path.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/world.hpp"

#include <string>
#include <string_view>

namespace nakama::sandbox {

/// Gives the answer's body. Throws refusal, and malformed for a body that cannot be read. As on the real
/// server, what cannot be read is complained of before credentials are looked at.
using operation = std::string (*)(world& world, const http_request& request);

struct route {
    std::string_view method;
    std::string_view path; ///< parts in braces take any text: see http_request::path_value
    operation serve;
    std::string_view name{}; ///< the operation's in the API's description; routes() adds it
};

} // namespace nakama::sandbox
