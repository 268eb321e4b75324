// Which matches a listing shows.
#pragma once

#include "sandbox/world.hpp"

#include <nakama/api/matches.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct match_filter {
    std::int32_t limit = 10;
    std::optional<bool> authoritative{};
    std::optional<std::string> label{};
    std::optional<std::int32_t> min_size{};
    std::optional<std::int32_t> max_size{};
    std::optional<std::string> query{};
};

/// What is wrong with a filter, in the server's words; empty if nothing is.
[[nodiscard]] std::string_view complaint_about(const match_filter& filter);

/// Those that run on the server first, best and newest first. A real server's listing is up to a second
/// behind; this one never is. Throws bad_query.
[[nodiscard]] std::vector<listed_match> list_matches(const world& world, const match_filter& filter);

} // namespace nakama::sandbox
