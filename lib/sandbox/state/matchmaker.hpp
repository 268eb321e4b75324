// Finds those who want to play together. Knows neither time nor sockets.
#pragma once

#include "sandbox/state/query.hpp"

#include <nakama/api/matchmaker.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nakama::sandbox {

class matchmaker {
public:
    /// `mutual`: whether a match needs everybody's consent rather than that of the one who searches. By
    /// default a real server is content with the latter.
    explicit matchmaker(bool mutual = false) : mutual_{mutual} {}

    /// What one socket waits with, or a party as a whole: its members come into the same match.
    struct ticket {
        std::string id{};
        std::string party_id{}; ///< empty for a socket of its own
        /// Of one user, or of all members of the party; they have the same properties.
        std::vector<matchmaker_user> users{};
        query wanted{"*"};
        int min_count = 2;
        int max_count = 2;
        int count_multiple = 1;
        timestamp create_time{};
    };

    /// Those of its parties count for every session in them.
    static constexpr std::size_t tickets_per_session = 3;

    /// False if one of the sessions, or the party, has too many already.
    [[nodiscard]] bool add(ticket added);

    /// False if the session has no such ticket of its own.
    bool remove(const std::string& session_id, const std::string& ticket_id);
    /// False if the party has no such ticket.
    bool remove_of_party(const std::string& party_id, const std::string& ticket_id);
    /// Tickets of the session's parties go along.
    void remove_session(const std::string& session_id);
    void remove_party(const std::string& party_id);

    using found_match = std::vector<ticket>;

    /// Matches that fill up somebody's maximum. Those matched are out of the pool.
    [[nodiscard]] std::vector<found_match> seek_full() { return seek(false); }

    /// What is sought once an interval: from a ticket's second interval on its minimum will do.
    [[nodiscard]] std::vector<found_match> seek_interval() { return seek(true); }

    /// Whether another interval could find anything without a ticket being added.
    [[nodiscard]] bool wants_interval() const noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return pool_.size(); }
    /// Null if nobody waits.
    [[nodiscard]] const ticket* oldest() const noexcept {
        return pool_.empty() ? nullptr : &pool_.front().ticket;
    }

private:
    struct waiting {
        struct ticket ticket{};
        int intervals = 0;
        bool active = true; ///< still searches; others may find it anyhow
    };
    using position = std::size_t;

    std::vector<found_match> seek(bool interval);
    bool suit(const ticket& one, const ticket& other) const;
    std::vector<position> candidates(position seeker) const;
    std::optional<std::vector<position>> combine(position seeker, bool minimum_will_do) const;
    bool trim(std::vector<position>& others, const ticket& seeker) const;
    bool choose(const std::vector<position>& among, std::size_t from, std::size_t users,
                std::vector<position>& chosen) const;
    std::size_t count_users(const std::vector<position>& tickets) const;
    bool is_acceptable(const std::vector<position>& others, int size) const;

    bool mutual_;
    std::vector<waiting> pool_; // oldest first
};

} // namespace nakama::sandbox
