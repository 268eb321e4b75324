#include "sandbox/state/boards.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace nakama::sandbox {
namespace {

bool is_wanted(const board_settings& one, const tournament_query& query, wall_time now) {
    if (one.category < query.category_start || one.category > query.category_end) return false;
    if (query.start_time && one.start_time < *query.start_time) return false;
    if (!query.end_time) return one.end_time == 0 || one.end_time >= unix_seconds(now);
    if (*query.end_time == 0) return one.end_time == 0;
    return one.end_time != 0 && one.end_time <= *query.end_time;
}

} // namespace

bool board_book::create(board_settings settings, wall_time now) {
    const board* there = find(settings.id);
    const bool competes = settings.duration != 0;
    if (there && competes && !there->is_tournament())
        throw std::invalid_argument{"there is a leaderboard " + settings.id};
    if (there) return false;
    std::string id = settings.id;
    boards_.try_emplace(std::move(id), std::move(settings), now);
    return true;
}

const board* board_book::find(const std::string& id) const {
    const auto found = boards_.find(id);
    return found == boards_.end() ? nullptr : &found->second;
}

board& board_book::any(const std::string& id) {
    const auto found = boards_.find(id);
    if (found == boards_.end()) throw board_refusal{board_error::not_found};
    return found->second;
}

board& board_book::leaderboard(const std::string& id) {
    board& found = any(id);
    if (found.is_tournament()) throw board_refusal{board_error::not_found};
    return found;
}

board& board_book::tournament(const std::string& id) {
    board& found = any(id);
    if (!found.is_tournament()) throw board_refusal{board_error::not_found};
    return found;
}

std::vector<const board*> board_book::tournaments() const {
    std::vector<const board*> all;
    for (const auto& [id, one] : boards_)
        if (one.is_tournament()) all.push_back(&one);
    std::ranges::sort(all, {}, [](const board* one) {
        const board_settings& its = one->settings();
        return std::tuple{its.start_time, -its.end_time, its.category, std::string_view{its.id}};
    });
    return all;
}

tournament_page board_book::tournaments(const tournament_query& query, wall_time now) const {
    const auto all = tournaments();
    auto from = all.begin();
    if (!query.after.empty()) {
        from = std::ranges::find(all, query.after, [](const board* one) { return one->settings().id; });
        if (from != all.end()) ++from;
    }
    tournament_page page;
    std::copy_if(from, all.end(), std::back_inserter(page.boards),
                 [&](const board* one) { return is_wanted(one->settings(), query, now); });
    page.more = page.boards.size() > query.limit;
    if (page.more) page.boards.resize(query.limit);
    return page;
}

std::vector<const board*> board_book::leaderboards() const {
    std::vector<const board*> result;
    for (const auto& [id, one] : boards_)
        if (!one.is_tournament()) result.push_back(&one);
    return result;
}

void board_book::forget(const std::string& user_id) {
    for (auto& [id, one] : boards_) one.forget(user_id);
}

} // namespace nakama::sandbox
