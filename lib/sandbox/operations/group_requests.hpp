// What requests about groups have in common.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/state/ids.hpp"

#include <cstdint>
#include <string>

namespace nakama::sandbox {

/// Throws refusal.
[[nodiscard]] inline std::string group_id_of(const http_request& request) {
    const auto& given = request.path_value("group_id");
    if (given.empty()) throw refusal{code::invalid_argument, "Group ID must be set."};
    const auto id = parse_uuid(given);
    if (!id) throw refusal{code::invalid_argument, "Group ID must be a valid ID."};
    return *id;
}

/// Throws refusal.
inline void require_limit(std::int32_t limit) {
    if (limit < 1 || limit > 100)
        throw refusal{code::invalid_argument, "Invalid limit - limit must be between 1 and 100."};
}

} // namespace nakama::sandbox
