#include "compressed.hpp"

#include <stdexcept>

#define ZLIB_CONST
#include <zlib.h>

namespace nakama::test {
namespace {

std::string compressed(std::string_view text, int window_bits) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error{"zlib cannot compress"};
    std::string body(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = reinterpret_cast<const Bytef*>(text.data());
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(body.data());
    stream.avail_out = static_cast<uInt>(body.size());
    const int result = deflate(&stream, Z_FINISH);
    body.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error{"zlib did not compress it all"};
    return body;
}

} // namespace

std::string gzipped(std::string_view text) {
    return compressed(text, 16 + MAX_WBITS);
}

std::string deflated(std::string_view text) {
    return compressed(text, MAX_WBITS);
}

std::string deflated_without_header(std::string_view text) {
    return compressed(text, -MAX_WBITS);
}

} // namespace nakama::test
