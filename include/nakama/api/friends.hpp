// Generated from gen/api by nakama-gen; not to be edited.
// Friends, invitations and blocks.
#pragma once

#include <nakama/api/users.hpp>
#include <nakama/list_view.hpp>
#include <nakama/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// How a user in the list of friends relates to the caller. The server's `Friend.State`. Numbers that this
/// version does not know are kept.
enum class friend_state : std::int32_t {
    friend_ = 0, ///< friends with each other
    invite_sent = 1, ///< the caller asked, the other has not answered
    invite_received = 2, ///< the other asked, the caller has not answered
    blocked = 3, ///< blocked by the caller
};

/// A user in the caller's list of friends.
struct friend_ {
    nakama::user user{}; ///< [1] the other user
    std::optional<friend_state> state{}; ///< [2] how the two relate
    timestamp update_time{}; ///< [3] when the relation last changed, whole seconds
    std::string metadata{}; ///< [4] a JSON object as text, given when the friend was added

    bool operator==(const friend_&) const = default;
};

/// A page of friends.
struct friend_list {
    std::vector<friend_> friends{}; ///< [1] in the order of their states
    std::string cursor{}; ///< [2] where the next page starts; empty on the last one

    bool operator==(const friend_list&) const = default;
};

/// A friend of one of the caller's friends. The server's `FriendsOfFriendsList.FriendOfFriend`.
struct friend_of_friend {
    std::string referrer{}; ///< [1] UUID of the caller's friend in between
    nakama::user user{}; ///< [2] the friend's friend

    bool operator==(const friend_of_friend&) const = default;
};

/// A page of friends of friends.
struct friends_of_friends_list {
    /// [1] a user may occur several times, with different referrers
    std::vector<friend_of_friend> friends_of_friends{};
    std::string cursor{}; ///< [2] where the next page starts; empty on the last one

    bool operator==(const friends_of_friends_list&) const = default;
};

/// Ask users to become friends, or accept those who asked.
struct add_friends_request {
    text_list ids{}; ///< [1] UUIDs; a malformed one is refused, an unknown one ignored
    text_list usernames{}; ///< [2] exact names, besides `ids`; an empty one is refused
    std::string_view metadata{}; ///< [3] a JSON object as text for the new relations; other text fails
};

/// Block users.
struct block_friends_request {
    text_list ids{}; ///< [1] UUIDs; a malformed one is refused, an unknown one ignored
    text_list usernames{}; ///< [2] exact names, besides `ids`
};

/// End relations with users.
struct delete_friends_request {
    text_list ids{}; ///< [1] UUIDs; a malformed one is refused
    text_list usernames{}; ///< [2] exact names, besides `ids`; unknown ones are ignored
};

/// Make friends of those the caller knows on Facebook.
struct import_facebook_friends_request {
    std::string_view token{}; ///< [1.1] access token or limited login token; may be left out to unlink
    /// [1.2] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    /// [2] end all present friendships and invitations first, wherever from; blocks stay; the server's
    /// default is false
    std::optional<bool> reset{};
};

/// Make friends of those the caller knows on Steam.
struct import_steam_friends_request {
    std::string_view token{}; ///< [1.1] session ticket as hexadecimal text; may be left out to unlink
    /// [1.2] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    /// [2] end all present friendships and invitations first, wherever from; blocks stay; the server's
    /// default is false
    std::optional<bool> reset{};
};

/// List the caller's friends, a page at a time.
struct list_friends_request {
    std::optional<std::int32_t> limit{}; ///< [1] size of the page; 1 to 1000; the server's default is 1000
    std::optional<friend_state> state{}; ///< [2] only those of one state
    std::string_view cursor{}; ///< [3] from the page before, listed with the same `state`
};

/// List friends of the caller's friends, a page at a time.
struct list_friends_of_friends_request {
    std::optional<std::int32_t> limit{}; ///< [1] size of the page; 1 to 100; the server's default is 10
    std::string_view cursor{}; ///< [2] from the page before; empty begins at the first page
};

} // namespace nakama
