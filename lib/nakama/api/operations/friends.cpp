// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/friends.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;
using wire::target;

static_assert(borrows<add_friends_request>);
static_assert(borrows<block_friends_request>);
static_assert(borrows<delete_friends_request>);
static_assert(borrows<import_facebook_friends_request>);
static_assert(borrows<import_steam_friends_request>);
static_assert(borrows<list_friends_request>);
static_assert(borrows<list_friends_of_friends_request>);

asio::awaitable<void> operations::add_friends(
        const session& session, const add_friends_request& request, call_options options) const {
    static constexpr operation row{"add_friends", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/friend"};
        to.query("ids", request.ids);
        to.query("usernames", request.usernames);
        to.query("metadata", request.metadata);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::block_friends(
        const session& session, const block_friends_request& request, call_options options) const {
    static constexpr operation row{"block_friends", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/friend/block"};
        to.query("ids", request.ids);
        to.query("usernames", request.usernames);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::delete_friends(
        const session& session, const delete_friends_request& request, call_options options) const {
    static constexpr operation row{"delete_friends", "DELETE", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/friend"};
        to.query("ids", request.ids);
        to.query("usernames", request.usernames);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::import_facebook_friends(
        const session& session, const import_facebook_friends_request& request, call_options options) const {
    static constexpr operation row{"import_facebook_friends", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/friend/facebook"};
        to.query("reset", request.reset);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::import_steam_friends(
        const session& session, const import_steam_friends_request& request, call_options options) const {
    static constexpr operation row{"import_steam_friends", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/friend/steam"};
        to.query("reset", request.reset);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<friend_list> operations::list_friends(
        const session& session, const list_friends_request& request, call_options options) const {
    static constexpr operation row{"list_friends", "GET", credentials::session, true};
    auto answer = call::start<friend_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/friend"};
        to.query("limit", request.limit);
        to.query("state", request.state);
        to.query("cursor", request.cursor);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<friends_of_friends_list> operations::list_friends_of_friends(
        const session& session, const list_friends_of_friends_request& request, call_options options) const {
    static constexpr operation row{"list_friends_of_friends", "GET", credentials::session, true};
    auto answer = call::start<friends_of_friends_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/friend/friends"};
        to.query("limit", request.limit);
        to.query("cursor", request.cursor);
        out.target = to.take();
    });
    return answer;
}

} // namespace nakama
