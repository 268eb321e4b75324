// All leaderboards and tournaments of a server.
#pragma once

#include "sandbox/state/board.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nakama::sandbox {

/// Times are in seconds of Unix time.
struct tournament_query {
    std::int64_t category_start = 0;
    std::int64_t category_end = 127;
    std::optional<std::int64_t> start_time{}; ///< those that start then or later
    /// Those that end by then, 0 those without an end; without it those that have not ended.
    std::optional<std::int64_t> end_time{};
    std::size_t limit = 100;
    std::string after{}; ///< an id; empty for the first page
};

/// By start, then latest end, category and id.
struct tournament_page {
    std::vector<const board*> boards{};
    bool more{}; ///< there are others behind
};

class board_book {
public:
    /// Whether it is new: of what is there already nothing changes. Throws std::invalid_argument, also for a
    /// tournament whose id a leaderboard has.
    bool create(board_settings settings, wall_time now);
    /// With its records; whether there was one.
    bool remove(const std::string& id) { return boards_.erase(id) > 0; }

    /// Null if there is none.
    [[nodiscard]] const board* find(const std::string& id) const;

    /// Leaderboards and tournaments, only the ones, only the others. They throw board_refusal.
    [[nodiscard]] board& any(const std::string& id);
    [[nodiscard]] board& leaderboard(const std::string& id);
    [[nodiscard]] board& tournament(const std::string& id);

    [[nodiscard]] std::vector<const board*> tournaments() const;
    [[nodiscard]] tournament_page tournaments(const tournament_query& query, wall_time now) const;
    /// By id.
    [[nodiscard]] std::vector<const board*> leaderboards() const;

    /// Takes all of a user's records away.
    void forget(const std::string& user_id);

private:
    std::map<std::string, board> boards_;
};

} // namespace nakama::sandbox
