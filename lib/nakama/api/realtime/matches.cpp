// Generated from gen/api by nakama-gen; not to be edited.
// How messages of include/nakama/api/matches.hpp are sent.
#include "realtime/ask.hpp"

#include <nakama/api/realtime_operations.hpp>

namespace nakama {

using realtime::ask;
using realtime::encode;
using realtime::require_one_at_most;
using realtime::tell;
using wire::json_writer;

static_assert(borrows<user_presence_ref>);
static_assert(borrows<match_create_request>);
static_assert(borrows<match_data_send_request>);
static_assert(borrows<match_join_request>);
static_assert(borrows<match_leave_request>);

namespace {

void write_user_presence(json_writer& out, const user_presence_ref& value) {
    out.begin_object();
    out.member("user_id", value.user_id);
    out.member("session_id", value.session_id);
    out.member("username", value.username);
    out.member("persistence", value.persistence);
    out.member("status", value.status);
    out.end_object();
}

} // namespace

asio::awaitable<match> realtime_operations::match_create(
        const match_create_request& request, call_options options) const {
    auto message = encode(connection_, "match_create", true, options, [&](json_writer& out) {
        out.member("name", request.name);
    });
    return ask<match>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::match_data_send(
        const match_data_send_request& request, call_options options) const {
    auto message = encode(connection_, "match_data_send", false, options, [&](json_writer& out) {
        out.member("match_id", request.match_id);
        out.member("op_code", request.op_code);
        out.bytes_member("data", request.data);
        out.list("presences", request.presences, write_user_presence);
        out.member("reliable", request.reliable);
    });
    return tell(connection_, std::move(message));
}

asio::awaitable<match> realtime_operations::match_join(
        const match_join_request& request, call_options options) const {
    auto message = encode(connection_, "match_join", true, options, [&](json_writer& out) {
        require_one_at_most({{"match_id", request.match_id}, {"token", request.token}});
        out.member("match_id", request.match_id);
        out.member("token", request.token);
        out.member("metadata", request.metadata);
    });
    return ask<match>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::match_leave(
        const match_leave_request& request, call_options options) const {
    auto message = encode(connection_, "match_leave", true, options, [&](json_writer& out) {
        out.member("match_id", request.match_id);
    });
    return ask<void>(connection_, std::move(message));
}

} // namespace nakama
