// What every message of the socket travels in.
#pragma once

#include "wire/schema.hpp"

#include <nakama/api/realtime.hpp>

#include <string>
#include <variant>

namespace nakama::realtime {

/// One message from the server. A message of a kind that this version does not know leaves `message` empty.
struct envelope {
    std::string cid{}; ///< of the request that it answers; empty for events
    std::variant<std::monostate, channel, channel_message, channel_message_ack, channel_presence_event,
                 realtime_error, match, match_data, match_presence_event, matchmaker_matched,
                 matchmaker_ticket, notifications, status_presence_event>
        message{};
};

} // namespace nakama::realtime
