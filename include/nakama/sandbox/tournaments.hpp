// The tournaments of a sandbox: what the code of a real server does with them, without a round trip.
#pragma once

#include <nakama/api/tournaments.hpp>
#include <nakama/config.hpp>
#include <nakama/sandbox/leaderboards.hpp>
#include <nakama/timestamp.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct world;

/// A tournament to be. It is active for `duration` from its start on, or from each reset on; times are taken
/// in whole seconds.
struct new_tournament {
    std::string id{};           ///< 1 to 128 bytes, shared with leaderboards
    bool authoritative = false; ///< only the server writes and deletes records
    score_order order = score_order::highest_first;
    leaderboard_operator operator_ = leaderboard_operator::best; ///< not no_override
    std::chrono::seconds duration{};                             ///< above 0
    std::string reset_schedule{};                                ///< as of leaderboards
    std::string metadata = "{}";                                 ///< a JSON object
    std::string title{}; ///< at most 255 characters, like the description
    std::string description{};
    std::int32_t category = 0; ///< 0 to 127
    timestamp start_time{};    ///< the time of creation if unset
    timestamp end_time{};      ///< never if unset; after the first reset
    std::int32_t max_size = 0; ///< how many may take part in a period; 0 for any number, which is not counted
    std::int32_t max_num_score = 0; ///< how often each of them may write in a period; 0 for 1000000
    bool join_required = false;     ///< before writing
    bool enable_ranks = true;       ///< without, only the records of a listing are numbered
};

/// A view of a server's tournaments, see server::tournaments(). All times are those of the server's clock.
/// Of a server that has stopped it finds nothing; what would change it throws std::logic_error.
class NAKAMA_API tournaments {
public:
    /// Whether it is new: a tournament that is there already stays as it is. Throws std::invalid_argument if
    /// it cannot be, as when a leaderboard has its id.
    bool create(const new_tournament& tournament);
    /// Together with its records; whether it was there.
    bool remove(std::string_view id);

    /// By start, then latest end, category and id; those that have ended too.
    [[nodiscard]] std::vector<tournament> list() const;
    [[nodiscard]] std::optional<tournament> find(std::string_view id) const;

    /// These throw std::invalid_argument if there is no such tournament, if it is not active (joining works
    /// before the start as well), or if it is full.
    void join(std::string_view id, std::string_view user_id, std::string_view username);
    /// Writes as the server, to authoritative tournaments too; otherwise the rules are those for players,
    /// also std::invalid_argument for what leaderboards::write() refuses. Gives the resulting record, which
    /// is the old one beyond `max_num_score` where joining is required.
    leaderboard_record write(std::string_view id, const new_score& score);
    /// Lets an owner who has a record in the current period write `count` (at least 1) more often.
    void add_attempts(std::string_view id, std::string_view owner_id, std::int32_t count);
    /// Takes an owner's record of the current period away, if he has one.
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
    explicit tournaments(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
