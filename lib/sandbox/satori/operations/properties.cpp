#include "sandbox/http/request_body.hpp"
#include "sandbox/satori/authorisation.hpp"
#include "sandbox/satori/operations/operations.hpp"
#include "sandbox/satori/sessions.hpp"
#include "wire/json_writer.hpp"

#include <array>

namespace nakama::sandbox::liveops {
namespace {

std::string list_properties(world& world, const http_request& request) {
    return wire::to_json(require_identity(world, request).record.identity.properties);
}

std::string update_properties(world& world, const http_request& request) {
    request_body body{request.body};
    (void)body->flag("recompute"); // audiences are always asked anew
    const property_changes changes{body};
    const caller caller = require_identity(world, request);
    changes.check(world.liveops);
    changes.apply(caller.record.identity.properties);
    return "{}";
}

constexpr std::array routes{
    route{"GET", "/v1/properties", list_properties},
    route{"PUT", "/v1/properties", update_properties},
};

} // namespace

std::span<const route> property_routes() {
    return routes;
}

} // namespace nakama::sandbox::liveops
