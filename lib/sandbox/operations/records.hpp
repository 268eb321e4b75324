// What leaderboards and tournaments have in common: how records are asked for, given and refused.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/state/boards.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

/// The score in a body, still without its author.
[[nodiscard]] submission read_score(const http_request& request);

/// Throws refusal for metadata that is no JSON object.
void check_metadata(const submission& score);

/// Cursor and expiry, which all listings have.
[[nodiscard]] record_query read_record_query(const query_parameters& parameters);

/// The id in the path; throws refusal with `otherwise` if it is empty.
[[nodiscard]] std::string require_id(const http_request& request, std::string_view name,
                                     const char* otherwise);

/// Give ids in canonical form. Throw refusal.
[[nodiscard]] std::vector<std::string> check_owners(std::vector<std::string> owner_ids);
[[nodiscard]] std::string check_owner(const std::string& owner_id);

/// Throws refusal.
[[nodiscard]] std::size_t check_limit(std::int64_t limit, std::int64_t max);

/// How an operation says what a board does not do.
struct board_answer {
    board_error error;
    int code;
    const char* text;
};

/// Throws refusal; for what has no answer an internal error with `otherwise`.
[[noreturn]] void refuse(const board_refusal& refused, std::initializer_list<board_answer> answers,
                         const char* otherwise);

} // namespace nakama::sandbox
