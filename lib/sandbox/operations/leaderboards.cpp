#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/operations/records.hpp"
#include "wire/json_writer.hpp"

#include <array>
#include <utility>

namespace nakama::sandbox {
namespace {

constexpr board_answer not_found{board_error::not_found, code::not_found, "Leaderboard not found."};

std::string require_leaderboard_id(const http_request& request) {
    return require_id(request, "leaderboard_id", "Invalid leaderboard ID.");
}

std::string list_leaderboard_records(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    record_query query = read_record_query(parameters);
    auto owners = parameters.texts("owner_ids");
    const auto limit = parameters.int32("limit");
    (void)require_session(world, request);

    const std::string id = require_leaderboard_id(request);
    if (limit) query.limit = check_limit(*limit, 1000);
    else if (owners.empty() || !query.cursor.empty()) query.limit = 1;
    query.owner_ids = check_owners(std::move(owners));
    try {
        return wire::to_json(world.boards.any(id).list(query, world.now()));
    } catch (const board_refusal& refused) {
        refuse(
            refused,
            {not_found, {board_error::bad_cursor, code::invalid_argument, "Cursor is invalid or expired."}},
            "Error listing records from leaderboard.");
    }
}

std::string list_leaderboard_records_around_owner(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    record_query query = read_record_query(parameters);
    const auto limit = parameters.uint32("limit");
    (void)require_session(world, request);

    const std::string id = require_leaderboard_id(request);
    query.limit = check_limit(limit.value_or(1), 100);
    const std::string owner = check_owner(request.path_value("owner_id"));
    try {
        return wire::to_json(world.boards.any(id).around(owner, query, world.now()));
    } catch (const board_refusal& refused) {
        refuse(refused, {not_found}, "Error querying records from leaderboard.");
    }
}

std::string write_leaderboard_record(world& world, const http_request& request) {
    submission score = read_score(request);
    const auto caller = require_session(world, request);
    const std::string id = require_leaderboard_id(request);
    check_metadata(score);
    score.owner_id = caller.uid;
    score.username = caller.usn;
    try {
        return wire::to_json(world.boards.any(id).write(score, author::player, world.now()));
    } catch (const board_refusal& refused) {
        refuse(refused,
               {not_found,
                {board_error::authoritative, code::permission_denied,
                 "Leaderboard only allows authoritative score submissions."}},
               "Error writing score to leaderboard.");
    }
}

std::string delete_leaderboard_record(world& world, const http_request& request) {
    const auto caller = require_session(world, request);
    const std::string id = require_leaderboard_id(request);
    try {
        world.boards.leaderboard(id).erase(caller.uid, author::player, world.now());
        return "{}";
    } catch (const board_refusal& refused) {
        refuse(refused,
               {not_found,
                {board_error::authoritative, code::permission_denied,
                 "Leaderboard only allows authoritative score deletions."}},
               "Error deleting score from leaderboard.");
    }
}

constexpr std::array routes{
    route{"GET", "/v2/leaderboard/{leaderboard_id}", list_leaderboard_records},
    route{"POST", "/v2/leaderboard/{leaderboard_id}", write_leaderboard_record},
    route{"DELETE", "/v2/leaderboard/{leaderboard_id}", delete_leaderboard_record},
    route{"GET", "/v2/leaderboard/{leaderboard_id}/owner/{owner_id}", list_leaderboard_records_around_owner},
};

} // namespace

std::span<const route> leaderboard_routes() {
    return routes;
}

} // namespace nakama::sandbox
