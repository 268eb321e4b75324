// Generated from gen/api by nakama-gen; not to be edited.
// Parties: finding, joining and leading them.
#pragma once

#include <nakama/api/presences.hpp>
#include <nakama/list_view.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// A party as the listing shows it. The server's `Party`.
struct listed_party {
    std::string party_id{}; ///< [1] UUID, a dot and the node's name
    bool open{}; ///< [2] whether joining works at once instead of asking
    bool hidden{}; ///< [3] whether listings leave it out, so never true in one
    std::int32_t max_size{}; ///< [4] how many members it may have, up to 256
    std::string label{}; ///< [5] a JSON object as text, up to 2048 bytes; an empty object if none was given

    bool operator==(const listed_party&) const = default;
};

/// A page of parties.
struct party_list {
    std::vector<listed_party> parties{}; ///< [1] without hidden ones, up to a second old
    std::string cursor{}; ///< [2] where the next page starts; empty on the last one

    bool operator==(const party_list&) const = default;
};

/// A party that one is a member of.
struct party {
    std::string party_id{}; ///< [1] UUID, a dot and the name of the server's node
    bool open{}; ///< [2] whether anybody may join without being let in
    bool hidden{}; ///< [3] whether listings leave it out; told to the creator alone
    std::int32_t max_size{}; ///< [4] most members it takes, the leader included
    user_presence self{}; ///< [5] one's own presence
    user_presence leader{}; ///< [6] who may accept, remove, promote, update, close and ask the matchmaker
    std::vector<user_presence> presences{}; ///< [7] the members, oneself included
    std::string label{}; ///< [8] a JSON object as text; told to the creator alone

    bool operator==(const party&) const = default;
};

/// The new leader of a party.
struct party_leader {
    std::string party_id{}; ///< [1] UUID, a dot and the name of the server's node
    user_presence presence{}; ///< [2] the leader from now on; may be oneself

    bool operator==(const party_leader&) const = default;
};

/// The end of a party.
struct party_close {
    std::string party_id{}; ///< [1] UUID, a dot and the name of the server's node; required

    bool operator==(const party_close&) const = default;
};

/// Who waits to be let into a party. The server's `PartyJoinRequest`.
struct party_join_requests {
    std::string party_id{}; ///< [1] UUID, a dot and the name of the server's node
    /// [2] who asks; all that wait when listed, the new one in an event
    std::vector<user_presence> presences{};

    bool operator==(const party_join_requests&) const = default;
};

/// A party's request to the matchmaker that waits for its match.
struct party_matchmaker_ticket {
    std::string party_id{}; ///< [1] UUID, a dot and the name of the server's node
    std::string ticket{}; ///< [2] UUID; the leader withdraws with it

    bool operator==(const party_matchmaker_ticket&) const = default;
};

/// Data that a member sent to a party.
struct party_data {
    std::string party_id{}; ///< [1] UUID, a dot and the name of the server's node
    user_presence presence{}; ///< [2] the sender, never oneself
    std::int64_t op_code{}; ///< [3] the game's own kind of message; any value
    std::string data{}; ///< [4] bytes, decoded

    bool operator==(const party_data&) const = default;
};

/// Who came to and who went from a party.
struct party_presence_event {
    std::string party_id{}; ///< [1] UUID, a dot and the name of the server's node
    std::vector<user_presence> joins{}; ///< [2] who came; may be oneself
    std::vector<user_presence> leaves{}; ///< [3] who went

    bool operator==(const party_presence_event&) const = default;
};

/// Label, openness and visibility of a party, replaced together.
struct party_update {
    std::string party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
    /// [2] a JSON object as text; empty takes the old one away, and must be where `hidden` is set; up to 2048
    /// bytes
    std::string label{};
    bool open{}; ///< [3] whether anybody may join without being let in
    bool hidden{}; ///< [4] whether listings leave it out

    bool operator==(const party_update&) const = default;
};

/// List parties, a page at a time.
struct list_parties_request {
    /// [1] size of the page, the same for every page; 1 to 100; the server's default is 10
    std::optional<std::int32_t> limit{};
    /// [2] only open ones, or only closed ones; must stay the same for every page
    std::optional<bool> open{};
    /// [3] on the labels, such as `+label.mode:ranked`; must stay the same for every page
    std::optional<std::string_view> query{};
    /// [4] from the page before, listed with the same query, limit and `open`
    std::optional<std::string_view> cursor{};
};

/// Create a party.
struct party_create_request {
    bool open{}; ///< [1] let anybody join; otherwise the leader lets them in one by one
    std::int32_t max_size{}; ///< [2] most members, oneself included; left at 0 nobody else can join; 1 to 256
    std::string_view label{}; ///< [3] a JSON object as text, for listings to search; up to 2048 bytes
    bool hidden{}; ///< [4] leave it out of listings
};

/// Join a party, or ask to.
struct party_join_request {
    std::string_view party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
};

/// Leave a party.
struct party_leave_request {
    std::string_view party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
};

/// Make another member of a party its leader.
struct party_promote_request {
    std::string_view party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
    /// [2] the member, with user, session and username as the party lists them; required
    user_presence_ref presence{};
};

/// Let a user into a party.
struct party_accept_request {
    std::string_view party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
    /// [2] who asked, with user, session and username as in `party_join_request`; required
    user_presence_ref presence{};
};

/// Remove a user from a party, or from those who wait.
struct party_remove_request {
    std::string_view party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
    /// [2] the member or who asked, with user, session and username as told; required
    user_presence_ref presence{};
};

/// The end of a party.
struct party_close_request {
    std::string_view party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
};

/// List who waits to be let into a party.
struct party_join_request_list_request {
    std::string_view party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
};

/// Ask the matchmaker for a match for a whole party.
struct party_matchmaker_add_request {
    std::string_view party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
    std::int32_t min_count{}; ///< [2] fewest users to play with, the party included; at least 2; required
    /// [3] most users to play with, the party included; not below `min_count`; at least 2; required
    std::int32_t max_count{};
    /// [4] who may be matched with us, such as `+properties.region:eu`; `*` takes anybody
    std::string_view query = "*";
    list_view<string_entry> string_properties{}; ///< [5] texts that queries can ask for as `properties.name`
    /// [6] numbers that queries can ask for as `properties.name`
    list_view<number_entry> numeric_properties{};
    /// [7] the number of users is a multiple of this; must divide both counts; at least 1
    std::optional<std::int32_t> count_multiple{};
};

/// Withdraw a party's ticket of the matchmaker.
struct party_matchmaker_remove_request {
    std::string_view party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
    std::string_view ticket{}; ///< [2] UUID, as `party_matchmaker_ticket` told; required
};

/// Send data to a party.
struct party_data_send_request {
    std::string_view party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
    std::int64_t op_code{}; ///< [2] the game's own kind of message; any value
    std::string_view data{}; ///< [3] bytes, not yet encoded
};

/// Label, openness and visibility of a party, replaced together.
struct party_update_request {
    std::string_view party_id{}; ///< [1] UUID, a dot and the name of the server's node; required
    /// [2] a JSON object as text; empty takes the old one away, and must be where `hidden` is set; up to 2048
    /// bytes
    std::string_view label{};
    bool open{}; ///< [3] whether anybody may join without being let in
    bool hidden{}; ///< [4] whether listings leave it out
};

} // namespace nakama
