// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/groups.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;
using wire::target;

static_assert(borrows<add_group_users_request>);
static_assert(borrows<ban_group_users_request>);
static_assert(borrows<create_group_request>);
static_assert(borrows<delete_group_request>);
static_assert(borrows<join_group_request>);
static_assert(borrows<kick_group_users_request>);
static_assert(borrows<leave_group_request>);
static_assert(borrows<list_groups_request>);
static_assert(borrows<list_group_users_request>);
static_assert(borrows<list_user_groups_request>);
static_assert(borrows<promote_group_users_request>);
static_assert(borrows<demote_group_users_request>);
static_assert(borrows<update_group_request>);

asio::awaitable<void> operations::add_group_users(
        const session& session, const add_group_users_request& request, call_options options) const {
    static constexpr operation row{"add_group_users", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/group"};
        to.segment("group_id", request.group_id);
        to.path("/add");
        to.query("user_ids", request.user_ids);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::ban_group_users(
        const session& session, const ban_group_users_request& request, call_options options) const {
    static constexpr operation row{"ban_group_users", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/group"};
        to.segment("group_id", request.group_id);
        to.path("/ban");
        to.query("user_ids", request.user_ids);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<group> operations::create_group(
        const session& session, const create_group_request& request, call_options options) const {
    static constexpr operation row{"create_group", "POST", credentials::session, false};
    auto answer = call::start<group>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/group";
        json_writer body{out.body};
        body.begin_object();
        body.member("name", request.name);
        body.member("description", request.description);
        body.member("lang_tag", request.lang_tag);
        body.member("avatar_url", request.avatar_url);
        body.member("open", request.open);
        body.member("max_count", request.max_count);
        body.end_object();
    });
    return answer;
}

asio::awaitable<void> operations::delete_group(
        const session& session, const delete_group_request& request, call_options options) const {
    static constexpr operation row{"delete_group", "DELETE", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/group"};
        to.segment("group_id", request.group_id);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::join_group(
        const session& session, const join_group_request& request, call_options options) const {
    static constexpr operation row{"join_group", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/group"};
        to.segment("group_id", request.group_id);
        to.path("/join");
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::kick_group_users(
        const session& session, const kick_group_users_request& request, call_options options) const {
    static constexpr operation row{"kick_group_users", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/group"};
        to.segment("group_id", request.group_id);
        to.path("/kick");
        to.query("user_ids", request.user_ids);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::leave_group(
        const session& session, const leave_group_request& request, call_options options) const {
    static constexpr operation row{"leave_group", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/group"};
        to.segment("group_id", request.group_id);
        to.path("/leave");
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<group_list> operations::list_groups(
        const session& session, const list_groups_request& request, call_options options) const {
    static constexpr operation row{"list_groups", "GET", credentials::session, true};
    auto answer = call::start<group_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/group"};
        to.query("name", request.name);
        to.query("cursor", request.cursor);
        to.query("limit", request.limit);
        to.query("lang_tag", request.lang_tag);
        to.query("members", request.members);
        to.query("open", request.open);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<group_user_list> operations::list_group_users(
        const session& session, const list_group_users_request& request, call_options options) const {
    static constexpr operation row{"list_group_users", "GET", credentials::session, true};
    auto answer = call::start<group_user_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/group"};
        to.segment("group_id", request.group_id);
        to.path("/user");
        to.query("limit", request.limit);
        to.query("state", request.state);
        to.query("cursor", request.cursor);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<user_group_list> operations::list_user_groups(
        const session& session, const list_user_groups_request& request, call_options options) const {
    static constexpr operation row{"list_user_groups", "GET", credentials::session, true};
    auto answer = call::start<user_group_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/user"};
        to.segment("user_id", request.user_id);
        to.path("/group");
        to.query("limit", request.limit);
        to.query("state", request.state);
        to.query("cursor", request.cursor);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<void> operations::promote_group_users(
        const session& session, const promote_group_users_request& request, call_options options) const {
    static constexpr operation row{"promote_group_users", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/group"};
        to.segment("group_id", request.group_id);
        to.path("/promote");
        to.query("user_ids", request.user_ids);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::demote_group_users(
        const session& session, const demote_group_users_request& request, call_options options) const {
    static constexpr operation row{"demote_group_users", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/group"};
        to.segment("group_id", request.group_id);
        to.path("/demote");
        to.query("user_ids", request.user_ids);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::update_group(
        const session& session, const update_group_request& request, call_options options) const {
    static constexpr operation row{"update_group", "PUT", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/group"};
        to.segment("group_id", request.group_id);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("name", request.name);
        body.member("description", request.description);
        body.member("lang_tag", request.lang_tag);
        body.member("avatar_url", request.avatar_url);
        body.member("open", request.open);
        body.end_object();
    });
    return call::done(std::move(answer));
}

} // namespace nakama
