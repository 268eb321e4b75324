// What asking the matchmaker takes, for one user and for a party alike.
#pragma once

#include "sandbox/json/message_reader.hpp"
#include "sandbox/world.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct match_wish {
    std::int32_t min_count = 0;
    std::int32_t max_count = 0;
    std::string query{};
    std::optional<std::int32_t> count_multiple{};
    std::map<std::string, std::string> string_properties{};
    std::map<std::string, double> numeric_properties{};
};

[[nodiscard]] match_wish read_match_wish(message_reader& body);

/// What is wrong with its counts, in the server's words; empty if nothing is.
[[nodiscard]] std::string_view complaint_about(const match_wish& wish);

/// For one user, or for all members of a party. Throws bad_query.
[[nodiscard]] matchmaker::ticket make_ticket(world& world, const match_wish& wish,
                                             const std::vector<user_presence>& users,
                                             const std::string& party_id = {});

/// As the last search left them: those found count as waiting until the next one. A search is due once an
/// interval, also where there is nothing to find.
[[nodiscard]] const matchmaker_stats& matchmaking_stats(world& world);

/// Looks for matches, now that there is another ticket, and from time to time.
void seek_matches(world& world);

} // namespace nakama::sandbox
