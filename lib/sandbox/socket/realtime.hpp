// What sockets say and hear, free of how it travels.
#pragma once

#include "sandbox/json/message_reader.hpp"
#include "sandbox/socket/envelope.hpp"
#include "sandbox/world.hpp"

#include <string>
#include <string_view>

namespace nakama::sandbox {

/// How things go on with a socket after one of its messages.
enum class verdict {
    go_on,
    malformed,     ///< to be closed: the message cannot be understood
    unprocessable, ///< to be closed: the message is none that a client may send
    deaf,          ///< stays open, but nothing is read from it any more
};

/// One request of a socket, on its way through its handler.
struct message {
    peer& from;
    std::string cid;
    message_reader body;

    template <class T>
    void answer(std::string_view kind, const T& content) const {
        from.send(envelope(cid, kind, content));
    }
    void acknowledge() const { from.send(acknowledgement(cid)); }
    void refuse(int code, std::string text) const { from.send(error_envelope(cid, code, std::move(text))); }
};

/// All fields of a presence; users are named by it.
[[nodiscard]] user_presence read_presence(message_reader& reader);

/// The codes of the socket's errors.
namespace realtime_errors {
inline constexpr int runtime_exception = 0;
inline constexpr int bad_input = 3;
inline constexpr int match_not_found = 4;
inline constexpr int match_join_rejected = 5;
inline constexpr int function_not_found = 6;
inline constexpr int function_exception = 7;
} // namespace realtime_errors

/// Takes a socket in; with `appear_online` its user has a status from now on.
void open_socket(world& world, peer& socket, bool appear_online);

/// Takes it out of everything it takes part in; those who remain are told.
void close_socket(world& world, peer& socket);

/// The same without telling anybody.
void forget_socket(world& world, const peer& socket);

/// Null if no such socket is connected.
[[nodiscard]] peer* find_socket(const world& world, std::string_view session_id);

/// Whether a text is a message of any kind, with or without cid.
[[nodiscard]] bool is_envelope(std::string_view text);
/// Whether there is a kind of message of this name that a hook can run before.
[[nodiscard]] bool takes_hooks(std::string_view name);

/// Handles the text of one message.
[[nodiscard]] verdict handle_message(world& world, peer& socket, std::string_view text);

/// One kind of message each. They read all fields before they act, and throw malformed.
using handler = verdict (*)(world& world, message& request);

namespace handlers {
verdict channel_join(world& world, message& request);
verdict channel_leave(world& world, message& request);
verdict channel_message_send(world& world, message& request);
verdict channel_message_update(world& world, message& request);
verdict channel_message_remove(world& world, message& request);
verdict match_create(world& world, message& request);
verdict match_join(world& world, message& request);
verdict match_leave(world& world, message& request);
verdict match_data_send(world& world, message& request);
verdict matchmaker_add(world& world, message& request);
verdict matchmaker_remove(world& world, message& request);
verdict party_create(world& world, message& request);
verdict party_join(world& world, message& request);
verdict party_leave(world& world, message& request);
verdict party_promote(world& world, message& request);
verdict party_accept(world& world, message& request);
verdict party_remove(world& world, message& request);
verdict party_close(world& world, message& request);
verdict party_join_request_list(world& world, message& request);
verdict party_matchmaker_add(world& world, message& request);
verdict party_matchmaker_remove(world& world, message& request);
verdict party_data_send(world& world, message& request);
verdict party_update(world& world, message& request);
verdict status_follow(world& world, message& request);
verdict status_unfollow(world& world, message& request);
verdict status_update(world& world, message& request);
} // namespace handlers

/// Tell those who are there of who came and who went.
void announce(world& world, const place& where, const member* joined, const member* left);
void announce_in_channel(world& world, const std::string& channel_id, const member* joined,
                         const member* left);
void announce_in_match(world& world, const std::string& match_id, const member* joined, const member* left);
void announce_in_stream(world& world, const std::string& id, const member* joined, const member* left);
void announce_status(world& world, const std::string& user_id, const member* joined, const member* left);

/// Takes both users out of the channel they share; nobody is told.
void end_direct_chat(world& world, const std::string& one, const std::string& other);

/// Whether a session hears of a user's status.
void follow(world& world, const std::string& user_id, const std::string& session_id);
void unfollow(world& world, const std::string& user_id, const std::string& session_id);

} // namespace nakama::sandbox
