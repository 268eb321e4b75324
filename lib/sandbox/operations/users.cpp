// Other users as everybody sees them.
#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/operations/operations.hpp"
#include "wire/json_writer.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace nakama::sandbox {
namespace {

/// The database finds rows in the order they were last written.
bool written_before(const account_record* one, const account_record* other) {
    return std::tie(one->account.user.update_time, one->written) <
           std::tie(other->account.user.update_time, other->written);
}

std::string get_users(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const auto ids = parameters.texts("ids");
    const auto usernames = parameters.texts("usernames");
    const auto facebook_ids = parameters.texts("facebook_ids");
    (void)require_session(world, request);

    std::set<const account_record*, decltype(&written_before)> found{written_before};
    const auto add = [&](const account_record* record) {
        if (record) found.insert(record);
    };
    for (const std::string& id : ids) {
        const auto uuid = parse_uuid(id);
        if (!uuid) throw refusal{code::invalid_argument, "ID '" + id + "' is not a valid system ID."};
        add(world.users.find(*uuid));
    }
    for (const std::string& name : usernames) add(world.users.find_by_username(name));
    for (const std::string& id : facebook_ids) add(world.users.find_by(identity_kind::facebook, id));

    users result;
    for (const account_record* record : found) {
        user user = record->account.user;
        user.online = world.is_online(user.id);
        result.users.push_back(std::move(user));
    }
    return wire::to_json(result);
}

constexpr std::array routes{
    route{"GET", "/v2/user", get_users},
};

} // namespace

std::span<const route> user_routes() {
    return routes;
}

} // namespace nakama::sandbox
