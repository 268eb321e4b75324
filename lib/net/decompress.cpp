#include "decompress.hpp"

#include "wire/utf8.hpp"

#include <nakama/error.hpp>

#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <new>

#define ZLIB_CONST
#include <zlib.h>

namespace nakama::net {
namespace {

using boost::beast::iequals;

enum class format { gzip, zlib, deflate };

[[noreturn]] void malformed(std::string message) {
    throw error{errc::malformed_answer, error_details{.message = std::move(message), .maybe_sent = true}};
}

[[noreturn]] void damaged(const char* how) {
    malformed(std::string{"the answer is damaged in its compressed form: "} + how);
}

[[noreturn]] void too_large(std::size_t limit) {
    throw error{errc::message_too_large,
                error_details{.message = "the answer, decompressed, is larger than the configured limit of " +
                                         std::to_string(limit) + " bytes",
                              .maybe_sent = true}};
}

/// As much of `size` as zlib counts.
uInt counted(std::size_t size) {
    return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

std::uint32_t byte(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

class inflater {
public:
    inflater(std::string_view body, format format) : left_{body}, format_{format} {
        const int window_bits = format == format::gzip   ? 16 + MAX_WBITS
                                : format == format::zlib ? MAX_WBITS
                                                         : -MAX_WBITS;
        if (inflateInit2(&stream_, window_bits) != Z_OK) throw std::bad_alloc{};
    }
    ~inflater() { inflateEnd(&stream_); }
    inflater(const inflater&) = delete;
    inflater& operator=(const inflater&) = delete;

    /// Whether all has been read, and was as it should be.
    bool is_at_end() const noexcept { return at_end_; }

    /// Fills `size` bytes, or fewer at the end, and says how many.
    std::size_t read(char* into, std::size_t size);

private:
    z_stream stream_{};
    std::string_view left_;
    format format_;
    bool at_end_ = false;
};

std::size_t inflater::read(char* into, std::size_t size) {
    std::size_t filled = 0;
    while (!at_end_ && filled < size) {
        const uInt given = counted(left_.size()), room = counted(size - filled);
        stream_.next_in = reinterpret_cast<const Bytef*>(left_.data());
        stream_.avail_in = given;
        stream_.next_out = reinterpret_cast<Bytef*>(into + filled);
        stream_.avail_out = room;
        // Says that all is there, so that what fits into `into` needs no window of its own to look back upon.
        const int result = inflate(&stream_, Z_FINISH);
        left_.remove_prefix(given - stream_.avail_in);
        filled += room - stream_.avail_out;
        switch (result) {
        case Z_STREAM_END:
            at_end_ = left_.empty();
            if (at_end_) break;
            if (format_ != format::gzip) damaged("it goes on after its end");
            inflateReset(&stream_); // for the next member
            break;
        case Z_OK:
        case Z_BUF_ERROR:
            if (stream_.avail_in == given && stream_.avail_out == room) damaged("it ends too early");
            break;
        case Z_MEM_ERROR:
            throw std::bad_alloc{};
        default:
            damaged(stream_.msg ? stream_.msg : "it needs a dictionary");
        }
    }
    return filled;
}

/// How many bytes a body may stand for.
std::size_t guess(std::string_view body, format format) {
    const std::size_t size = body.size();
    if (format != format::gzip || size < 4) return 4 * size;
    // Where there is one member its end tells, which is not to be trusted with more than its bytes can hold.
    const std::size_t told = byte(body, size - 4) | byte(body, size - 3) << 8 | byte(body, size - 2) << 16 |
                             byte(body, size - 1) << 24;
    constexpr std::size_t densest = 1032; // bytes that deflate makes of one
    return told / densest <= size ? told : 4 * size;
}

std::string inflated(std::string_view body, format format, std::size_t limit) {
    // A byte more, which stays empty: only with room left does zlib go on to what follows the last byte.
    std::string content(std::min(guess(body, format), limit) + 1, '\0');
    inflater first{body, format};
    std::size_t size = first.read(content.data(), content.size());
    if (!first.is_at_end()) {
        // Measured before there is room made for it, since a small body can stand for gigabytes. Growing step
        // by step would cost as much in copies, and more memory.
        std::array<char, std::size_t{16} * 1024> passing;
        while (size <= limit && !first.is_at_end()) size += first.read(passing.data(), passing.size());
        if (size > limit) too_large(limit);
        std::string{}.swap(content); // gives its room back before it takes more
        content.resize(size + 1);
        size = inflater{body, format}.read(content.data(), content.size());
    }
    if (size > limit) too_large(limit);
    content.resize(size);
    return content;
}

/// "deflate" is with zlib's header, but the server and others leave it out. Without it, no encoder begins
/// with these bits, which are a stored block with something in its padding.
format format_of_deflate(std::string_view body) {
    const bool has_header = body.size() >= 2 && (byte(body, 0) & 0x0f) == Z_DEFLATED &&
                            (byte(body, 0) << 8 | byte(body, 1)) % 31 == 0;
    return has_header ? format::zlib : format::deflate;
}

} // namespace

std::string decompress(std::string_view body, std::string_view encoding, std::size_t limit) {
    if (iequals(encoding, "gzip") || iequals(encoding, "x-gzip")) return inflated(body, format::gzip, limit);
    if (iequals(encoding, "deflate")) return inflated(body, format_of_deflate(body), limit);
    if (!iequals(encoding, "identity"))
        malformed("the content encoding of the answer is unknown: " + wire::excerpt(encoding));
    if (body.size() > limit) too_large(limit);
    return std::string{body};
}

} // namespace nakama::net
