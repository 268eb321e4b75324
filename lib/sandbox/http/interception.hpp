// Where hooks step between requests and operations.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/world.hpp"

#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace nakama::sandbox {

/// Thrown where a hook made another request of the one that is being served. An operation reads all of its
/// request before it asks for credentials and acts only then, so it can be begun anew.
class changed_request : public std::exception {
public:
    explicit changed_request(http_request request) : request_{std::move(request)} {}
    const char* what() const noexcept override { return "a hook changed the request"; }
    http_request take() { return std::move(request_); }

private:
    http_request request_;
};

/// Asks the hook of the request's operation, if there is one and it was not asked before. Throws refusal and
/// changed_request.
void ask_before(const world& world, const http_request& request, rpc_context caller);

/// Runs the hook after `operation`, if there is one.
void tell_after(const world& world, std::string_view operation, const http_request& request,
                const std::string& answer);

} // namespace nakama::sandbox
