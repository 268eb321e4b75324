#include "envelope.hpp"

#include <array>

namespace nakama::wire {

using realtime::envelope;

template <>
const schema& schema_of<envelope>() {
    static const std::array fields{
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
        alternative<&envelope::message, status_presence_event>("status_presence_event"),
    };
    static const schema layout{"envelope", fields};
    return layout;
}

} // namespace nakama::wire
