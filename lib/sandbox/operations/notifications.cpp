#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/operations/operations.hpp"
#include "wire/json_writer.hpp"

#include <array>
#include <vector>

namespace nakama::sandbox {
namespace {

std::string list_notifications(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const std::int32_t limit = parameters.int32("limit").value_or(1);
    const std::string cursor = parameters.text("cacheable_cursor").value_or("");
    const auto caller = require_session(world, request);
    if (limit < 1 || limit > 100)
        throw refusal{code::invalid_argument, "Invalid limit - limit must be between 1 and 100."};
    return wire::to_json(world.notices.list(caller.uid, static_cast<std::size_t>(limit), cursor));
}

std::string delete_notifications(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const auto given = parameters.texts("ids");
    const auto caller = require_session(world, request);
    std::vector<std::string> ids;
    for (const std::string& id : given) {
        const auto uuid = parse_uuid(id);
        if (!uuid) throw refusal{code::internal, "Error while deleting notifications."};
        ids.push_back(*uuid);
    }
    for (const std::string& id : ids) world.notices.remove(caller.uid, id);
    return "{}";
}

constexpr std::array routes{
    route{"GET", "/v2/notification", list_notifications},
    route{"DELETE", "/v2/notification", delete_notifications},
};

} // namespace

std::span<const route> notification_routes() {
    return routes;
}

} // namespace nakama::sandbox
