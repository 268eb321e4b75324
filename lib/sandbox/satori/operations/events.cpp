#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/satori/authorisation.hpp"
#include "sandbox/satori/operations/operations.hpp"

#include <array>

namespace nakama::sandbox::liveops {
namespace {

std::vector<event> read_events(request_body& body) {
    std::vector<event> result;
    for (message_reader& one : body->messages("events")) {
        event event{.name = one.text("name").value_or(""),
                    .id = one.text("id").value_or(""),
                    .value = one.text("value").value_or(""),
                    .identity_id = one.text("identity_id").value_or(""),
                    .session_id = one.text("session_id").value_or(""),
                    .session_issued_at = one.int64("session_issued_at").value_or(0),
                    .session_expires_at = one.int64("session_expires_at").value_or(0)};
        if (auto metadata = one.text_map("metadata")) event.metadata = std::move(*metadata);
        if (const auto time = one.time("timestamp")) event.time = *time;
        result.push_back(std::move(event));
    }
    return result;
}

/// All or none of them.
void publish(world& world, std::vector<event> events) {
    for (const event& one : events) {
        if (one.name.empty()) throw refusal{code::invalid_argument, "Event name is required."};
        if (!world.liveops.event_names.allows(one.name))
            throw refusal{code::invalid_argument, "Event \"" + one.name + "\" is not configured."};
    }
    for (event& one : events) {
        if (one.id.empty()) one.id = world.ids.uuid();
        if (one.time == timestamp{}) one.time = world.now();
        world.liveops.events.add(std::move(one));
    }
}

std::string publish_of_session(world& world, const http_request& request) {
    request_body body{request.body};
    std::vector<event> events = read_events(body);
    const auto claims = require_token(world, request);
    if (!world.liveops.identities.find(claims.iid)) throw refusal{code::not_found, "Identity not found."};
    for (event& one : events) {
        one.identity_id = claims.iid;
        one.session_id = claims.sid;
        one.session_issued_at = claims.iat;
        one.session_expires_at = claims.exp;
    }
    publish(world, std::move(events));
    return "{}";
}

std::string publish_of_server(world& world, const http_request& request) {
    request_body body{request.body};
    std::vector<event> events = read_events(body);
    require_api_key(world, request);
    for (event& one : events) {
        if (one.identity_id.empty()) throw refusal{code::invalid_argument, "Identity ID is required."};
        one.from_server = true;
    }
    publish(world, std::move(events));
    return "{}";
}

constexpr std::array routes{
    route{"POST", "/v1/event", publish_of_session},
    route{"POST", "/v1/server-event", publish_of_server},
};

} // namespace

std::span<const route> event_routes() {
    return routes;
}

} // namespace nakama::sandbox::liveops
