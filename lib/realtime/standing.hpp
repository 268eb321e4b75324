// What a socket has taken part in, so that it can be taken up again on another connection.
#pragma once

#include "envelope.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::realtime {

/// A request that takes something up again.
struct resumption {
    std::string operation{}; ///< "channel_join"; lives as long as this
    std::string kind{};      ///< "channel"
    std::string id{};        ///< empty for status
    std::string members{};   ///< of the request, `"target":"lobby","type":1`
};

/// Learns from requests that were answered and from events. Knows nothing of connections.
class standing {
public:
    /// `text` is the request's message as it was sent.
    void answered(std::string_view operation, std::string_view text, const envelope& answer);
    void heard(const channel_presence_event& event);
    void heard(const match_presence_event& event);
    void heard(const party_presence_event& event);
    void heard(const party& event);
    void heard(const party_close& event);
    void heard(const party_update& event);
    void heard(const status_presence_event& event);
    void heard(const matchmaker_matched& event);
    void heard(const party_matchmaker_ticket& event);

    /// What to send to be where one was, in this order, no request's members being longer than `most_bytes`.
    std::vector<resumption> resumptions(std::size_t most_bytes) const;

    /// Something is not to be had any more.
    void forget(std::string_view kind, std::string_view id);

    struct ticket {
        std::string kind{};
        std::string id{};
        auto operator<=>(const ticket&) const = default;
    };
    /// The tickets of the matchmaker, which end with the connection.
    std::vector<ticket> take_tickets();

    bool has(std::string_view kind, std::string_view id) const;
    /// Whether a party lets anybody in.
    bool is_open_party(std::string_view id) const;

    void clear() { *this = {}; }

private:
    struct place {
        resumption again{};
        std::string session_id{}; ///< of one's own presence there
        bool open = true;         ///< of a party
    };

    void know_by_id(const std::vector<user_presence>& seen);
    void remember(resumption again, std::string session_id);
    place* find(std::string_view kind, std::string_view id);
    template <class Presences>
    void went(std::string_view kind, std::string_view id, const Presences& leaves);

    std::optional<std::string> status_; // members of the last status_update
    std::set<std::string> followed_ids_, followed_names_;
    std::vector<place> places_; // in the order in which they were entered
    std::set<ticket> tickets_;
};

} // namespace nakama::realtime
