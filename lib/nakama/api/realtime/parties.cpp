// Generated from gen/api by nakama-gen; not to be edited.
// How messages of include/nakama/api/parties.hpp are sent.
#include "realtime/ask.hpp"

#include <nakama/api/realtime_operations.hpp>

namespace nakama {

using realtime::ask;
using realtime::encode;
using realtime::require_one_at_most;
using realtime::tell;
using wire::json_writer;

static_assert(borrows<user_presence_ref>);
static_assert(borrows<party_create_request>);
static_assert(borrows<party_join_request>);
static_assert(borrows<party_leave_request>);
static_assert(borrows<party_promote_request>);
static_assert(borrows<party_accept_request>);
static_assert(borrows<party_remove_request>);
static_assert(borrows<party_close_request>);
static_assert(borrows<party_join_request_list_request>);
static_assert(borrows<party_matchmaker_add_request>);
static_assert(borrows<party_matchmaker_remove_request>);
static_assert(borrows<party_data_send_request>);
static_assert(borrows<party_update_request>);

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

asio::awaitable<party> realtime_operations::party_create(
        const party_create_request& request, call_options options) const {
    auto message = encode(connection_, "party_create", true, options, [&](json_writer& out) {
        out.member("open", request.open);
        out.member("max_size", request.max_size);
        out.member("label", request.label);
        out.member("hidden", request.hidden);
    });
    return ask<party>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::party_join(
        const party_join_request& request, call_options options) const {
    auto message = encode(connection_, "party_join", true, options, [&](json_writer& out) {
        out.member("party_id", request.party_id);
    });
    return ask<void>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::party_leave(
        const party_leave_request& request, call_options options) const {
    auto message = encode(connection_, "party_leave", true, options, [&](json_writer& out) {
        out.member("party_id", request.party_id);
    });
    return ask<void>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::party_promote(
        const party_promote_request& request, call_options options) const {
    auto message = encode(connection_, "party_promote", true, options, [&](json_writer& out) {
        out.member("party_id", request.party_id);
        out.object("presence", request.presence, write_user_presence);
    });
    return ask<void>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::party_accept(
        const party_accept_request& request, call_options options) const {
    auto message = encode(connection_, "party_accept", true, options, [&](json_writer& out) {
        out.member("party_id", request.party_id);
        out.object("presence", request.presence, write_user_presence);
    });
    return ask<void>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::party_remove(
        const party_remove_request& request, call_options options) const {
    auto message = encode(connection_, "party_remove", true, options, [&](json_writer& out) {
        out.member("party_id", request.party_id);
        out.object("presence", request.presence, write_user_presence);
    });
    return ask<void>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::party_close(
        const party_close_request& request, call_options options) const {
    auto message = encode(connection_, "party_close", true, options, [&](json_writer& out) {
        out.member("party_id", request.party_id);
    });
    return ask<void>(connection_, std::move(message));
}

asio::awaitable<party_join_requests> realtime_operations::party_join_request_list(
        const party_join_request_list_request& request, call_options options) const {
    auto message = encode(connection_, "party_join_request_list", true, options, [&](json_writer& out) {
        out.member("party_id", request.party_id);
    });
    return ask<party_join_requests>(connection_, std::move(message));
}

asio::awaitable<party_matchmaker_ticket> realtime_operations::party_matchmaker_add(
        const party_matchmaker_add_request& request, call_options options) const {
    auto message = encode(connection_, "party_matchmaker_add", true, options, [&](json_writer& out) {
        out.member("party_id", request.party_id);
        out.member("min_count", request.min_count);
        out.member("max_count", request.max_count);
        out.member("query", request.query);
        out.member("string_properties", request.string_properties);
        out.member("numeric_properties", request.numeric_properties);
        out.member("count_multiple", request.count_multiple);
    });
    return ask<party_matchmaker_ticket>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::party_matchmaker_remove(
        const party_matchmaker_remove_request& request, call_options options) const {
    auto message = encode(connection_, "party_matchmaker_remove", true, options, [&](json_writer& out) {
        out.member("party_id", request.party_id);
        out.member("ticket", request.ticket);
    });
    return ask<void>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::party_data_send(
        const party_data_send_request& request, call_options options) const {
    auto message = encode(connection_, "party_data_send", true, options, [&](json_writer& out) {
        out.member("party_id", request.party_id);
        out.member("op_code", request.op_code);
        out.bytes_member("data", request.data);
    });
    return ask<void>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::party_update(
        const party_update_request& request, call_options options) const {
    auto message = encode(connection_, "party_update", true, options, [&](json_writer& out) {
        out.member("party_id", request.party_id);
        out.member("label", request.label);
        out.member("open", request.open);
        out.member("hidden", request.hidden);
    });
    return ask<void>(connection_, std::move(message));
}

} // namespace nakama
