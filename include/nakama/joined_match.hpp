// A match that one has joined: who is there, what comes, and how to answer.
#pragma once

#include <nakama/api/matches.hpp>
#include <nakama/call_options.hpp>
#include <nakama/event_stream.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// What to send through a match.
struct match_message {
    std::int64_t op_code{};                   ///< the game's own kind of message; any value
    std::string_view data{};                  ///< bytes, not yet encoded
    list_view<user_presence_ref> presences{}; ///< to these alone; to everybody else if empty
    bool reliable{};                          ///< told to those who get it
};

/// Made by socket::join_match and create_match. What comes is kept from before the join is sent, so that
/// nothing is lost. Where the socket comes back by itself the handle goes on; what came meanwhile is gone.
///
/// Destroying it ends its stream and leaves the match as it is: leave() tells the server. To be used from the
/// socket's executor, also after the socket's end.
class NAKAMA_API joined_match {
public:
    /// Empty: to be assigned to, or destroyed, and nothing else.
    joined_match() noexcept;
    ~joined_match();
    joined_match(joined_match&&) noexcept;
    joined_match& operator=(joined_match&&) noexcept;

    const std::string& match_id() const noexcept;
    bool authoritative() const noexcept;                      ///< whether it runs on the server
    const std::optional<std::string>& label() const noexcept; ///< of an authoritative one
    const user_presence& self() const noexcept; ///< one's own presence; another one after coming back

    /// Who is there, oneself included, in the order in which they came.
    const std::vector<user_presence>& presences() const noexcept;

    /// Completes when at least `count` are there, oneself included. Throws nakama::error: closed if the match
    /// was left or the socket has ended, cancelled, or why it could not be joined again.
    asio::awaitable<void> wait_for_members(std::size_t count) const;

    /// The data that comes, as from event_stream. Nothing more once the match was left or is lost.
    asio::awaitable<std::optional<match_data>> next();
    std::optional<match_data> try_next();
    bool try_next(match_data& into);
    std::size_t dropped() const noexcept; ///< lost for want of room

    /// Sends data; completes when it is queued. The server does not acknowledge it.
    asio::awaitable<void> send(const match_message& message, call_options options = {}) const;

    asio::awaitable<void> leave(call_options options = {});

private:
    friend class socket;
    struct state;
    explicit joined_match(std::shared_ptr<state> state) noexcept;
    std::shared_ptr<state> state_;
};

} // namespace nakama
