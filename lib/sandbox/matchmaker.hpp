// Finds those who want to play together. Knows neither time nor sockets.
#pragma once

#include "query.hpp"

#include <nakama/api/matchmaker.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace nakama::sandbox {

class matchmaker {
public:
    /// `mutual`: whether a match needs everybody's consent rather than that of the one who searches. By
    /// default a real server is content with the latter.
    explicit matchmaker(bool mutual = false) : mutual_{mutual} {}

    /// What one socket waits with.
    struct ticket {
        std::string id{};
        matchmaker_user user{};
        query wanted{"*"};
        int min_count = 2;
        int max_count = 2;
        int count_multiple = 1;
    };

    static constexpr std::size_t tickets_per_session = 3;

    /// False if the session has too many already.
    [[nodiscard]] bool add(ticket added);

    /// False if the session has no such ticket.
    bool remove(const std::string& session_id, const std::string& ticket_id);
    void remove_session(const std::string& session_id);

    using found_match = std::vector<ticket>;

    /// Matches that fill up somebody's maximum. Those matched are out of the pool.
    [[nodiscard]] std::vector<found_match> seek_full() { return seek(false); }

    /// What is sought once an interval: from a ticket's second interval on its minimum will do.
    [[nodiscard]] std::vector<found_match> seek_interval() { return seek(true); }

    /// Whether another interval could find anything without a ticket being added.
    [[nodiscard]] bool wants_interval() const noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return pool_.size(); }

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
    std::vector<position> combine(position seeker, bool minimum_will_do) const;
    bool trim(std::vector<position>& others, const ticket& seeker) const;
    bool is_acceptable(const std::vector<position>& others, int size) const;

    bool mutual_;
    std::vector<waiting> pool_; // oldest first
};

} // namespace nakama::sandbox
