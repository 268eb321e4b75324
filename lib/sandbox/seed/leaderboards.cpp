#include "sandbox/seed/boards.hpp"

namespace nakama::sandbox {

void seed_leaderboards(seeding& state, const document_value& section) {
    for (const document_value& entry : section.items()) {
        document_object from = entry.object();
        new_leaderboard board;
        read_board(from, board);
        const auto records = from.find("records");
        from.finish();
        create_board(entry, state.to.leaderboards(), board);
        if (!records) continue;
        for (const document_value& record : records->items()) {
            document_object members = record.object();
            const new_score score = read_score(state, members);
            members.finish();
            seeding::put(record, [&] { state.to.leaderboards().write(board.id, score); });
        }
    }
}

} // namespace nakama::sandbox
