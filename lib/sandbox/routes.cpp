#include "routes.hpp"

#include "functions.hpp"
#include "json_output.hpp"
#include "operations.hpp"
#include "refusal.hpp"
#include "wire/percent.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace nakama::sandbox {
namespace {

using operation = std::string (*)(world&, const http_request&);

struct route {
    std::string_view method;
    std::string_view path;
    operation serve;
};

std::string healthcheck(world&, const http_request&) {
    return "{}";
}

constexpr std::array routes{
    route{"GET", "/healthcheck", healthcheck},
    route{"POST", "/v2/account/authenticate/device", authenticate_device},
    route{"POST", "/v2/account/authenticate/email", authenticate_email},
    route{"POST", "/v2/account/authenticate/custom", authenticate_custom},
    route{"POST", "/v2/account/session/refresh", session_refresh},
    route{"POST", "/v2/session/logout", session_logout},
    route{"GET", "/v2/account", get_account},
    route{"PUT", "/v2/account", update_account},
    route{"GET", "/v2/friend", list_friends},
    route{"POST", "/v2/friend", add_friends},
    route{"GET", "/v2/party", list_parties},
};

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
        routes, [&](const route& one) { return one.method == "POST" && one.path == request.path; });
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
    for (const route& one : routes) {
        if (one.path != request.path) continue;
        known_path = true;
        if (one.method == method) return serve(one.serve, world, request);
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
