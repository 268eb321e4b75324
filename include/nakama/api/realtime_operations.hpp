// Generated from gen/api by nakama-gen; not to be edited.
// The requests and events of the realtime socket.
#pragma once

#include <nakama/api/channels.hpp>
#include <nakama/api/matches.hpp>
#include <nakama/api/matchmaker.hpp>
#include <nakama/api/notifications.hpp>
#include <nakama/api/parties.hpp>
#include <nakama/api/rpc.hpp>
#include <nakama/api/server.hpp>
#include <nakama/api/status.hpp>
#include <nakama/api/streams.hpp>
#include <nakama/call_options.hpp>
#include <nakama/event_stream.hpp>
#include <nakama/listener.hpp>
#include <nakama/socket_events.hpp>

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>

namespace nakama {

namespace asio = boost::asio;

namespace realtime {
class connection;

/// What the server tells unasked.
using server_events = event_list<
        channel_message, channel_presence_event, realtime_error, match_data, match_presence_event,
        matchmaker_matched, notifications, status_presence_event, stream_data, stream_presence_event, party,
        party_leader, party_close, party_join_requests, party_matchmaker_ticket, party_data,
        party_presence_event, party_update>;
/// The same, and what the socket tells of itself.
using events = event_list<
        channel_message, channel_presence_event, realtime_error, match_data, match_presence_event,
        matchmaker_matched, notifications, status_presence_event, stream_data, stream_presence_event, party,
        party_leader, party_close, party_join_requests, party_matchmaker_ticket, party_data,
        party_presence_event, party_update, socket_state, resume_report, unknown_message>;
} // namespace realtime

/// The events that a socket can be listened to for.
template <class T>
concept realtime_event = realtime::events::has<T>;

/// Every request encodes its message before it returns, so what it refers to may end then; the message is
/// sent when the awaitable is awaited. Each throws nakama::error: a realtime_code if the server refuses,
/// errc::closed if the socket is not connected or ends meanwhile, errc::timed_out, errc::cancelled. Numbers
/// in brackets are those of the envelope's fields, whose `cid` [1] joins answers to requests.
///
/// Listeners are called on the socket's executor, in the order they were added, before streams get the event.
/// What one throws leaves io_context::run, as from any handler of Asio; the socket goes on. An answer goes to
/// its caller alone, never to listeners and streams.
class NAKAMA_API realtime_operations {
public:
    // Chat channels: their messages, now and before.

    /// [3] Joins a chat channel. Answered by `channel` [2].
    asio::awaitable<channel> channel_join(
            const channel_join_request& request, call_options options = {}) const;

    /// [4] Leaves a chat channel; leaving twice is fine.
    asio::awaitable<void> channel_leave(
            const channel_leave_request& request, call_options options = {}) const;

    /// [7] Sends a message to a joined channel. The sender gets it as an event too, before the answer.
    /// Answered by `channel_message_ack` [6].
    asio::awaitable<channel_message_ack> channel_message_send(
            const channel_message_send_request& request, call_options options = {}) const;

    /// [8] Replaces the content of one's own message. Everybody in the channel gets the new one as an event.
    /// Answered by `channel_message_ack` [6].
    asio::awaitable<channel_message_ack> channel_message_update(
            const channel_message_update_request& request, call_options options = {}) const;

    /// [9] Removes one's own message. Everybody in the channel gets an event about it. Answered by
    /// `channel_message_ack` [6].
    asio::awaitable<channel_message_ack> channel_message_remove(
            const channel_message_remove_request& request, call_options options = {}) const;

    // Matches: finding them and playing in them.

    /// [13] Creates a relayed match, or joins the one that has the name already. Answered by `match` [12].
    asio::awaitable<match> match_create(
            const match_create_request& request = {}, call_options options = {}) const;

    /// [15] Sends data through a match. The server never acknowledges it and drops it silently where one is
    /// no member. Completes when it is queued for sending; waits while the queue is full.
    asio::awaitable<void> match_data_send(
            const match_data_send_request& request, call_options options = {}) const;

