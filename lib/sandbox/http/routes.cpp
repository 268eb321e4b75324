#include "sandbox/http/routes.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/json/json_output.hpp"
#include "sandbox/operations/functions.hpp"
#include "sandbox/operations/operations.hpp"
#include "wire/percent.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::sandbox {
namespace {

std::vector<route> all_routes() {
    std::vector<route> all;
    for (const auto group :
         {account_routes, authentication_routes, friend_routes, match_routes, matchmaker_routes,
          notification_routes, party_routes, server_routes, session_routes})
        std::ranges::copy(group(), std::back_inserter(all));
    return all;
}

std::span<const route> routes() {
    static const std::vector<route> all = all_routes();
    return all;
}

using path_values = std::vector<std::pair<std::string, std::string>>;

/// What a path has for the parts in braces; nothing if it is another path. An escaped slash separates like
/// any other.
std::optional<path_values> match(std::string_view path, std::string_view pattern) {
    path_values values;
    for (;;) {
        const auto part = path.substr(0, path.find('/'));
        const auto expected = pattern.substr(0, pattern.find('/'));
        if (expected.starts_with('{')) {
            if (part.empty()) return {};
            values.emplace_back(expected.substr(1, expected.size() - 2), part);
        } else if (part != expected) {
            return {};
        }
        const bool last = part.size() == path.size();
        if (last != (expected.size() == pattern.size())) return {};
        if (last) return values;
        path.remove_prefix(part.size() + 1);
        pattern.remove_prefix(expected.size() + 1);
    }
}

constexpr std::string_view rpc_prefix = "/v2/rpc/";

http_answer failure(int code, const std::string& message) {
    http_answer answer{.status = http_status(code), .body = error_body(code, message)};
    if (code == code::unauthenticated) answer.headers.emplace_back("Www-Authenticate", message);
    return answer;
}

http_answer serve(operation chosen, world& world, const http_request& request) {
    try {
        http_answer answer{.body = chosen(world, request)};
        answer.headers.emplace_back("Grpc-Metadata-Content-Type", "application/grpc");
        return answer;
    } catch (const refusal& refused) {
        return failure(refused.code(), refused.what());
    } catch (const malformed& input) {
        return failure(code::invalid_argument, input.what());
    }
}

/// Forms cannot say GET: a POST of one is taken for it where nothing else is meant.
std::string_view meant_method(const http_request& request) {
    const auto type = request.header("content-type");
    const bool form = !type.empty() && type.front().starts_with("application/x-www-form-urlencoded");
    if (request.method != "POST" || !form) return request.method;
    if (const auto method = request.header("x-http-method-override"); !method.empty())
        return method.front() == "GET" ? "GET" : "POST";
    const bool posts = std::ranges::any_of(
        routes(), [&](const route& one) { return one.method == "POST" && one.path == request.path; });
    return posts ? "POST" : "GET";
}

http_answer route_to(world& world, const http_request& request) {
    // Asked by browsers before they ask what they want; answered whatever that is.
    const bool preflight = request.method == "OPTIONS";
    if (preflight || (request.path == "/" && request.method == "GET"))
        return {.body = {}, .content_type = {}, .plain = true};
    if (!wire::decode_percent(request.path))
        return {.status = 400,
                .body = "400 Bad Request",
                .content_type = "text/plain; charset=utf-8",
                .plain = true,
                .close = true};

    if (request.path.starts_with(rpc_prefix)) {
        if (request.method != "GET" && request.method != "POST")
            return failure(code::unimplemented, "Method Not Allowed");
        const auto id = wire::decode_percent(std::string_view{request.path}.substr(rpc_prefix.size()));
        return answer_rpc(world, request, id.value_or(""));
    }

    const std::string_view method = meant_method(request);
    bool known_path = false;
    const std::string path = wire::decode_percent(request.path).value();
    for (const route& one : routes()) {
        auto values = match(path, one.path);
        if (!values) continue;
        known_path = true;
        if (one.method != method) continue;
        http_request matched = request;
        matched.path_values = std::move(*values);
        return serve(one.serve, world, matched);
    }
    if (known_path) return failure(code::unimplemented, "Method Not Allowed");
    return failure(code::not_found, "Not Found");
}

} // namespace

http_answer answer(world& world, const http_request& request) {
    http_answer answer = route_to(world, request);
    if (!request.header("origin").empty()) answer.headers.emplace_back("Access-Control-Allow-Origin", "*");
    return answer;
}

http_answer body_too_large(const http_request& request) {
    const std::string message = "http: request body too large";
    http_answer answer = failure(code::invalid_argument, message);
    // The functions' handler has a blank in its text.
    if (request.path.starts_with(rpc_prefix)) answer.body = "{\"code\":3, \"message\":\"" + message + "\"}";
    answer.close = true;
    return answer;
}

} // namespace nakama::sandbox
