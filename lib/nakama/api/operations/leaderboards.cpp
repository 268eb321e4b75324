// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/leaderboards.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;
using wire::target;

static_assert(borrows<delete_leaderboard_record_request>);
static_assert(borrows<list_leaderboard_records_request>);
static_assert(borrows<list_leaderboard_records_around_owner_request>);
static_assert(borrows<write_leaderboard_record_request>);

asio::awaitable<void> operations::delete_leaderboard_record(
        const session& session, const delete_leaderboard_record_request& request,
        call_options options) const {
    static constexpr operation row{"delete_leaderboard_record", "DELETE", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/leaderboard"};
        to.segment("leaderboard_id", request.leaderboard_id);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<leaderboard_record_list> operations::list_leaderboard_records(
        const session& session, const list_leaderboard_records_request& request, call_options options) const {
    static constexpr operation row{"list_leaderboard_records", "GET", credentials::session, true};
    auto answer = call::start<leaderboard_record_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/leaderboard"};
        to.segment("leaderboard_id", request.leaderboard_id);
        to.query("owner_ids", request.owner_ids);
        to.query("limit", request.limit);
        to.query("cursor", request.cursor);
        to.query("expiry", request.expiry);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<leaderboard_record_list> operations::list_leaderboard_records_around_owner(
        const session& session, const list_leaderboard_records_around_owner_request& request,
        call_options options) const {
    static constexpr operation row{"list_leaderboard_records_around_owner", "GET", credentials::session, true};
    auto answer = call::start<leaderboard_record_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/leaderboard"};
        to.segment("leaderboard_id", request.leaderboard_id);
        to.path("/owner");
        to.segment("owner_id", request.owner_id);
        to.query("limit", request.limit);
        to.query("expiry", request.expiry);
        to.query("cursor", request.cursor);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<leaderboard_record> operations::write_leaderboard_record(
        const session& session, const write_leaderboard_record_request& request, call_options options) const {
    static constexpr operation row{"write_leaderboard_record", "POST", credentials::session, false};
    auto answer = call::start<leaderboard_record>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/leaderboard"};
        to.segment("leaderboard_id", request.leaderboard_id);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("score", request.score);
        body.member("subscore", request.subscore);
        body.member("metadata", request.metadata);
        body.member("operator", request.operator_);
        body.end_object();
    });
    return answer;
}

} // namespace nakama
