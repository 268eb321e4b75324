// Generated from gen/api by nakama-gen; not to be edited.
// How messages of include/nakama/api/channels.hpp are sent.
#include "realtime/ask.hpp"

#include <nakama/api/realtime_operations.hpp>

namespace nakama {

using realtime::ask;
using realtime::encode;
using realtime::require_one_at_most;
using realtime::tell;
using wire::json_writer;

static_assert(borrows<channel_join_request>);
static_assert(borrows<channel_leave_request>);
static_assert(borrows<channel_message_send_request>);
static_assert(borrows<channel_message_update_request>);
static_assert(borrows<channel_message_remove_request>);

asio::awaitable<channel> realtime_operations::channel_join(
        const channel_join_request& request, call_options options) const {
    auto message = encode(connection_, "channel_join", true, options, [&](json_writer& out) {
        out.member("target", request.target);
        out.member("type", request.type);
        out.member("persistence", request.persistence);
        out.member("hidden", request.hidden);
    });
    return ask<channel>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::channel_leave(
        const channel_leave_request& request, call_options options) const {
    auto message = encode(connection_, "channel_leave", true, options, [&](json_writer& out) {
        out.member("channel_id", request.channel_id);
    });
    return ask<void>(connection_, std::move(message));
}

asio::awaitable<channel_message_ack> realtime_operations::channel_message_send(
        const channel_message_send_request& request, call_options options) const {
    auto message = encode(connection_, "channel_message_send", true, options, [&](json_writer& out) {
        out.member("channel_id", request.channel_id);
        out.member("content", request.content);
    });
    return ask<channel_message_ack>(connection_, std::move(message));
}

asio::awaitable<channel_message_ack> realtime_operations::channel_message_update(
        const channel_message_update_request& request, call_options options) const {
    auto message = encode(connection_, "channel_message_update", true, options, [&](json_writer& out) {
        out.member("channel_id", request.channel_id);
        out.member("message_id", request.message_id);
        out.member("content", request.content);
    });
    return ask<channel_message_ack>(connection_, std::move(message));
}

asio::awaitable<channel_message_ack> realtime_operations::channel_message_remove(
        const channel_message_remove_request& request, call_options options) const {
    auto message = encode(connection_, "channel_message_remove", true, options, [&](json_writer& out) {
        out.member("channel_id", request.channel_id);
        out.member("message_id", request.message_id);
    });
    return ask<channel_message_ack>(connection_, std::move(message));
}

} // namespace nakama
