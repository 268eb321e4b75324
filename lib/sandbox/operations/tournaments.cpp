#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/operations/records.hpp"
#include "wire/base64.hpp"
#include "wire/json_writer.hpp"

#include <array>
#include <utility>

namespace nakama::sandbox {
namespace {

constexpr board_answer not_found{board_error::not_found, code::not_found, "Tournament not found."};
constexpr std::string_view cursor_mark = "tournaments after ";

std::string cursor_to(const std::string& id) {
    std::string cursor;
    wire::append_base64url(cursor, std::string{cursor_mark} + id);
    cursor.append((4 - cursor.size() % 4) % 4, '=');
    return cursor;
}

std::string read_cursor(const std::string& cursor) {
    if (cursor.empty()) return {};
    const auto text = wire::decode_base64(cursor);
    if (!text || !text->starts_with(cursor_mark) || text->size() == cursor_mark.size())
        throw refusal{code::unknown, "leaderboard cursor invalid"};
    return text->substr(cursor_mark.size());
}

std::string list_tournaments(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const auto category_start = parameters.uint32("category_start");
    const auto category_end = parameters.uint32("category_end");
    const auto start_time = parameters.uint32("start_time");
    const auto end_time = parameters.uint32("end_time");
    const auto limit = parameters.int32("limit");
    const std::string cursor = parameters.text("cursor").value_or("");
    (void)require_session(world, request);

    const auto require = [](bool holds, const char* otherwise) {
        if (!holds) throw refusal{code::invalid_argument, otherwise};
    };
    tournament_query query;
    query.after = read_cursor(cursor);
    if (category_start) query.category_start = *category_start;
    if (category_end) {
        query.category_end = *category_end;
        require(*category_end < 128, "Tournament category end must be >=0 and <128.");
        require(query.category_end >= query.category_start,
                "Tournament category end must be greater than category start.");
    }
    query.start_time = start_time;
    query.end_time = end_time;
    require(!start_time || end_time.value_or(0) == 0 || *end_time >= *start_time,
            "Tournament end time must be greater than start time.");
    require(!limit || (*limit >= 1 && *limit <= 100), "Limit must be between 1 and 100.");
    if (limit) query.limit = static_cast<std::size_t>(*limit);

    const tournament_page page = world.boards.tournaments(query, world.now());
    tournament_list list;
    for (const board* one : page.boards) list.tournaments.push_back(one->as_tournament(world.now()));
    if (page.more) list.cursor = cursor_to(list.tournaments.back().id);
    return wire::to_json(list);
}

std::string join_tournament(world& world, const http_request& request) {
    const auto caller = require_session(world, request);
    try {
        world.boards.tournament(request.path_value("tournament_id"))
            .join(caller.uid, caller.usn, world.now());
        return "{}";
    } catch (const board_refusal& refused) {
        refuse(refused,
               {not_found,
                {board_error::full, code::invalid_argument,
                 "Tournament cannot be joined as it has reached its max size."},
                {board_error::outside_duration, code::invalid_argument,
                 "Tournament is not active and cannot accept new joins."}},
               "Error while trying to join tournament.");
    }
}

/// The same fields under another name.
std::string answer(leaderboard_record_list list) {
    return wire::to_json(tournament_record_list{.records = std::move(list.records),
                                                .owner_records = std::move(list.owner_records),
                                                .next_cursor = std::move(list.next_cursor),
                                                .prev_cursor = std::move(list.prev_cursor),
                                                .rank_count = list.rank_count});
}

std::string list_tournament_records(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    record_query query = read_record_query(parameters);
    auto owners = parameters.texts("owner_ids");
    const auto limit = parameters.int32("limit");
    (void)require_session(world, request);

    const std::string id = require_id(request, "tournament_id", "Tournament ID must be provided");
    query.owner_ids = check_owners(std::move(owners));
    if (limit) query.limit = check_limit(*limit, 100);
    else if (query.owner_ids.empty() || query.cursor.empty()) query.limit = 10;
    try {
        const board& tournament = world.boards.tournament(id);
        if (query.expiry == 0 && tournament.has_ended(world.now()))
            throw board_refusal{board_error::outside_duration};
        return answer(tournament.list(query, world.now()));
    } catch (const board_refusal& refused) {
        refuse(refused,
               {not_found,
                {board_error::outside_duration, code::not_found, "Tournament has ended."},
                {board_error::bad_cursor, code::invalid_argument, "Cursor is invalid or expired."}},
               "Error listing records from tournament.");
    }
}

std::string list_tournament_records_around_owner(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    record_query query = read_record_query(parameters);
    const auto limit = parameters.uint32("limit");
    (void)require_session(world, request);

    const std::string id = require_id(request, "tournament_id", "Invalid tournament ID.");
    query.limit = check_limit(limit.value_or(100), 100);
    const std::string owner = check_owner(request.path_value("owner_id"));
    try {
        auto list = world.boards.tournament(id).around(owner, query, world.now());
        list.prev_cursor = list.next_cursor; // a real server's slip
        return answer(std::move(list));
    } catch (const board_refusal& refused) {
        refuse(refused, {not_found}, "Error querying records from leaderboard.");
    }
}

std::string write_tournament_record(world& world, const http_request& request) {
    submission score = read_score(request);
    const auto caller = require_session(world, request);
    const std::string id = require_id(request, "tournament_id", "Tournament ID must be provided.");
    check_metadata(score);
    score.owner_id = caller.uid;
    score.username = caller.usn;
    try {
        board& there = world.boards.any(id);
        if (there.has_ended(world.now()))
            throw refusal{code::not_found, "Tournament not found or has ended."};
        // Of a leaderboard a real server says no more than this.
        if (!there.is_tournament()) throw refusal{code::internal, "Error writing score to tournament."};
        return wire::to_json(there.compete(score, author::player, world.now()));
    } catch (const board_refusal& refused) {
        refuse(refused,
               {not_found,
                {board_error::full, code::failed_precondition, "Tournament has reached max size."},
                {board_error::authoritative, code::permission_denied,
                 "Tournament only allows authoritative score submissions."},
                {board_error::attempts_used, code::failed_precondition,
                 "Reached allowed max number of score attempts."},
                {board_error::join_required, code::failed_precondition,
                 "Must join tournament before attempting to write value."},
                {board_error::outside_duration, code::failed_precondition,
                 "Tournament is not active and cannot accept new scores."}},
               "Error writing score to tournament.");
    }
}

std::string delete_tournament_record(world& world, const http_request& request) {
    const auto caller = require_session(world, request);
    const std::string id = require_id(request, "tournament_id", "Invalid tournament ID.");
    try {
        world.boards.tournament(id).erase(caller.uid, author::player, world.now());
        return "{}";
    } catch (const board_refusal& refused) {
        // A real server tells neither an unknown tournament nor one of the server's own apart here.
        refuse(refused, {}, "Error deleting score from tournament.");
    }
}

constexpr std::array routes{
    route{"GET", "/v2/tournament", list_tournaments},
    route{"GET", "/v2/tournament/{tournament_id}", list_tournament_records},
    route{"PUT", "/v2/tournament/{tournament_id}", write_tournament_record},
    route{"POST", "/v2/tournament/{tournament_id}", write_tournament_record},
    route{"DELETE", "/v2/tournament/{tournament_id}", delete_tournament_record},
    route{"POST", "/v2/tournament/{tournament_id}/join", join_tournament},
    route{"GET", "/v2/tournament/{tournament_id}/owner/{owner_id}", list_tournament_records_around_owner},
};

} // namespace

std::span<const route> tournament_routes() {
    return routes;
}

} // namespace nakama::sandbox
