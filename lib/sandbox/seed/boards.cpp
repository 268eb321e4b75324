#include "sandbox/seed/boards.hpp"

#include <array>

namespace nakama::sandbox {

void read_order(document_object& from, score_order& to) {
    constexpr std::array<std::pair<std::string_view, score_order>, 2> names{
        {{"lowest_first", score_order::lowest_first}, {"highest_first", score_order::highest_first}}};
    if (const auto given = from.find("order")) to = read_named<score_order>(*given, names);
}

void read_operator(document_object& from, leaderboard_operator& to) {
    constexpr std::array<std::pair<std::string_view, leaderboard_operator>, 4> names{
        {{"best", leaderboard_operator::best},
         {"set", leaderboard_operator::set},
         {"increment", leaderboard_operator::increment},
         {"decrement", leaderboard_operator::decrement}}};
    if (const auto given = from.find("operator")) to = read_named<leaderboard_operator>(*given, names);
}

new_score read_score(const seeding& state, document_object& from) {
    const document_value user = from.need("user");
    new_score score{.owner_id = state.user_id(user), .username = user.text()};
    read_number(from, "score", score.score);
    read_number(from, "subscore", score.subscore);
    read_json(from, "metadata", score.metadata);
    read_operator(from, score.operator_);
    return score;
}

} // namespace nakama::sandbox
