#include "sandbox/operations/functions.hpp"

#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/client_address.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/json/json_output.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace nakama::sandbox {
namespace {

/// What the handler itself refuses: the text stands in it twice.
http_answer refused(int code, const std::string& message) {
    std::string body = R"({"error":)";
    append_escaped(body, message);
    body += R"(,"message":)";
    append_escaped(body, message);
    body += ",\"code\":" + std::to_string(code) + '}';
    return {.status = http_status(code), .body = std::move(body)};
}

std::optional<std::string> unwrapped(const std::string& body) {
    if (body.empty()) return "";
    try {
        const json_document document = parse_lenient(body);
        if (!is_blank(document.rest)) return {};
        if (document.root.kind == json_kind::null) return "";
        if (document.root.kind == json_kind::string) return document.root.text;
    } catch (const malformed&) {
    }
    return {};
}

using parameter_map = std::map<std::string, std::vector<std::string>>;

struct call_to_function {
    awaitable_rpc_function function{}; // a copy: the function may register others
    rpc_context context{};
    std::string payload{};
};

/// Who calls; a refusal if he may not. Takes the HTTP key out of the parameters.
std::optional<http_answer> read_caller(const world& world, const http_request& request,
                                       parameter_map& parameters, rpc_context& context) {
    const auto key = parameters.extract("http_key");
    const auto authorisation = request.header("authorization");
    if (key && !key.mapped().front().empty()) {
        if (key.mapped().front() != world.config.http_key)
            return refused(code::unauthenticated, "HTTP key invalid");
    } else if (authorisation.empty()) {
        return refused(code::unauthenticated, "Auth token or HTTP key required");
    } else if (const auto basic = basic_user(authorisation.front())) {
        if (*basic != world.config.http_key) return refused(code::unauthenticated, "HTTP key invalid");
    } else {
        const auto claims = bearer_claims(world, authorisation.front());
        if (!claims) return refused(code::unauthenticated, "Auth token invalid");
        context = context_of(*claims);
    }
    return {};
}

std::optional<http_answer> read_payload(const http_request& request, bool raw, std::string& payload) {
    if (request.method != "POST") return {};
    if (!request.damage.empty()) return refused(code::internal, "Internal Server Error");
    auto given = raw ? std::optional{request.body} : unwrapped(request.body);
    if (!given)
        return refused(code::invalid_argument, "json: cannot unmarshal object into Go value of type string");
    payload = std::move(*given);
    return {};
}

/// A refusal if the call cannot be made.
std::optional<http_answer> read_call(const world& world, const http_request& request, const std::string& id,
                                     parameter_map& parameters, call_to_function& call) {
    if (auto refusal = read_caller(world, request, parameters, call.context)) return refusal;
    if (id.empty()) return refused(code::invalid_argument, "RPC ID must be set");
    const auto found = world.functions.find(function_key(id));
    if (found == world.functions.end()) return refused(code::not_found, "RPC function not found");
    call.function = found->second;
    if (auto refusal = read_payload(request, parameters.contains("unwrap"), call.payload)) return refusal;

    client_address address = address_of(request);
    call.context.client_ip = std::move(address.ip);
    call.context.client_port = std::move(address.port);
    call.context.method = request.method;
    call.context.query_params = parameters;
    for (const auto& [name, value] : request.headers)
        if (std::string key = canonical_header(name); key != "Host")
            call.context.headers[std::move(key)].push_back(value);
    return {};
}

} // namespace

std::string function_key(std::string id) {
    std::ranges::transform(
        id, id.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return id;
}

int failure_code(const rpc_failure& failure) noexcept {
    const bool known = failure.code() >= 1 && failure.code() <= 16;
    return known ? failure.code() : code::internal;
}

asio::awaitable<function_result> call_function(awaitable_rpc_function function, rpc_context context,
                                               std::string payload) {
    function_result result;
    try {
        result.payload = co_await function(std::move(context), std::move(payload));
    } catch (const rpc_failure& failure) {
        result = {.failed = true, .code = failure_code(failure), .message = failure.what()};
    } catch (const std::exception& failure) {
        result = {.failed = true, .code = code::internal, .message = failure.what()};
    } catch (...) {
        result = {.failed = true, .code = code::internal, .message = "the function threw something"};
    }
    co_return result;
}

asio::awaitable<http_answer> answer_rpc(world& world, const http_request& request, std::string id) {
    auto parameters = query_parameters::lenient(request.query).all();
    call_to_function call;
    if (auto refusal = read_call(world, request, id, parameters, call)) co_return std::move(*refusal);
    const function_result result =
        co_await call_function(call.function, std::move(call.context), std::move(call.payload));
    if (result.failed) {
        std::string body = "{\"code\":" + std::to_string(result.code) + R"(,"error":{},"message":)";
        append_escaped(body, result.message);
        co_return http_answer{.status = http_status(result.code), .body = body + '}'};
    }
    if (parameters.contains("unwrap")) {
        const auto type = request.header("content-type");
        co_return http_answer{.body = result.payload,
                              .content_type = type.empty() ? "text/plain" : type.front()};
    }
    std::string body = R"({"payload":)";
    append_escaped(body, result.payload);
    co_return http_answer{.body = body + '}'};
}

} // namespace nakama::sandbox
