// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/accounts.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;

static_assert(borrows<update_account_request>);

asio::awaitable<void> operations::delete_account(const session& session, call_options options) const {
    static constexpr operation row{"delete_account", "DELETE", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account";
    });
    return call::done(std::move(answer));
}

asio::awaitable<account> operations::get_account(const session& session, call_options options) const {
    static constexpr operation row{"get_account", "GET", credentials::session, true};
    auto answer = call::start<account>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account";
    });
    return answer;
}

asio::awaitable<void> operations::update_account(
        const session& session, const update_account_request& request, call_options options) const {
    static constexpr operation row{"update_account", "PUT", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account";
        json_writer body{out.body};
        body.begin_object();
        body.member("username", request.username);
        body.member("display_name", request.display_name);
        body.member("avatar_url", request.avatar_url);
        body.member("lang_tag", request.lang_tag);
        body.member("location", request.location);
        body.member("timezone", request.timezone);
        body.end_object();
    });
    return call::done(std::move(answer));
}

} // namespace nakama
