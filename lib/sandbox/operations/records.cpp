#include "sandbox/operations/records.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/state/ids.hpp"

#include <algorithm>
#include <array>

namespace nakama::sandbox {
namespace {

constexpr std::array<std::string_view, 5> operators{"NO_OVERRIDE", "BEST", "SET", "INCREMENT", "DECREMENT"};

} // namespace

submission read_score(const http_request& request) {
    request_body body{request.body};
    submission score;
    score.given = {body->int64("score").value_or(0), body->int64("subscore").value_or(0)};
    score.metadata = body->text("metadata").value_or("");
    score.operator_ = leaderboard_operator{body->enumeration("operator", operators).value_or(0)};
    return score;
}

void check_metadata(const submission& score) {
    if (!score.metadata.empty() && !holds_object(score.metadata))
        throw refusal{code::invalid_argument, "Metadata value must be JSON, if provided."};
}

record_query read_record_query(const query_parameters& parameters) {
    record_query query;
    query.cursor = parameters.text("cursor").value_or("");
    query.expiry = parameters.int64("expiry").value_or(0);
    return query;
}

std::string require_id(const http_request& request, std::string_view name, const char* otherwise) {
    std::string id{request.path_value(name)};
    if (id.empty()) throw refusal{code::invalid_argument, otherwise};
    return id;
}

std::vector<std::string> check_owners(std::vector<std::string> owner_ids) {
    for (std::string& owner : owner_ids) {
        auto id = parse_uuid(owner);
        if (!id) throw refusal{code::invalid_argument, "One or more owner IDs are invalid."};
        owner = std::move(*id);
    }
    return owner_ids;
}

std::string check_owner(const std::string& owner_id) {
    if (owner_id.empty())
        throw refusal{code::invalid_argument, "Owner ID must be provided for a haystack query."};
    auto id = parse_uuid(owner_id);
    if (!id) throw refusal{code::invalid_argument, "Invalid owner ID provided."};
    return std::move(*id);
}

std::size_t check_limit(std::int64_t limit, std::int64_t max) {
    if (limit < 1 || limit > max)
        throw refusal{code::invalid_argument,
                      "Invalid limit - limit must be between 1 and " + std::to_string(max) + "."};
    return static_cast<std::size_t>(limit);
}

void refuse(const board_refusal& refused, std::initializer_list<board_answer> answers,
            const char* otherwise) {
    const auto found = std::ranges::find(answers, refused.error(), &board_answer::error);
    if (found == answers.end()) throw refusal{code::internal, otherwise};
    throw refusal{found->code, found->text};
}

} // namespace nakama::sandbox
