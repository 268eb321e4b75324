#include "sandbox/board_view.hpp"

#include "sandbox/json/stored_json.hpp"
#include "sandbox/world.hpp"

#include <limits>
#include <stdexcept>

namespace nakama::sandbox {

std::string uuid_of(std::string_view id) {
    auto result = parse_uuid(id);
    if (!result) throw std::invalid_argument{'"' + std::string{id} + "\" is no UUID"};
    return std::move(*result);
}

std::string json_object(std::string_view text) {
    auto result = storable_object(text);
    if (!result) throw std::invalid_argument{"metadata is a JSON object, not " + std::string{text}};
    return std::move(*result);
}

submission submission_of(const new_score& score) {
    return {.owner_id = uuid_of(score.owner_id),
            .username = score.username,
            .given = {score.score, score.subscore},
            .metadata = score.metadata.empty() ? "" : json_object(score.metadata),
            .operator_ = score.operator_};
}

std::vector<leaderboard_record> all_records(const board& board, std::optional<timestamp> expiry,
                                            wall_time now) {
    record_query query;
    query.limit = std::numeric_limits<std::size_t>::max();
    if (expiry) query.expiry = std::chrono::floor<std::chrono::seconds>(*expiry).time_since_epoch().count();
    return board.list(query, now).records;
}

std::optional<leaderboard_record> record_of(const board& board, std::string_view owner_id, wall_time now) {
    const auto id = parse_uuid(owner_id);
    if (!id) return {};
    record_query query;
    query.owner_ids = {*id};
    auto found = board.list(query, now).owner_records;
    if (found.empty()) return {};
    return std::move(found.front());
}

} // namespace nakama::sandbox
