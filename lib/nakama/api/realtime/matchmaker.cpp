// Generated from gen/api by nakama-gen; not to be edited.
// How messages of include/nakama/api/matchmaker.hpp are sent.
#include "realtime/ask.hpp"

#include <nakama/api/realtime_operations.hpp>

namespace nakama {

using realtime::ask;
using realtime::encode;
using realtime::require_one_at_most;
using realtime::tell;
using wire::json_writer;

static_assert(borrows<matchmaker_add_request>);
static_assert(borrows<matchmaker_remove_request>);

asio::awaitable<matchmaker_ticket> realtime_operations::matchmaker_add(
        const matchmaker_add_request& request, call_options options) const {
    auto message = encode(connection_, "matchmaker_add", true, options, [&](json_writer& out) {
        out.member("min_count", request.min_count);
        out.member("max_count", request.max_count);
        out.member("query", request.query);
        out.member("string_properties", request.string_properties);
        out.member("numeric_properties", request.numeric_properties);
        out.member("count_multiple", request.count_multiple);
    });
    return ask<matchmaker_ticket>(connection_, std::move(message));
}

asio::awaitable<void> realtime_operations::matchmaker_remove(
        const matchmaker_remove_request& request, call_options options) const {
    auto message = encode(connection_, "matchmaker_remove", true, options, [&](json_writer& out) {
        out.member("ticket", request.ticket);
    });
    return ask<void>(connection_, std::move(message));
}

} // namespace nakama
