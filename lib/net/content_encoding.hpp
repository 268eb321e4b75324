// Answers whose body is compressed.
#pragma once

#include <nakama/transport.hpp>

#include <cstddef>

namespace nakama::net {

/// Whether requests to this server are to ask for compressed answers.
[[nodiscard]] bool wants_compression(const endpoint& server);

/// Puts the content of an answer in the place of its encoded body, and drops the headers that told of that:
/// Content-Encoding and Content-Length. Throws nakama::error with the answer's status: malformed_answer,
/// message_too_large.
void decode_content(http_response& response, std::size_t limit);

} // namespace nakama::net
