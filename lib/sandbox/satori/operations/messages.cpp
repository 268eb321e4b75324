#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/satori/authorisation.hpp"
#include "sandbox/satori/operations/operations.hpp"
#include "wire/json_writer.hpp"

#include <array>

namespace nakama::sandbox::liveops {
namespace {

constexpr std::int32_t most_messages = 100;

std::string get_message_list(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const std::int32_t limit = parameters.int32("limit").value_or(most_messages);
    inbox::request wanted{.forward = parameters.flag("forward").value_or(false),
                          .cursor = parameters.text("cursor").value_or(""),
                          .ids = parameters.texts("message_ids")};
    const caller caller = require_identity(world, request);
    if (limit < 1 || limit > most_messages)
        throw refusal{code::invalid_argument, "Limit must be between 1 and 100."};
    wanted.limit = static_cast<std::size_t>(limit);
    return wire::to_json(caller.record.messages.list(wanted, world.now()));
}

std::string update_message(world& world, const http_request& request) {
    request_body body{request.body};
    const std::int64_t read_time = body->int64("read_time").value_or(0);
    const std::int64_t consume_time = body->int64("consume_time").value_or(0);
    const caller caller = require_identity(world, request);
    if (read_time == 0 && consume_time == 0)
        throw refusal{code::invalid_argument, "Read time or consume time is required."};
    if (!caller.record.messages.update(request.path_value("id"), read_time, consume_time, world.now()))
        throw refusal{code::not_found, "Message not found."};
    return "{}";
}

std::string delete_message(world& world, const http_request& request) {
    const caller caller = require_identity(world, request);
    if (!caller.record.messages.remove(request.path_value("id"), world.now()))
        throw refusal{code::not_found, "Message not found."};
    return "{}";
}

constexpr std::array routes{
    route{"GET", "/v1/message", get_message_list},
    route{"PUT", "/v1/message/{id}", update_message},
    route{"DELETE", "/v1/message/{id}", delete_message},
};

} // namespace

std::span<const route> message_routes() {
    return routes;
}

} // namespace nakama::sandbox::liveops
