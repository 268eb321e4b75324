// What clients tell of themselves.
#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/operations/operations.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

std::string take_event(world& world, const http_request& request) {
    request_body body{request.body};
    received_event event{.name = body->text("name").value_or("")};
    if (auto properties = body->text_map("properties")) event.properties = std::move(*properties);
    event.timestamp = body->time("timestamp").value_or(timestamp{});
    (void)body->flag("external"); // whatever it says, what clients send is
    auto caller = require_session(world, request);
    event.user_id = std::move(caller.uid);
    event.username = std::move(caller.usn);
    world.events.push_back(std::move(event));
    return "{}";
}

constexpr std::array routes{
    route{"POST", "/v2/event", take_event},
};

} // namespace

std::span<const route> event_routes() {
    return routes;
}

} // namespace nakama::sandbox
