// What leaderboards and tournaments of a seed have in common.
#pragma once

#include "sandbox/seed/members.hpp"
#include "sandbox/seed/seed.hpp"

#include <nakama/sandbox/leaderboards.hpp>

namespace nakama::sandbox {

void read_order(document_object& from, score_order& to);
void read_operator(document_object& from, leaderboard_operator& to);
/// Of the members of a record.
new_score read_score(const seeding& state, document_object& from);

/// `Board` is new_leaderboard or new_tournament.
template <class Board>
void read_board(document_object& from, Board& board) {
    board.id = from.need("id").text();
    read_flag(from, "authoritative", board.authoritative);
    read_order(from, board.order);
    read_operator(from, board.operator_);
    read_text(from, "reset_schedule", board.reset_schedule);
    read_json(from, "metadata", board.metadata);
    read_flag(from, "enable_ranks", board.enable_ranks);
}

/// `boards` is the view of leaderboards or tournaments.
template <class Boards, class Board>
void create_board(const document_value& entry, Boards boards, const Board& board) {
    if (!seeding::put(entry, [&] { return boards.create(board); }))
        entry.wrong("there is \"" + board.id + "\" already");
}

} // namespace nakama::sandbox
