// A party that one is a member of: who is there, who leads, what comes, and what to do.
#pragma once

#include <nakama/api/parties.hpp>
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

/// What a party is called and who may join; replaced together.
struct party_description {
    std::string_view label{}; ///< a JSON object as text, up to 2048 bytes; empty takes the old one away
    bool open{};              ///< whether anybody may join without being let in
    bool hidden{};            ///< whether listings leave it out; needs a label
};

/// Made by socket::join_party and create_party. What comes is kept from before the join is sent, so that
/// nothing is lost. Where the socket comes back by itself it asks to be let in again, and the handle goes on.
///
/// Destroying it ends its stream and leaves the party as it is: leave() tells the server. To be used from the
/// socket's executor, also after the socket's end.
class NAKAMA_API joined_party {
public:
    /// Empty: to be assigned to, or destroyed, and nothing else.
    joined_party() noexcept;
    ~joined_party();
    joined_party(joined_party&&) noexcept;
    joined_party& operator=(joined_party&&) noexcept;

    const std::string& party_id() const noexcept;
    bool open() const noexcept;
    const std::string& label() const noexcept;    ///< told to the creator, and to all when it changes
    const user_presence& self() const noexcept;   ///< one's own presence; another one after coming back
    const user_presence& leader() const noexcept; ///< at the moment
    bool is_leader() const noexcept;              ///< whether one is that oneself

    /// Who is there, oneself included, in the order in which they came.
    const std::vector<user_presence>& presences() const noexcept;

    /// Completes when at least `count` are there, oneself included. Throws nakama::error: closed if the party
    /// was left, has ended or the socket has, cancelled, or why it could not be joined again.
    asio::awaitable<void> wait_for_members(std::size_t count) const;

    /// The data that comes, as from event_stream. Nothing more once the party was left or has ended.
    asio::awaitable<std::optional<party_data>> next();
    std::optional<party_data> try_next();
    std::size_t dropped() const noexcept; ///< lost for want of room

    /// Sends data to the other members.
    asio::awaitable<void> send(std::int64_t op_code, std::string_view data, call_options options = {}) const;

    asio::awaitable<void> leave(call_options options = {});

    // For the leader.

    asio::awaitable<void> promote(const user_presence_ref& member, call_options options = {}) const;
    /// Lets in a user who asked to join (on_party_join_request, party_join_request_list).
    asio::awaitable<void> accept(const user_presence_ref& user, call_options options = {}) const;
    /// Removes a member, or turns down a user who asked to join.
    asio::awaitable<void> remove(const user_presence_ref& user, call_options options = {}) const;
    asio::awaitable<void> update(const party_description& description, call_options options = {}) const;
    /// Ends the party for all.
    asio::awaitable<void> close(call_options options = {});

private:
    friend class socket;
    struct state;
    explicit joined_party(std::shared_ptr<state> state) noexcept;
    std::shared_ptr<state> state_;
};

} // namespace nakama
