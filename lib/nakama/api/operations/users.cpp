// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/users.hpp are called.
#include "call/start.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::target;

static_assert(borrows<get_users_request>);

asio::awaitable<users> operations::get_users(
        const session& session, const get_users_request& request, call_options options) const {
    static constexpr operation row{"get_users", "GET", credentials::session, true};
    auto answer = call::start<users>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/user"};
        to.query("ids", request.ids);
        to.query("usernames", request.usernames);
        to.query("facebook_ids", request.facebook_ids);
        out.target = to.take();
    });
    return answer;
}

} // namespace nakama
