#include "sandbox/http/interception.hpp"

#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/client_address.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/operations/functions.hpp"
#include "wire/json_reader.hpp"
#include "wire/percent.hpp"

#include <nakama/api/authentication.hpp>

namespace nakama::sandbox {
namespace {

hooked_request to_hooked(const http_request& request) {
    return {.body = request.body,
            .query = query_parameters::lenient(request.query).all(),
            .path = {request.path_values.begin(), request.path_values.end()}};
}

http_request apply(const http_request& request, hooked_request changes) {
    http_request changed = request;
    changed.operation = {};
    changed.body = std::move(changes.body);
    changed.query.clear();
    for (const auto& [name, values] : changes.query) {
        for (const std::string& value : values) {
            if (!changed.query.empty()) changed.query += '&';
            wire::append_percent(changed.query, name);
            changed.query += '=';
            wire::append_percent(changed.query, value);
        }
    }
    changed.path_values.assign(changes.path.begin(), changes.path.end());
    return changed;
}

/// The operations stand behind a gateway, which forwards the client's address without its port.
void add_address(rpc_context& caller, const http_request& request) {
    caller.client_ip = address_of(request).ip;
}

/// Who asked, or who has just signed in.
std::optional<wire::jwt_claims> claims_after(const http_request& request, const std::string& answer) {
    constexpr std::string_view scheme = "Bearer ";
    const auto authorisation = request.header("authorization");
    if (!authorisation.empty() && authorisation.front().starts_with(scheme))
        return wire::read_jwt(std::string_view{authorisation.front()}.substr(scheme.size()));
    session_tokens tokens;
    if (wire::read_json(answer, tokens)) return {};
    return wire::read_jwt(tokens.token);
}

} // namespace

void ask_before(const world& world, const http_request& request, rpc_context caller) {
    const auto found = world.before_hooks.find(request.operation);
    if (found == world.before_hooks.end()) return;
    add_address(caller, request);
    const hooked_request given = to_hooked(request);
    const before_hook hook = found->second; // it may replace itself
    std::optional<hooked_request> result;
    try {
        result = hook(caller, given);
    } catch (const rpc_failure& failure) {
        throw refusal{failure_code(failure), failure.what()};
    } catch (const std::exception& failure) {
        throw refusal{code::internal, failure.what()};
    } catch (...) {
        throw refusal{code::internal, "the hook threw something"};
    }
    if (!result) throw refusal{code::not_found, "Requested resource was not found."};
    if (*result != given) throw changed_request{apply(request, std::move(*result))};
}

void tell_after(const world& world, std::string_view operation, const http_request& request,
                const std::string& answer) {
    const auto found = world.after_hooks.find(operation);
    if (found == world.after_hooks.end()) return;
    const auto claims = claims_after(request, answer);
    rpc_context caller = claims ? context_of(*claims) : rpc_context{};
    add_address(caller, request);
    const after_hook hook = found->second;
    try {
        hook(caller, to_hooked(request), answer);
    } catch (const std::exception& failure) {
        world.log(std::string{"a hook after "} + std::string{operation} + " failed: " + failure.what());
    } catch (...) {
        world.log(std::string{"a hook after "} + std::string{operation} + " failed");
    }
}

} // namespace nakama::sandbox
