#include "sandbox/http/handshake.hpp"

#include "wire/base64.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace nakama::sandbox {
namespace {

handshake refused(int status, std::string text) {
    handshake result;
    result.refusal = {.status = status,
                      .body = std::move(text) + '\n',
                      .content_type = "text/plain; charset=utf-8",
                      .headers = {{"X-Content-Type-Options", "nosniff"}},
                      .plain = true};
    return result;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Whether one of a header's comma-separated tokens is `token`, which is in lower case.
bool lists(const http_request& request, std::string_view name, std::string_view token) {
    for (const std::string& value : request.header(name)) {
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto comma = std::min(rest.find(','), rest.size());
            std::string_view one = rest.substr(0, comma);
            rest.remove_prefix(std::min(comma + 1, rest.size()));
            while (one.starts_with(' ')) one.remove_prefix(1);
            while (one.ends_with(' ')) one.remove_suffix(1);
            if (std::ranges::equal(one, token, {}, lower)) return true;
        }
    }
    return false;
}

/// The token of the header, which is preferred, or of the query; empty for none.
std::string token_of(const http_request& request, const query_parameters& parameters) {
    constexpr std::string_view scheme = "Bearer ";
    const auto authorisation = request.header("authorization");
    if (authorisation.empty()) return parameters.first("token");
    if (!authorisation.front().starts_with(scheme)) return {};
    return authorisation.front().substr(scheme.size());
}

std::string accept_key(const std::string& key) {
    const std::string input = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(input.data()), input.size(), digest.data());
    std::string result;
    wire::append_base64(result, {reinterpret_cast<const char*>(digest.data()), digest.size()});
    return result;
}

} // namespace

bool is_handshake(const http_request& request) {
    return request.path == "/ws" && request.method == "GET";
}

handshake judge_handshake(const world& world, const http_request& request) {
    const auto parameters = query_parameters::lenient(request.query);
    const std::string format = parameters.first("format");
    if (!format.empty() && format != "json") return refused(400, "Invalid format parameter");

    const std::string token = token_of(request, parameters);
    auto claims = read_session_token(token, session_key, world.now());
    // Sockets are asked for by the token's text where its id belongs, so that a token that was logged out by
    // name still opens one. So does the real server.
    if (!claims || !world.revoked.is_valid_session(claims->uid, claims->exp, token))
        return refused(401, "Missing or invalid token");

    const auto key = request.header("sec-websocket-key");
    const auto version = request.header("sec-websocket-version");
    if (!lists(request, "connection", "upgrade") || !lists(request, "upgrade", "websocket") || key.empty() ||
        key.front().empty() || version.empty() || version.front() != "13") {
        handshake result = refused(400, "Bad Request");
        result.refusal.headers.emplace_back("Sec-Websocket-Version", "13");
        return result;
    }

    handshake result;
    result.claims = std::move(claims);
    constexpr std::array<std::string_view, 6> yes{"1", "t", "T", "TRUE", "true", "True"};
    result.appear_online = std::ranges::find(yes, parameters.first("status")) != yes.end();
    result.lang = parameters.first("lang");
    if (result.lang.empty()) result.lang = "en";
    result.greeting = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Accept: " +
                      accept_key(key.front()) + "\r\n\r\n";
    return result;
}

} // namespace nakama::sandbox
