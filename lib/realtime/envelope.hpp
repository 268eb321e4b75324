// Generated from gen/api by nakama-gen; not to be edited.
// What every message of the socket travels in.
// clang-format off
#pragma once

#include "wire/schema.hpp"

#include <nakama/api/channels.hpp>
#include <nakama/api/matches.hpp>
#include <nakama/api/matchmaker.hpp>
#include <nakama/api/notifications.hpp>
#include <nakama/api/parties.hpp>
#include <nakama/api/rpc.hpp>
#include <nakama/api/server.hpp>
#include <nakama/api/status.hpp>
#include <nakama/api/streams.hpp>

#include <string>

namespace nakama::realtime {

/// One message from the server. A message of a kind that this version does not know leaves `message` empty.
struct envelope {
    std::string cid{}; ///< of the request that it answers; empty for events
    wire::one_of<
            channel, channel_message, channel_message_ack, channel_presence_event, realtime_error, match,
            match_data, match_presence_event, matchmaker_matched, matchmaker_ticket, notifications, rpc,
            status, status_presence_event, stream_data, stream_presence_event, pong, party, party_leader,
            party_close, party_join_requests, party_matchmaker_ticket, party_data, party_presence_event,
            party_update>
        message{};
};

} // namespace nakama::realtime
