// Cursors of records as they travel.
#pragma once

#include "sandbox/state/standings.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace nakama::sandbox {

[[nodiscard]] std::string write_cursor(const record_cursor& cursor, const std::string& board_id,
                                       std::int64_t expiry);

/// Nothing for what is no cursor, and for one of another board or period.
[[nodiscard]] std::optional<record_cursor> read_cursor(const std::string& cursor, const std::string& board_id,
                                                       std::int64_t expiry);

} // namespace nakama::sandbox
