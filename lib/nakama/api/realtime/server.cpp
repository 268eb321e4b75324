// Generated from gen/api by nakama-gen; not to be edited.
// How messages of include/nakama/api/server.hpp are sent.
#include "realtime/ask.hpp"

#include <nakama/api/realtime_operations.hpp>

namespace nakama {

using realtime::ask;
using realtime::encode;
using realtime::require_one_at_most;
using realtime::tell;
using wire::json_writer;

asio::awaitable<void> realtime_operations::ping(call_options options) const {
    auto message = encode(connection_, "ping", true, options, [](json_writer&) {});
    return ask<void>(connection_, std::move(message));
}

} // namespace nakama
