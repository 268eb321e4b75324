#include "sandbox/operations/functions.hpp"

#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/json/json_output.hpp"

#include <algorithm>

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

} // namespace

std::string function_key(std::string id) {
    std::ranges::transform(
        id, id.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return id;
}

function_result call_function(const rpc_function& function, const rpc_context& context,
                              const std::string& payload) {
    function_result result;
    try {
        result.payload = function(context, payload);
    } catch (const rpc_failure& failure) {
        const bool known = failure.code() >= 1 && failure.code() <= 16;
        result = {.failed = true, .code = known ? failure.code() : code::internal, .message = failure.what()};
    } catch (const std::exception& failure) {
        result = {.failed = true, .code = code::internal, .message = failure.what()};
    } catch (...) {
        result = {.failed = true, .code = code::internal, .message = "the function threw something"};
    }
    return result;
}

http_answer answer_rpc(world& world, const http_request& request, const std::string& id) {
    const auto parameters = query_parameters::lenient(request.query);
    rpc_context context;
    if (const std::string key = parameters.first("http_key"); !key.empty()) {
        if (key != world.config.http_key) return refused(code::unauthenticated, "HTTP key invalid");
    } else if (const auto authorisation = request.header("authorization"); !authorisation.empty()) {
        if (const auto basic = basic_user(authorisation.front())) {
            if (*basic != world.config.http_key) return refused(code::unauthenticated, "HTTP key invalid");
        } else {
            const auto claims = bearer_claims(world, authorisation.front());
            if (!claims) return refused(code::unauthenticated, "Auth token invalid");
            context = {.user_id = claims->uid, .username = claims->usn};
        }
    } else {
        return refused(code::unauthenticated, "Auth token or HTTP key required");
    }

    if (id.empty()) return refused(code::invalid_argument, "RPC ID must be set");
    const auto found = world.functions.find(function_key(id));
    if (found == world.functions.end()) return refused(code::not_found, "RPC function not found");

    const bool unwrap = parameters.has("unwrap");
    std::string payload;
    if (request.method == "POST") {
        const auto given = unwrap ? std::optional{request.body} : unwrapped(request.body);
        if (!given)
            return refused(code::invalid_argument,
                           "json: cannot unmarshal object into Go value of type string");
        payload = *given;
    }

    // A copy: the function may register others.
    const rpc_function function = found->second;
    const function_result result = call_function(function, context, payload);
    if (result.failed) {
        std::string body = "{\"code\":" + std::to_string(result.code) + R"(,"error":{},"message":)";
        append_escaped(body, result.message);
        return {.status = http_status(result.code), .body = body + '}'};
    }
    if (unwrap) {
        const auto type = request.header("content-type");
        return {.body = result.payload, .content_type = type.empty() ? "text/plain" : type.front()};
    }
    std::string body = R"({"payload":)";
    append_escaped(body, result.payload);
    return {.body = body + '}'};
}

} // namespace nakama::sandbox
