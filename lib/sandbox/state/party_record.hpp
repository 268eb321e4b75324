// One party: who leads it, who is in it and who asks to be let in. Knows neither sockets nor the matchmaker.
#pragma once

#include <nakama/api/presences.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <vector>

namespace nakama::sandbox {

/// What a party does not allow, in the server's words.
class party_refusal : public std::exception {
public:
    explicit party_refusal(std::string why) : why_{std::move(why)} {}
    const char* what() const noexcept override { return why_.c_str(); }

private:
    std::string why_;
};

/// What its leader decides about a party; all of it is replaced together.
struct party_settings {
    bool open = false;
    bool hidden = false;
    std::string label{}; ///< a JSON object as text, or empty

    static constexpr std::size_t max_label_bytes = 2048;
};

/// Users are told apart by their sessions. Who speaks of another one gives user, session and username, and
/// all three have to be right. Everything here may throw party_refusal.
class party_record {
public:
    party_record(std::string id, std::int32_t max_size, party_settings settings, user_presence creator);

    [[nodiscard]] const std::string& id() const noexcept { return id_; }
    [[nodiscard]] std::int32_t max_size() const noexcept { return max_size_; }
    [[nodiscard]] const party_settings& settings() const noexcept { return settings_; }
    [[nodiscard]] const user_presence& leader() const noexcept { return leader_; }
    [[nodiscard]] const std::vector<user_presence>& join_requests() const noexcept { return join_requests_; }

    /// Who hears of it, longest present first. The creator of a party without places does, and is no member.
    [[nodiscard]] const std::vector<user_presence>& audience() const noexcept { return audience_; }
    [[nodiscard]] const std::vector<user_presence>& members() const noexcept;
    [[nodiscard]] bool has_member(const std::string& session_id) const;

    void require_leader(const std::string& session_id) const;

    enum class joining {
        done,   ///< is a member now
        before, ///< was one before
        asked,  ///< waits to be let in
    };
    joining join(const user_presence& who);

    /// Takes somebody off those who wait. Letting him in is another step: his socket may be gone.
    user_presence take_request(const user_presence& asked);
    /// False if he is in already.
    bool let_in(const user_presence& who);

    /// True if a member was removed, false if somebody who only waited.
    bool remove(const user_presence& whom);
    void promote(const user_presence& to);
    void update(party_settings settings);

    struct departure {
        bool left = false;       ///< false if the session was not there
        bool new_leader = false; ///< the longest present took over
    };
    /// A party whose audience is empty then is over.
    departure leave(const std::string& session_id);

private:
    [[nodiscard]] bool is_full() const noexcept;

    std::string id_;
    std::int32_t max_size_;
    party_settings settings_;
    user_presence leader_;
    std::vector<user_presence> audience_;
    std::vector<user_presence> join_requests_;
};

} // namespace nakama::sandbox
