// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/channels.hpp are called.
#include "call/start.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::target;

static_assert(borrows<list_channel_messages_request>);

asio::awaitable<channel_message_list> operations::list_channel_messages(
        const session& session, const list_channel_messages_request& request, call_options options) const {
    static constexpr operation row{"list_channel_messages", "GET", credentials::session, true};
    auto answer = call::start<channel_message_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/channel"};
        to.segment("channel_id", request.channel_id);
        to.query("limit", request.limit);
        to.query("forward", request.forward);
        to.query("cursor", request.cursor);
        out.target = to.take();
    });
    return answer;
}

} // namespace nakama
