// A leaderboard or a tournament, which is a leaderboard with times.
#pragma once

#include "sandbox/state/cron.hpp"
#include "sandbox/state/scores.hpp"
#include "sandbox/state/standings.hpp"
#include "sandbox/state/tokens.hpp"

#include <nakama/api/tournaments.hpp>

#include <exception>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nakama::sandbox {

enum class board_error {
    not_found,
    authoritative,    ///< only the server may
    outside_duration, ///< not active now
    full,
    attempts_used, ///< max_num_score is reached
    join_required,
    bad_cursor,
    not_storable, ///< a score below zero, beyond 64 bits or combined in an unknown way; metadata likewise
};

/// What a board does not do. Each operation has words of its own for it.
class board_refusal : public std::exception {
public:
    explicit board_refusal(board_error error) : error_{error} {}
    [[nodiscard]] board_error error() const noexcept { return error_; }
    const char* what() const noexcept override;

private:
    board_error error_;
};

inline constexpr std::int32_t unlimited_size = std::numeric_limits<std::int32_t>::max();

/// Times are in seconds of Unix time.
struct board_settings {
    std::string id{};
    bool authoritative{};
    score_order order = score_order::highest_first;
    leaderboard_operator operator_ = leaderboard_operator::best;
    std::string reset_schedule{}; ///< empty for never
    std::string metadata = "{}";  ///< as the database gives it back
    bool enable_ranks = true;

    // Of tournaments alone.
    std::string title{};
    std::string description{};
    std::int32_t category{};
    std::int64_t start_time{}; ///< 0 for when it is made
    std::int64_t end_time{};   ///< 0 for never
    std::int64_t duration{};   ///< in seconds; 0 makes it a leaderboard
    std::int32_t max_size = unlimited_size;
    std::int32_t max_num_score = 1000000;
    bool join_required{};
};

enum class author { player, server };

struct submission {
    std::string owner_id{};
    std::string username{}; ///< empty keeps the old one, like metadata
    points given{};
    std::string metadata{}; ///< a JSON object
    leaderboard_operator operator_{};
};

struct record_query {
    std::optional<std::size_t> limit{}; ///< no page without it
    std::string cursor{};
    std::vector<std::string> owner_ids{}; ///< in canonical form
    std::int64_t expiry{};                ///< of the period asked for; 0 for the current one
};

/// When a tournament is active, in seconds of Unix time: the current period, or the next one before the
/// start.
struct active_period {
    std::int64_t start{};
    std::int64_t end{};
    std::int64_t expiry{}; ///< when its records go; 0 for never
};

/// Everything that may not be throws board_refusal.
class board {
public:
    /// Throws std::invalid_argument.
    board(board_settings settings, wall_time now);

    [[nodiscard]] const board_settings& settings() const noexcept { return settings_; }
    [[nodiscard]] bool is_tournament() const noexcept { return settings_.duration != 0; }
    [[nodiscard]] nakama::leaderboard as_leaderboard(wall_time now) const;
    [[nodiscard]] nakama::tournament as_tournament(wall_time now) const;
    [[nodiscard]] active_period period(wall_time now) const;
    [[nodiscard]] bool has_ended(wall_time now) const;

    /// As a leaderboard does, whatever it is.
    leaderboard_record write(submission score, author by, wall_time now);
    /// As a tournament does.
    leaderboard_record compete(submission score, author by, wall_time now);
    void join(const std::string& user_id, const std::string& username, wall_time now);
    /// More writes for an owner who has a record in the current period.
    void add_attempts(const std::string& owner_id, std::int32_t count, wall_time now);
    /// That of the current period, if there is one.
    void erase(const std::string& owner_id, author by, wall_time now);
    void forget(const std::string& user_id);

    /// The cursor of a query without a limit is not looked at.
    [[nodiscard]] leaderboard_record_list list(const record_query& query, wall_time now) const;
    [[nodiscard]] leaderboard_record_list around(const std::string& owner_id, const record_query& query,
                                                 wall_time now) const;

private:
    /// When what is written now as to a leaderboard expires.
    [[nodiscard]] std::int64_t next_reset(wall_time now) const;
    /// Nothing if there are no records any more.
    [[nodiscard]] std::optional<std::int64_t> expiry_of(const record_query& query, wall_time now) const;
    [[nodiscard]] const standings& records_of(std::int64_t expiry) const;
    standings& records_of(std::int64_t expiry);
    /// Ranks are not kept beyond a period.
    [[nodiscard]] bool has_ranks(std::int64_t expiry, wall_time now) const;
    [[nodiscard]] leaderboard_operator operator_for(const submission& score) const;
    [[nodiscard]] leaderboard_record first_record(const submission& score, points at, std::int64_t expiry,
                                                  wall_time now) const;
    [[nodiscard]] leaderboard_record further_record(const leaderboard_record& old, const submission& score,
                                                    wall_time now) const;
    [[nodiscard]] leaderboard_record ranked(std::int64_t expiry, const std::string& owner_id,
                                            wall_time now) const;
    [[nodiscard]] leaderboard_record_list answer(record_page page, std::int64_t expiry, wall_time now) const;
    [[nodiscard]] bool has_max_size() const noexcept { return settings_.max_size != unlimited_size; }
    [[nodiscard]] std::int32_t size(const active_period& at, wall_time now) const;
    void resize(const active_period& at, std::int32_t change, wall_time now);

    board_settings settings_;
    std::optional<cron_schedule> schedule_;
    std::int64_t create_time_;
    std::map<std::int64_t, standings> periods_; // by expiry
    standings nothing_;
    std::int32_t size_ = 0; // how many joined in the period that expires at size_expiry_
    std::int64_t size_expiry_ = 0;
};

} // namespace nakama::sandbox
