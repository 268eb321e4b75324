#include "sandbox/http/routes.hpp"

#include "sandbox/api/catalogue.hpp"
#include "sandbox/http/canonical_path.hpp"
#include "sandbox/http/compression.hpp"
#include "sandbox/http/cross_origin.hpp"
#include "sandbox/http/interception.hpp"
#include "sandbox/http/operation_names.hpp"
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
         {account_routes,       authentication_routes, channel_routes,      event_routes,
          friend_import_routes, friend_routes,         group_member_routes, group_routes,
          leaderboard_routes,   link_routes,           match_routes,        matchmaker_routes,
          notification_routes,  party_routes,          purchase_routes,     satori_routes,
          server_routes,        session_routes,        storage_routes,      subscription_routes,
          tournament_routes,    unlink_routes,         user_routes})
        std::ranges::copy(group(), std::back_inserter(all));
    for (route& one : all) one.name = operation_name(one.method, one.path);
    return all;
}

using path_values = std::vector<std::pair<std::string, std::string>>;

/// What a path has for the parts in braces, which may be empty; nothing if it is another path. An escaped
/// slash separates like any other.
std::optional<path_values> match(std::string_view path, std::string_view pattern) {
    path_values values;
    for (;;) {
        const auto part = path.substr(0, path.find('/'));
        const auto expected = pattern.substr(0, pattern.find('/'));
        if (expected.starts_with('{')) values.emplace_back(expected.substr(1, expected.size() - 2), part);
        else if (part != expected) return {};
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

/// What is wrong with a compressed body matters only where the value in it is not whole.
void check_damage(const http_request& request) {
    if (request.damage.empty() || (request.method != "POST" && request.method != "PUT")) return;
    try {
        (void)parse_lenient(request.body);
    } catch (const malformed&) {
        throw malformed{request.damage};
    }
}

http_answer serve(const route& chosen, world& world, http_request& request) {
    try {
        check_damage(request);
        request.operation = chosen.name;
        http_answer answer;
        try {
            answer.body = chosen.serve(world, request);
        } catch (changed_request& changed) {
            request = changed.take();
            answer.body = chosen.serve(world, request);
        }
        // Satori has operations of the same names.
        if (operation_takes_hooks(chosen.name) && !chosen.path.starts_with("/v1/"))
            tell_after(world, chosen.name, request, answer.body);
        answer.headers.emplace_back("Grpc-Metadata-Content-Type", "application/grpc");
        return answer;
    } catch (const refusal& refused) {
        return failure(refused.code(), refused.what());
    } catch (const malformed& input) {
        return failure(code::invalid_argument, input.what());
    }
}

/// Forms can say neither GET nor PUT, so that a POST of one may mean another method.
bool is_form(const http_request& request) {
    const auto type = request.header("content-type");
    return request.method == "POST" && !type.empty() && type.front() == "application/x-www-form-urlencoded";
}

/// The fields of a form are parameters like those of the query, and its body is read with that.
void read_form(http_request& request, std::string method) {
    if (!request.body.empty() && !request.query.empty()) request.body += '&';
    request.query = std::exchange(request.body, {}) + request.query;
    request.method = std::move(method);
    (void)query_parameters::strict(request.query);
}

std::string upper(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

/// Serves the route of a path and the request's method; nothing if there is none.
std::optional<http_answer> serve_route(world& world, const std::string& path, http_request& request) {
    for (const route& one : routes()) {
        if (one.method != request.method) continue;
        auto values = match(path, one.path);
        if (!values) continue;
        request.path_values = std::move(*values);
        return serve(one, world, request);
    }
    return {};
}

http_answer route_to(world& world, const std::string& path, http_request& request) {
    try {
        const auto override = request.header("x-http-method-override");
        if (!override.empty() && !override.front().empty() && is_form(request))
            read_form(request, upper(override.front()));
        if (auto answer = serve_route(world, path, request)) return std::move(*answer);
        if (is_form(request) && std::ranges::any_of(routes(), [&](const route& one) {
                return one.method == "GET" && match(path, one.path);
            })) {
            read_form(request, "GET");
            if (auto answer = serve_route(world, path, request)) return std::move(*answer);
        }
    } catch (const refusal& refused) { // a form that cannot be read
        return failure(refused.code(), refused.what());
    }
    const bool known = std::ranges::any_of(
        nakama_operations(), [&](const api_operation& one) { return match(path, one.path).has_value(); });
    return known ? failure(code::unimplemented, "Method Not Allowed") : failure(code::not_found, "Not Found");
}

http_answer bad_request() {
    return {.status = 400,
            .body = "400 Bad Request",
            .content_type = "text/plain; charset=utf-8",
            .plain = true,
            .close = true};
}

/// `path` and `request` are its caller's, who waits for it.
asio::awaitable<http_answer> answer_api(world& world, const std::string& path, http_request& request) {
    decompress(request);
    const bool calls = request.method == "GET" || request.method == "POST";
    http_answer answer;
    if (path.starts_with(rpc_prefix) && calls)
        answer = co_await answer_rpc(world, request, path.substr(rpc_prefix.size()));
    else answer = route_to(world, path, request);
    compress(request, answer);
    co_return answer;
}

} // namespace

std::span<const route> routes() {
    static const std::vector<route> all = all_routes();
    return all;
}

asio::awaitable<http_answer> answer(world& world, http_request request) {
    const auto path = wire::decode_percent(request.path);
    if (!path) co_return bad_request();
    if (request.method == "OPTIONS") co_return preflight(request);
    http_answer answer;
    if (auto elsewhere = redirection(request, *path)) answer = std::move(*elsewhere);
    else if (*path == "/" && request.method == "GET")
        answer = {.body = {}, .content_type = {}, .plain = true};
    else answer = co_await answer_api(world, *path, request);
    allow_origin(request, answer);
    co_return answer;
}

http_answer body_too_large(const http_request& request) {
    const std::string message = "http: request body too large";
    http_answer answer = failure(code::invalid_argument, message);
    // The functions' handler has a blank in its text.
    if (request.path.starts_with(rpc_prefix)) answer.body = "{\"code\":3, \"message\":\"" + message + "\"}";
    answer.close = true;
    compress(request, answer);
    allow_origin(request, answer);
    return answer;
}

} // namespace nakama::sandbox
