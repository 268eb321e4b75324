// Generated from gen/api by nakama-gen; not to be edited.
// The kinds of messages from the server.
// clang-format off
#include "envelope.hpp"

#include <array>

namespace nakama::wire {

using realtime::envelope;

template <>
const schema& schema_of<envelope>() {
    static constexpr std::array fields{
        member<&envelope::cid>("cid"),
        alternative<&envelope::message, channel>("channel"),
        alternative<&envelope::message, channel_message>("channel_message"),
        alternative<&envelope::message, channel_message_ack>("channel_message_ack"),
        alternative<&envelope::message, channel_presence_event>("channel_presence_event"),
        alternative<&envelope::message, realtime_error>("error"),
        alternative<&envelope::message, match>("match"),
        alternative<&envelope::message, match_data>("match_data"),
        alternative<&envelope::message, match_presence_event>("match_presence_event"),
        alternative<&envelope::message, matchmaker_matched>("matchmaker_matched"),
        alternative<&envelope::message, matchmaker_ticket>("matchmaker_ticket"),
        alternative<&envelope::message, notifications>("notifications"),
        alternative<&envelope::message, rpc>("rpc"),
        alternative<&envelope::message, status>("status"),
        alternative<&envelope::message, status_presence_event>("status_presence_event"),
        alternative<&envelope::message, stream_data>("stream_data"),
        alternative<&envelope::message, stream_presence_event>("stream_presence_event"),
        alternative<&envelope::message, pong>("pong"),
        alternative<&envelope::message, party>("party"),
        alternative<&envelope::message, party_leader>("party_leader"),
        alternative<&envelope::message, party_close>("party_close"),
        alternative<&envelope::message, party_join_requests>("party_join_request"),
        alternative<&envelope::message, party_matchmaker_ticket>("party_matchmaker_ticket"),
        alternative<&envelope::message, party_data>("party_data"),
        alternative<&envelope::message, party_presence_event>("party_presence_event"),
        alternative<&envelope::message, party_update>("party_update"),
    };
    static constexpr schema layout{"envelope", fields};
    return layout;
}

} // namespace nakama::wire
