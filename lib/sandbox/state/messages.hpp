// The history of persistent channels.
#pragma once

#include "sandbox/state/channel_address.hpp"
#include "sandbox/state/tokens.hpp"

#include <nakama/api/channels.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::sandbox {

class message_book {
public:
    /// The time of what is said now. Never the same twice: two messages take a real server more than a
    /// microsecond, and the history is in the order of their times.
    [[nodiscard]] timestamp moment(wall_time now);

    /// Keeps a message as the database does: times in whole microseconds, content normalised. Throws
    /// malformed for content that is no JSON.
    void keep(const channel_address& channel, channel_message said);

    /// A message of this sender's with new content. Null if he has sent none with this id, in whichever
    /// channel.
    const channel_message* change(const std::string& message_id, const std::string& sender_id,
                                  const std::string& username, const std::string& content, timestamp now);

    /// Takes it out of the history; nothing if the sender has sent none with this id.
    std::optional<channel_message> remove(const std::string& message_id, const std::string& sender_id);

    /// A page; `forward` is from the oldest to the newest. Messages name the channel as it is written in the
    /// address. Throws refusal for a cursor that is none, or is another channel's or direction's.
    [[nodiscard]] channel_message_list list(const channel_address& channel, std::size_t limit, bool forward,
                                            std::string_view cursor) const;

    /// All of a channel, the oldest first.
    [[nodiscard]] std::vector<channel_message> all(const channel_address& channel) const;

    /// Removes all that a user has sent.
    void forget(const std::string& user_id);

private:
    using key = std::pair<timestamp, std::string>; // the time it was sent, its id
    using history = std::map<key, channel_message>;

    std::map<std::string, history> channels_;                                // by id
    std::map<std::string, std::pair<history*, history::iterator>> messages_; // by id
    timestamp last_{};
};

} // namespace nakama::sandbox
