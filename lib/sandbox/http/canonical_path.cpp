#include "sandbox/http/canonical_path.hpp"

#include <algorithm>
#include <vector>

namespace nakama::sandbox {
namespace {

/// Escapes what the server's URL library escapes in a path.
std::string escape_path(std::string_view path) {
    constexpr std::string_view plain = "-_.~$&+,/:;=@";
    constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : path) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || plain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
    return out;
}

} // namespace

std::string canonical_path(std::string_view path) {
    const bool slash_at_end = path.ends_with('/');
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const auto part = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(part.size() + 1, path.size()));
        if (part == "..") {
            if (!parts.empty()) parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
    }
    std::string result;
    for (const std::string_view part : parts) (result += '/') += part;
    if (result.empty() || slash_at_end) result += '/';
    return result;
}

std::optional<http_answer> redirection(const http_request& request, std::string_view path) {
    std::string canonical = canonical_path(path);
    if (canonical == path) return {};
    std::string location = escape_path(canonical);
    if (!request.query.empty()) (location += '?') += request.query;
    return http_answer{.status = 301,
                       .body = {},
                       .content_type = {},
                       .headers = {{"Location", std::move(location)}},
                       .plain = true};
}

} // namespace nakama::sandbox
