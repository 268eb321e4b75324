// The messages of the realtime socket: what is asked (borrowing) and what comes (owning).
#pragma once

#include <nakama/api/types.hpp>
#include <nakama/list_view.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace nakama {

/// A user's presence on one socket: two sockets of a user are two presences.
struct user_presence {
    std::string user_id{};
    std::string session_id{};            ///< identifies the socket
    std::string username{};              ///< as in the token the socket was opened with
    bool persistence{};                  ///< in a channel: whether messages are kept
    std::optional<std::string> status{}; ///< set, maybe to "", while the user shows as online

    bool operator==(const user_presence&) const = default;
};

/// A chat channel that was joined.
struct channel {
    std::string id{};
    std::vector<user_presence> presences{}; ///< the others; includes oneself when joining again
    user_presence self{};
    std::string room_name{};
    std::string group_id{};
    std::string user_id_one{};
    std::string user_id_two{};

    bool operator==(const channel&) const = default;
};

/// What the server made of a message that was sent to a channel.
struct channel_message_ack {
    std::string channel_id{};
    std::string message_id{};
    std::optional<std::int32_t> code{};
    std::string username{};
    timestamp create_time{};
    timestamp update_time{};
    std::optional<bool> persistent{};
    std::string room_name{};
    std::string group_id{};
    std::string user_id_one{};
    std::string user_id_two{};

    bool operator==(const channel_message_ack&) const = default;
};

/// Who came to and who went from a channel.
struct channel_presence_event {
    std::string channel_id{};
    std::vector<user_presence> joins{};
    std::vector<user_presence> leaves{};
    std::string room_name{};
    std::string group_id{};
    std::string user_id_one{};
    std::string user_id_two{};

    bool operator==(const channel_presence_event&) const = default;
};

/// A refusal by the server that belongs to no request of ours.
struct realtime_error {
    std::int32_t code{}; ///< see realtime_code
    std::string message{};
    std::map<std::string, std::string> context{};

    bool operator==(const realtime_error&) const = default;
};

/// A match that was created or joined.
struct match {
    std::string match_id{};             ///< ends in "." for a relayed match
    bool authoritative{};               ///< whether a match handler runs on the server
    std::optional<std::string> label{}; ///< of an authoritative match
    std::int32_t size{};                ///< all on create, only the others on a first join
    std::vector<user_presence> presences{};
    user_presence self{};

    bool operator==(const match&) const = default;
};

/// Data that came through a match.
struct match_data {
    std::string match_id{};
    user_presence presence{}; ///< the sender; empty if the match itself sent it
    std::int64_t op_code{};
    std::string data{}; ///< bytes, decoded
    bool reliable{};

    bool operator==(const match_data&) const = default;
};

/// Who came to and who went from a match.
struct match_presence_event {
    std::string match_id{};
    std::vector<user_presence> joins{};
    std::vector<user_presence> leaves{};

    bool operator==(const match_presence_event&) const = default;
};

/// A request to the matchmaker that waits for its match.
struct matchmaker_ticket {
    std::string ticket{};

    bool operator==(const matchmaker_ticket&) const = default;
};

/// One user of a result of the matchmaker.
struct matchmaker_user {
    user_presence presence{};
    std::string party_id{};
    std::map<std::string, std::string> string_properties{};
    std::map<std::string, double> numeric_properties{};

    bool operator==(const matchmaker_user&) const = default;
};

/// The matchmaker's result: join the match by `token`, or by `match_id` where the server made the match.
struct matchmaker_matched {
    std::string ticket{}; ///< the receiver's own
    std::string match_id{};
    std::string token{}; ///< good for 30 s by default
    std::vector<matchmaker_user> users{};
    matchmaker_user self{};

    bool operator==(const matchmaker_matched&) const = default;
};

/// Notifications pushed to the socket.
struct notifications {
    std::vector<nakama::notification> notifications{};

    bool operator==(const struct notifications&) const = default;
};

