// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/notifications.hpp are called.
#include "call/start.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::target;

static_assert(borrows<delete_notifications_request>);
static_assert(borrows<list_notifications_request>);

asio::awaitable<void> operations::delete_notifications(
        const session& session, const delete_notifications_request& request, call_options options) const {
    static constexpr operation row{"delete_notifications", "DELETE", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/notification"};
        to.query("ids", request.ids);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<notification_list> operations::list_notifications(
        const session& session, const list_notifications_request& request, call_options options) const {
    static constexpr operation row{"list_notifications", "GET", credentials::session, true};
    auto answer = call::start<notification_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/notification"};
        to.query("limit", request.limit);
        to.query("cacheable_cursor", request.cacheable_cursor);
        out.target = to.take();
    });
    return answer;
}

} // namespace nakama