    /// [16] Joins a match by id or by the matchmaker's token. A session token in place of that leaves the
    /// socket deaf. Answered by `match` [12].
    asio::awaitable<match> match_join(
            const match_join_request& request = {}, call_options options = {}) const;

    /// [17] Leaves a match.
    asio::awaitable<void> match_leave(const match_leave_request& request, call_options options = {}) const;

    // The matchmaker: tickets, and figures about it.

    /// [19] Asks for a match; `matchmaker_matched` comes as an event later. A session may have three tickets
    /// at a time. Answered by `matchmaker_ticket` [22].
    asio::awaitable<matchmaker_ticket> matchmaker_add(
            const matchmaker_add_request& request, call_options options = {}) const;

    /// [21] Withdraws a ticket.
    asio::awaitable<void> matchmaker_remove(
            const matchmaker_remove_request& request, call_options options = {}) const;

    // Parties: finding, joining and leading them.

    /// [35] Creates a party with oneself as its leader. Answered by `party` [34].
    asio::awaitable<party> party_create(
            const party_create_request& request = {}, call_options options = {}) const;

    /// [36] Joins an open party; `party` follows as an event. For a closed one the answer only means asked,
    /// and a refusal is never told.
    asio::awaitable<void> party_join(const party_join_request& request, call_options options = {}) const;

    /// [37] Leaves a party. When its leader does, the oldest member becomes the leader.
    asio::awaitable<void> party_leave(const party_leave_request& request, call_options options = {}) const;

    /// [38] Makes another member the leader. Only for the leader.
    asio::awaitable<void> party_promote(
            const party_promote_request& request, call_options options = {}) const;

    /// [40] Lets in a user who asked to join. Only for the leader.
    asio::awaitable<void> party_accept(const party_accept_request& request, call_options options = {}) const;

    /// [41] Removes a member, or turns down one who asked to join. Only for the leader, who cannot remove
    /// oneself.
    asio::awaitable<void> party_remove(const party_remove_request& request, call_options options = {}) const;

    /// [42] Ends a party; only for the leader. As an event: the party has ended, or one was removed from it.
    asio::awaitable<void> party_close(const party_close_request& request, call_options options = {}) const;

    /// [43] Lists who waits to be let into a party. Only for the leader. Answered by `party_join_request`
    /// [44].
    asio::awaitable<party_join_requests> party_join_request_list(
            const party_join_request_list_request& request, call_options options = {}) const;

    /// [45] Asks for a match for the whole party. Only for the leader; a change of members cancels the ticket
    /// silently. Answered by `party_matchmaker_ticket` [47].
    asio::awaitable<party_matchmaker_ticket> party_matchmaker_add(
            const party_matchmaker_add_request& request, call_options options = {}) const;

    /// [46] Withdraws a party's ticket. Only for the leader; the members are not told.
    asio::awaitable<void> party_matchmaker_remove(
            const party_matchmaker_remove_request& request, call_options options = {}) const;

    /// [49] Sends data to the other members of a party, who get it as `party_data`. Unlike match data it is
    /// acknowledged.
    asio::awaitable<void> party_data_send(
            const party_data_send_request& request, call_options options = {}) const;

    /// [51] Replaces label, openness and visibility of a party together; only for the leader. As an event:
    /// what they are now.
    asio::awaitable<void> party_update(const party_update_request& request, call_options options = {}) const;

    // Calls of functions that the server's runtime registers.

    /// [24] Calls a function of the server, and brings its answer. Answered by `rpc` [24].
    asio::awaitable<nakama::rpc> rpc(const rpc_request& request, call_options options = {}) const;

    // The server itself.

    /// [32] Asks whether the server is there. Answered by `pong` [33].
    asio::awaitable<void> ping(call_options options = {}) const;

    // Who follows whom, and who is online.

    /// [26] Follows users to hear of their status. Oneself and unknown users are passed over. Answered by
    /// `status` [25].
    asio::awaitable<status> status_follow(
            const status_follow_request& request = {}, call_options options = {}) const;

    /// [28] Stops following users.
    asio::awaitable<void> status_unfollow(
            const status_unfollow_request& request = {}, call_options options = {}) const;