/// Who of those followed went online, offline or changed status: take `leaves` before `joins`.
struct status_presence_event {
    std::vector<user_presence> joins{};
    std::vector<user_presence> leaves{};

    bool operator==(const status_presence_event&) const = default;
};

/// What kind of channel channel_join_request::target names.
enum class channel_type : std::int32_t {
    room = 1,           ///< a room by name
    direct_message = 2, ///< another user by id
    group = 3,          ///< a group by id
};

/// Join a chat channel.
struct channel_join_request {
    std::string_view target{}; ///< room name (1 to 64 bytes), user id or group id
    channel_type type = channel_type::room;
    std::optional<bool> persistence{}; ///< keep messages in the history; the server's default is true
    std::optional<bool> hidden{};      ///< join unseen; the server's default is false
};

/// Leave a chat channel.
struct channel_leave_request {
    std::string_view channel_id{};
};

/// Send a message to a joined channel.
struct channel_message_send_request {
    std::string_view channel_id{};
    std::string_view content{}; ///< a JSON object as text
};

/// Create a relayed match.
struct match_create_request {
    std::string_view name{}; ///< makes the id; creating with a used name joins
};

/// Join a match by id or by the matchmaker's token.
struct match_join_request {
    std::string_view match_id{};
    std::string_view token{};
    list_view<string_entry> metadata{}; ///< for an authoritative match's join handler
};

/// Leave a match.
struct match_leave_request {
    std::string_view match_id{};
};

/// Names a presence among the recipients of match data; the server compares the session id alone.
struct user_presence_ref {
    std::string_view user_id{};
    std::string_view session_id{};
    std::string_view username{};

    constexpr user_presence_ref() = default;
    constexpr user_presence_ref(std::string_view user_id_, std::string_view session_id_,
                                std::string_view username_) noexcept
        : user_id(user_id_), session_id(session_id_), username(username_) {}
    user_presence_ref(const user_presence& presence NAKAMA_BORROWS) noexcept
        : user_id(presence.user_id), session_id(presence.session_id), username(presence.username) {}
};

/// Send data through a match. The server never acknowledges it.
struct match_data_send_request {
    std::string_view match_id{};
    std::int64_t op_code{};                   ///< the game's own kind of message
    std::string_view data{};                  ///< bytes
    list_view<user_presence_ref> presences{}; ///< only to these; empty means everybody but oneself
    bool reliable{};                          ///< passed on to the receivers
};

/// Ask the matchmaker for a match.
struct matchmaker_add_request {
    std::int32_t min_count{};     ///< at least 2
    std::int32_t max_count{};     ///< at least `min_count`
    std::string_view query = "*"; ///< who may be matched with us, for example "+properties.region:eu"
    list_view<string_entry> string_properties{};
    list_view<number_entry> numeric_properties{};
    std::optional<std::int32_t> count_multiple{}; ///< must divide both counts
};

/// Withdraw a ticket of the matchmaker.
struct matchmaker_remove_request {
    std::string_view ticket{};
};

// Trivial, so that a temporary of them inside a co_await expression is safe on every compiler.
#define NAKAMA_ASSERT_BORROWING(type)                                                                        \
    static_assert(std::is_trivially_copyable_v<type> && std::is_trivially_destructible_v<type>)
NAKAMA_ASSERT_BORROWING(channel_join_request);
NAKAMA_ASSERT_BORROWING(channel_leave_request);
NAKAMA_ASSERT_BORROWING(channel_message_send_request);
NAKAMA_ASSERT_BORROWING(match_create_request);
NAKAMA_ASSERT_BORROWING(match_join_request);
NAKAMA_ASSERT_BORROWING(match_leave_request);
NAKAMA_ASSERT_BORROWING(match_data_send_request);
NAKAMA_ASSERT_BORROWING(matchmaker_add_request);
NAKAMA_ASSERT_BORROWING(matchmaker_remove_request);
#undef NAKAMA_ASSERT_BORROWING

} // namespace nakama
