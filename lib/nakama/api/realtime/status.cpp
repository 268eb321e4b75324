// Generated from gen/api by nakama-gen; not to be edited.
// How messages of include/nakama/api/status.hpp are sent.
#include "realtime/ask.hpp"

#include <nakama/api/realtime_operations.hpp>

namespace nakama {

using realtime::ask;
using realtime::encode;
using realtime::require_one_at_most;
using realtime::tell;
using wire::json_writer;

static_assert(borrows<status_follow_request>);
static_assert(borrows<status_unfollow_request>);
static_assert(borrows<status_update_request>);

asio::awaitable<status> realtime_operations::status_follow(
        const status_follow_request& request, call_options options) const {
    auto message = encode(connection_, "status_follow", true, options, [&](json_writer& out) {
        out.member("user_ids", request.user_ids);
        out.member("usernames", request.usernames);
    });
    return ask<status>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::status_unfollow(
        const status_unfollow_request& request, call_options options) const {
    auto message = encode(connection_, "status_unfollow", true, options, [&](json_writer& out) {
        out.member("user_ids", request.user_ids);
    });
    return ask<void>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::status_update(
        const status_update_request& request, call_options options) const {
    auto message = encode(connection_, "status_update", true, options, [&](json_writer& out) {
        out.member("status", request.status);
    });
    return ask<void>(connection_, std::move(message));
}

} // namespace nakama
