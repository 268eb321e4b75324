// Generated from gen/api by nakama-gen; not to be edited.
// How messages of include/nakama/api/rpc.hpp are sent.
#include "realtime/ask.hpp"

#include <nakama/api/realtime_operations.hpp>

namespace nakama {

using realtime::ask;
using realtime::encode;
using realtime::require_one_at_most;
using realtime::tell;
using wire::json_writer;

static_assert(borrows<rpc_request>);

asio::awaitable<rpc> realtime_operations::rpc(const rpc_request& request, call_options options) const {
    auto message = encode(connection_, "rpc", true, options, [&](json_writer& out) {
        out.member("id", request.id);
        out.member("payload", request.payload);
    });
    return ask<nakama::rpc>(connection_, std::move(message));
}

} // namespace nakama
