#include "sandbox/http/compression.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

namespace nakama::sandbox {
namespace {

// How zlib is told of a format: the size of the window, negative for no header, and 16 for gzip's.
constexpr int raw_deflate = -MAX_WBITS;
constexpr int gzip = MAX_WBITS + 16;

/// A body of a quarter of a megabyte may stand for a quarter of a gigabyte.
constexpr std::size_t most_inflated = 16 * 1024 * 1024;

Bytef* bytes_of(std::string_view text) {
    return reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); // zlib only reads them
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

std::string first_header(const http_request& request, std::string_view name) {
    const auto values = request.header(name);
    return values.empty() ? std::string{} : values.front();
}

std::string_view wanted_coding(const http_request& request) {
    const std::string accepted = first_header(request, "accept-encoding");
    std::string_view rest = accepted;
    while (!rest.empty()) {
        const auto item = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(item.size() + 1, rest.size()));
        if (trimmed(item) == "gzip") return "gzip";
        if (trimmed(item) == "deflate") return "deflate";
    }
    return {};
}

std::string compressed(std::string_view text, int format) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, format, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc{};
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = bytes_of(text);
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

bool looks_like_gzip(std::string_view body) {
    return body.size() >= 10 && body.starts_with("\x1f\x8b\x08");
}

/// Reads one stream off `body`; gives what is wrong with it, in the server's words.
std::string inflate_one(std::string_view& body, int format, std::string& out) {
    z_stream stream{};
    if (inflateInit2(&stream, format) != Z_OK) throw std::bad_alloc{};
    stream.next_in = bytes_of(body);
    stream.avail_in = static_cast<uInt>(body.size());
    std::array<char, 16384> piece;
    int result = Z_OK;
    while (result == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = piece.size();
        result = inflate(&stream, Z_NO_FLUSH);
        out.append(piece.data(), piece.size() - stream.avail_out);
        if (out.size() > most_inflated) break;
    }
    const bool checked =
        format == gzip && stream.msg && std::string_view{stream.msg}.find("check") != std::string_view::npos;
    const std::string offset = std::to_string(stream.total_in);
    body.remove_prefix(body.size() - stream.avail_in);
    inflateEnd(&stream);
    if (out.size() > most_inflated) return "http: request body too large";
    if (result == Z_STREAM_END) return {};
    if (result == Z_BUF_ERROR) return "unexpected EOF";
    return checked ? "gzip: invalid checksum" : "flate: corrupt input before offset " + offset;
}

} // namespace

void compress(const http_request& request, http_answer& answer) {
    const auto coding = wanted_coding(request);
    if (coding.empty() || !first_header(request, "upgrade").empty()) return;
    answer.body = compressed(answer.body, coding == "gzip" ? gzip : raw_deflate);
    answer.headers.emplace_back("Content-Encoding", coding);
}

void decompress(http_request& request) {
    const std::string coding = first_header(request, "content-encoding");
    if (coding != "gzip" && coding != "deflate") return;
    const std::string body = std::move(request.body);
    request.body.clear();
    std::string_view rest = body;
    if (coding == "deflate") {
        request.damage = inflate_one(rest, raw_deflate, request.body);
        return;
    }
    // What is not gzip goes on as it is, but the bytes that were looked at are gone. That is a bufferful, or
    // all of it.
    if (!looks_like_gzip(rest)) return;
    while (!rest.empty() && request.damage.empty()) {
        if (looks_like_gzip(rest)) request.damage = inflate_one(rest, gzip, request.body);
        else request.damage = "gzip: invalid header";
    }
}

} // namespace nakama::sandbox
