// Reads what the server answered over HTTP.
#pragma once

#include "operation.hpp"
#include "wire/json_reader.hpp"

#include <nakama/error.hpp>
#include <nakama/transport.hpp>

#include <string>

namespace nakama::call {

/// The error that an answer with a status outside of 200 to 299 stands for. Bodies that are not the server's
/// own, such as a proxy's page, are kept in part.
[[nodiscard]] error refusal(const operation& operation, const http_response& response);

/// The error for an answer, or a message of the socket, that cannot be read.
[[nodiscard]] error malformed(std::string_view operation, const wire::read_failure& failure,
                              int http_status = 0, int attempts = 0);

} // namespace nakama::call
