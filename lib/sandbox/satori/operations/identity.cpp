#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/satori/authorisation.hpp"
#include "sandbox/satori/operations/operations.hpp"
#include "sandbox/satori/sessions.hpp"
#include "wire/json_writer.hpp"

#include <array>

namespace nakama::sandbox::liveops {
namespace {

/// The identity of before stays as it is; nothing of it goes over to the other one.
std::string identify(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string id = body->text("id").value_or("");
    const property_changes changes{body};
    const auto caller = require_token(world, request);

    changes.check(world.liveops);
    identity_record& record = world.liveops.identities.enter(id, world.now());
    changes.apply(record.identity.properties);
    world.liveops.sessions.change_identity(caller.sid, id);
    return wire::to_json(issue(world, caller.sid, record));
}

/// The session outlives its identity.
std::string delete_identity(world& world, const http_request& request) {
    const std::string id = require_identity(world, request).id();
    world.liveops.identities.remove(id);
    world.liveops.events.remove_of(id);
    return "{}";
}

constexpr std::array routes{
    route{"PUT", "/v1/identify", identify},
    route{"DELETE", "/v1/identity", delete_identity},
};

} // namespace

std::span<const route> identity_routes() {
    return routes;
}

} // namespace nakama::sandbox::liveops
