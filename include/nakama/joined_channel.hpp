// A chat channel that one has joined: who is there, what is said, and how to say something.
#pragma once

#include <nakama/api/channels.hpp>
#include <nakama/call_options.hpp>
#include <nakama/event_stream.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// Made by socket::join_channel. What is said is kept from before the join is sent, so that nothing is lost.
/// Where the socket comes back by itself the handle goes on, with what was missed if the policy says so.
///
/// Destroying it ends its stream and leaves the channel as it is: leave() tells the server. To be used from
/// the socket's executor, also after the socket's end.
class NAKAMA_API joined_channel {
public:
    /// Empty: to be assigned to, or destroyed, and nothing else.
    joined_channel() noexcept;
    ~joined_channel();
    joined_channel(joined_channel&&) noexcept;
    joined_channel& operator=(joined_channel&&) noexcept;

    const std::string& channel_id() const noexcept;
    const user_presence& self() const noexcept; ///< one's own presence; another one after coming back

    /// Who is there, oneself included unless hidden, in the order in which they came.
    const std::vector<user_presence>& presences() const noexcept;

    /// Completes when at least `count` are there. Throws nakama::error: closed if the channel was left or the
    /// socket has ended, cancelled, or why it could not be joined again.
    asio::awaitable<void> wait_for_members(std::size_t count) const;

    /// The messages that come, one's own too, as from event_stream. Nothing more once the channel was left or
    /// is lost.
    asio::awaitable<std::optional<channel_message>> next();
    std::optional<channel_message> try_next();
    std::size_t dropped() const noexcept; ///< lost for want of room

    /// Says something: `content` is a JSON object as text.
    asio::awaitable<channel_message_ack> send(std::string_view content, call_options options = {}) const;
    /// Changes one's own message.
    asio::awaitable<channel_message_ack> update(std::string_view message_id, std::string_view content,
                                                call_options options = {}) const;
    /// Removes one's own message.
    asio::awaitable<channel_message_ack> remove(std::string_view message_id, call_options options = {}) const;

    asio::awaitable<void> leave(call_options options = {});

private:
    friend class socket;
    struct state;
    explicit joined_channel(std::shared_ptr<state> state) noexcept;
    std::shared_ptr<state> state_;
};

} // namespace nakama
