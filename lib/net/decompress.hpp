// Compressed bodies.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nakama::net {

/// The content of a body in one of HTTP's content codings, named in any case: "gzip" or "x-gzip", which may
/// be several members one after the other, "deflate" with or without the header of zlib, or "identity".
///
/// Throws nakama::error: malformed_answer for other codings and for what is damaged, ends too early or goes
/// on after its end, and message_too_large above `limit` bytes. Allocates no more than these and a constant,
/// however much the body stands for.
[[nodiscard]] std::string decompress(std::string_view body, std::string_view encoding, std::size_t limit);

} // namespace nakama::net
