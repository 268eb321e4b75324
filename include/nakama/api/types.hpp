// What the server answers over HTTP. Responses own their data; absent fields are empty or zero.
#pragma once

#include <nakama/config.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nakama {

/// A moment in UTC as the server tells it, down to nanoseconds; the epoch stands for "not set".
using timestamp = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

/// The public side of a user.
struct user {
    std::string id{};                       ///< UUID
    std::string username{};                 ///< unique, 1 to 128 bytes
    std::string display_name{};             ///< up to 255 characters, not unique
    std::string avatar_url{};               ///< up to 512 characters
    std::string lang_tag{};                 ///< BCP 47 tag, "en" from creation
    std::string location{};                 ///< up to 255 characters
    std::string timezone{};                 ///< up to 255 characters
    std::string metadata{};                 ///< a JSON object as text
    std::string facebook_id{};              ///< linked Facebook identity
    std::string google_id{};                ///< linked Google identity
    std::string gamecenter_id{};            ///< linked Game Center identity
    std::string steam_id{};                 ///< linked Steam identity
    bool online{};                          ///< whether a socket of the user shows presence
    std::int32_t edge_count{};              ///< relations to other users, pending ones included
    timestamp create_time{};                ///< when the account was made
    timestamp update_time{};                ///< when the account was last changed
    std::string facebook_instant_game_id{}; ///< linked Facebook Instant Game identity
    std::string apple_id{};                 ///< linked Apple identity

    bool operator==(const user&) const = default;
};

/// A device linked to an account.
struct account_device {
    std::string id{}; ///< 10 to 128 bytes

    bool operator==(const account_device&) const = default;
};

/// The private side of a user: what only its owner may see.
struct account {
    nakama::user user{};
    std::string wallet{}; ///< a JSON object as text
    std::string email{};
    std::vector<account_device> devices{};
    std::string custom_id{};
    timestamp verify_time{};  ///< when the email address was verified
    timestamp disable_time{}; ///< when the account was disabled

    bool operator==(const account&) const = default;
};

/// The tokens of a session as authenticate and refresh answer them.
struct session_tokens {
    bool created{}; ///< whether this call made the account
    std::string token{};
    std::string refresh_token{};

    bool operator==(const session_tokens&) const = default;
};

/// A user in the caller's list of friends.
struct friend_ {
    nakama::user user{};
    std::optional<std::int32_t> state{}; ///< 0 friend, 1 invited by us, 2 invited us, 3 blocked by us
    timestamp update_time{};
    std::string metadata{}; ///< a JSON object as text

    bool operator==(const friend_&) const = default;
};

/// A page of friends.
struct friend_list {
    std::vector<friend_> friends{};
    std::string cursor{}; ///< where the next page starts; empty on the last one

    bool operator==(const friend_list&) const = default;
};

/// What a server function answered.
struct rpc {
    std::string id{};      ///< the function's name
    std::string payload{}; ///< what it returned, often JSON as text

    bool operator==(const rpc&) const = default;
};

/// A message of a chat channel.
struct channel_message {
    std::string channel_id{};
    std::string message_id{};
    std::optional<std::int32_t>
        code{}; ///< 0 chat, 1 update, 2 remove, 3 join, 4 add, 5 leave, 6 kick, 7 promote, 8 ban, 9 demote
    std::string sender_id{};
    std::string username{}; ///< the sender's name
    std::string content{};  ///< a JSON object as text
    timestamp create_time{};
    timestamp update_time{};
    std::optional<bool> persistent{}; ///< whether the server keeps it in the history
    std::string room_name{};          ///< of a room's channel
    std::string group_id{};           ///< of a group's channel
    std::string user_id_one{};        ///< of a direct channel: the smaller user id
    std::string user_id_two{};        ///< of a direct channel: the larger user id

    bool operator==(const channel_message&) const = default;
};

/// A notification, pushed to a socket or listed.
struct notification {
    std::string id{};
    std::string subject{};
    std::string content{}; ///< a JSON object as text
    std::int32_t code{}; ///< negative codes are the server's own: -1 chat, -2 friend request, -3 accepted, -7
                         ///< single socket, -8 banned
    std::string sender_id{};
    timestamp create_time{};
    bool persistent{};

    bool operator==(const notification&) const = default;
};

} // namespace nakama