    /// [29] Sets one's own status. Without a status one goes offline to others.
    asio::awaitable<void> status_update(
            const status_update_request& request = {}, call_options options = {}) const;

    // What the server tells.

    /// [5] A message was sent, changed or removed in a channel, or its group changed.
    listener on_channel_message(std::function<void(const channel_message&)> call) const;
    /// [10] Who came to and who went from a channel.
    listener on_channel_presence_event(std::function<void(const channel_presence_event&)> call) const;
    /// [11] A refusal; one that belongs to no request comes as an event, such as those of match data.
    listener on_error(std::function<void(const realtime_error&)> call) const;
    /// [14] Data that came through a match.
    listener on_match_data(std::function<void(const match_data&)> call) const;
    /// [18] Who came to and who went from a match. A match that ends tells nobody.
    listener on_match_presence_event(std::function<void(const match_presence_event&)> call) const;
    /// [20] The matchmaker has found a match for one of our tickets.
    listener on_matchmaker_matched(std::function<void(const matchmaker_matched&)> call) const;
    /// [23] Notifications pushed to the socket, several at a time perhaps.
    listener on_notifications(std::function<void(const notifications&)> call) const;
    /// [27] Who of those followed went online, offline or changed status. Take `leaves` before `joins`.
    listener on_status_presence_event(std::function<void(const status_presence_event&)> call) const;
    /// [30] Data that the server's code sent to a stream.
    listener on_stream_data(std::function<void(const stream_data&)> call) const;
    /// [31] Who came to and who went from a stream.
    listener on_stream_presence_event(std::function<void(const stream_presence_event&)> call) const;
    /// [34] The party that was created, or that one has come to be a member of.
    listener on_party(std::function<void(const party&)> call) const;
    /// [39] A party has a new leader.
    listener on_party_leader(std::function<void(const party_leader&)> call) const;
    /// [42] Ends a party; only for the leader. As an event: the party has ended, or one was removed from it.
    listener on_party_close(std::function<void(const nakama::party_close&)> call) const;
    /// [44] Who asks to join a closed party; as an event only its leader gets it.
    listener on_party_join_request(std::function<void(const party_join_requests&)> call) const;
    /// [47] The ticket of a party that waits for a match now; the other members get it as an event.
    listener on_party_matchmaker_ticket(std::function<void(const party_matchmaker_ticket&)> call) const;
    /// [48] Data that a member sent to a party.
    listener on_party_data(std::function<void(const party_data&)> call) const;
    /// [50] Who came to and who went from a party.
    listener on_party_presence_event(std::function<void(const party_presence_event&)> call) const;
    /// [51] Replaces label, openness and visibility of a party together; only for the leader. As an event:
    /// what they are now.
    listener on_party_update(std::function<void(const nakama::party_update&)> call) const;

    // What the socket tells of itself.

    /// The socket is being connected, is open, was lost, is back, or has ended.
    listener on_state(std::function<void(const socket_state&)> call) const;
    /// The socket is back after it was lost: what it has again, and what not.
    listener on_resumed(std::function<void(const resume_report&)> call) const;
    /// A message of a kind that this version does not know.
    listener on_unknown(std::function<void(const unknown_message&)> call) const;

    /// A stream of events of one type, `stream<match_data>()`, which keeps what comes from now on.
    template <realtime_event Event>
    event_stream<Event> stream(stream_options options = {}) const {
        return open_stream<Event>(options);
    }

protected:
    explicit realtime_operations(std::shared_ptr<realtime::connection> connection) noexcept;
    ~realtime_operations();
    realtime_operations(realtime_operations&&) noexcept;
    realtime_operations& operator=(realtime_operations&&) noexcept;

    /// Throws nakama::error with errc::invalid_argument if the socket has been moved from.
    realtime::connection& connected() const;

    std::shared_ptr<realtime::connection> connection_;

private:
    // Without the constraint, since compilers disagree on how that shows in a symbol's name.
    template <class Event>
    event_stream<Event> open_stream(stream_options options) const;
};

} // namespace nakama
