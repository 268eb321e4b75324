#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/operations/operations.hpp"
#include "wire/json_writer.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

/// Rooms are anybody's.
void require_reader(const world& world, const channel_address& channel, const std::string& user) {
    if (channel.kind == channel_kind::group && !world.groups.is_member(channel.group_id, user))
        throw refusal{code::invalid_argument, "Group not found."};
    if (channel.kind == channel_kind::direct && channel.user_id_one != user && channel.user_id_two != user)
        throw refusal{code::invalid_argument, "Channel not found."};
}

std::string list_channel_messages(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const std::int32_t limit = parameters.int32("limit").value_or(1);
    const bool forward = parameters.flag("forward").value_or(true);
    const std::string cursor = parameters.text("cursor").value_or("");
    const auto caller = require_session(world, request);
    if (limit < 1 || limit > 100)
        throw refusal{code::invalid_argument, "Invalid limit - limit must be between 1 and 100."};
    const auto channel = read_channel_id(request.path_value("channel_id"));
    if (!channel) throw refusal{code::invalid_argument, "Invalid channel ID."};
    // A bad cursor is complained of before who asks is looked at.
    const auto page = world.messages.list(*channel, static_cast<std::size_t>(limit), forward, cursor);
    require_reader(world, *channel, caller.uid);
    return wire::to_json(page);
}

constexpr std::array routes{
    route{"GET", "/v2/channel/{channel_id}", list_channel_messages},
};

} // namespace

std::span<const route> channel_routes() {
    return routes;
}

} // namespace nakama::sandbox
