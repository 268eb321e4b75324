// Bodies that travel compressed: gzip, and deflate without the header of zlib, in both directions.
#pragma once

#include "sandbox/http/http_message.hpp"

namespace nakama::sandbox {

/// Compresses an answer if the request asks for it: the first of the bare words "gzip" and "deflate" counts.
void compress(const http_request& request, http_answer& answer);

/// Replaces a compressed body by what it stands for; what is damaged is kept as far as it can be read, with
/// http_request::damage saying what is wrong. What stands for more than 16 MiB counts as damaged.
void decompress(http_request& request);

} // namespace nakama::sandbox
