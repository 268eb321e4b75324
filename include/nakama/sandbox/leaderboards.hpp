// The leaderboards of a sandbox: what the code of a real server does with them, without a round trip.
#pragma once

#include <nakama/api/leaderboards.hpp>
#include <nakama/config.hpp>
#include <nakama/timestamp.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct world;

/// Which scores come first; between equal ones subscores and then the owners' ids are ordered alike.
enum class score_order { lowest_first, highest_first };

/// A leaderboard to be.
struct new_leaderboard {
    std::string id{};           ///< 1 to 128 bytes, shared with tournaments
    bool authoritative = false; ///< only the server writes and deletes records
    score_order order = score_order::highest_first;
    leaderboard_operator operator_ = leaderboard_operator::best; ///< not no_override
    /// When it starts anew, as a cron expression in UTC: `0 0 * * 1` is Monday at midnight, and names,
    /// ranges, steps, lists, `@daily` and its like are understood. Empty for never.
    std::string reset_schedule{};
    std::string metadata = "{}"; ///< a JSON object
    bool enable_ranks = true;    ///< without, only the records of a listing are numbered
};

/// A score to be written.
struct new_score {
    std::string owner_id{}; ///< a UUID, need not be a user's
    std::string username{}; ///< empty keeps the old one; without any the record has none
    std::int64_t score = 0;
    std::int64_t subscore = 0;
    std::string metadata{}; ///< a JSON object; empty keeps the old one
    leaderboard_operator operator_ = leaderboard_operator::no_override; ///< the board's own
};

/// A view of a server's leaderboards, see server::leaderboards(). All times are those of the server's clock.
/// Of a server that has stopped it finds nothing; what would change it throws std::logic_error.
class NAKAMA_API leaderboards {
public:
    /// Whether it is new: a board that is there already stays as it is. Throws std::invalid_argument if the
    /// board cannot be, as with a schedule that cannot be read or never comes.
    bool create(const new_leaderboard& board);
    /// Together with its records; whether it was there.
    bool remove(std::string_view id);

    /// By id; without tournaments.
    [[nodiscard]] std::vector<leaderboard> list() const;
    [[nodiscard]] std::optional<leaderboard> find(std::string_view id) const;

    /// Writes as the server, to authoritative boards too. Gives the resulting record. Throws
    /// std::invalid_argument if there is no such board, the owner's id is no UUID, the metadata no JSON
    /// object, or if the score would come out below zero or beyond 64 bits.
    leaderboard_record write(std::string_view id, const new_score& score);
    /// Takes an owner's record of the current period away, if he has one. Throws std::invalid_argument if
    /// there is no such board.
    void remove_record(std::string_view id, std::string_view owner_id);

    /// All records of the period that ends at `expiry`, in order; of the current one if unset. A period's
    /// expiry is that of its records.
    [[nodiscard]] std::vector<leaderboard_record> records(std::string_view id,
                                                          std::optional<timestamp> expiry = {}) const;
    /// Of the current period.
    [[nodiscard]] std::optional<leaderboard_record> record(std::string_view id,
                                                           std::string_view owner_id) const;

private:
    friend class server;
    explicit leaderboards(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
