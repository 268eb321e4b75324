// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/tournaments.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;
using wire::target;

static_assert(borrows<delete_tournament_record_request>);
static_assert(borrows<join_tournament_request>);
static_assert(borrows<list_tournaments_request>);
static_assert(borrows<list_tournament_records_request>);
static_assert(borrows<list_tournament_records_around_owner_request>);
static_assert(borrows<write_tournament_record_request>);

asio::awaitable<void> operations::delete_tournament_record(
        const session& session, const delete_tournament_record_request& request, call_options options) const {
    static constexpr operation row{"delete_tournament_record", "DELETE", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/tournament"};
        to.segment("tournament_id", request.tournament_id);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::join_tournament(
        const session& session, const join_tournament_request& request, call_options options) const {
    static constexpr operation row{"join_tournament", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/tournament"};
        to.segment("tournament_id", request.tournament_id);
        to.path("/join");
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

asio::awaitable<tournament_list> operations::list_tournaments(
        const session& session, const list_tournaments_request& request, call_options options) const {
    static constexpr operation row{"list_tournaments", "GET", credentials::session, true};
    auto answer = call::start<tournament_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/tournament"};
        to.query("category_start", request.category_start);
        to.query("category_end", request.category_end);
        to.query("start_time", request.start_time);
        to.query("end_time", request.end_time);
        to.query("limit", request.limit);
        to.query("cursor", request.cursor);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<tournament_record_list> operations::list_tournament_records(
        const session& session, const list_tournament_records_request& request, call_options options) const {
    static constexpr operation row{"list_tournament_records", "GET", credentials::session, true};
    auto answer = call::start<tournament_record_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/tournament"};
        to.segment("tournament_id", request.tournament_id);
        to.query("owner_ids", request.owner_ids);
        to.query("limit", request.limit);
        to.query("cursor", request.cursor);
        to.query("expiry", request.expiry);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<tournament_record_list> operations::list_tournament_records_around_owner(
        const session& session, const list_tournament_records_around_owner_request& request,
        call_options options) const {
    static constexpr operation row{"list_tournament_records_around_owner", "GET", credentials::session, true};
    auto answer = call::start<tournament_record_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/tournament"};
        to.segment("tournament_id", request.tournament_id);
        to.path("/owner");
        to.segment("owner_id", request.owner_id);
        to.query("limit", request.limit);
        to.query("expiry", request.expiry);
        to.query("cursor", request.cursor);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<leaderboard_record> operations::write_tournament_record(
        const session& session, const write_tournament_record_request& request, call_options options) const {
    static constexpr operation row{"write_tournament_record", "PUT", credentials::session, false};
    auto answer = call::start<leaderboard_record>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/tournament"};
        to.segment("tournament_id", request.tournament_id);
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
