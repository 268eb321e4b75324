#include "sandbox/seed/boards.hpp"

#include <nakama/sandbox/tournaments.hpp>

#include <chrono>

namespace nakama::sandbox {
namespace {

/// Without a score the user has only joined.
void put_record(seeding& state, const std::string& id, const document_value& record) {
    document_object from = record.object();
    const bool scored = from.find("score").has_value();
    const new_score score = read_score(state, from);
    from.finish();
    seeding::put(record, [&] {
        state.to.tournaments().join(id, score.owner_id, score.username);
        if (scored) state.to.tournaments().write(id, score);
    });
}

} // namespace

void seed_tournaments(seeding& state, const document_value& section) {
    for (const document_value& entry : section.items()) {
        document_object from = entry.object();
        new_tournament tournament;
        read_board(from, tournament);
        tournament.duration = std::chrono::floor<std::chrono::seconds>(from.need("duration").duration());
        read_text(from, "title", tournament.title);
        read_text(from, "description", tournament.description);
        read_number(from, "category", tournament.category);
        read_time(from, "start_time", tournament.start_time);
        read_time(from, "end_time", tournament.end_time);
        read_number(from, "max_size", tournament.max_size);
        read_number(from, "max_num_score", tournament.max_num_score);
        read_flag(from, "join_required", tournament.join_required);
        const auto records = from.find("records");
        from.finish();
        create_board(entry, state.to.tournaments(), tournament);
        if (!records) continue;
        for (const document_value& record : records->items()) put_record(state, tournament.id, record);
    }
}

} // namespace nakama::sandbox
