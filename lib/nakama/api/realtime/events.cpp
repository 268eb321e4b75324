// Generated from gen/api by nakama-gen; not to be edited.
// How events reach listeners and streams.
#include "realtime/connection.hpp"
#include "realtime/event_stream.hpp"

#include <nakama/api/realtime_operations.hpp>

namespace nakama {

listener realtime_operations::on_channel_message(std::function<void(const channel_message&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_channel_presence_event(std::function<void(const channel_presence_event&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_error(std::function<void(const realtime_error&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_match_data(std::function<void(const match_data&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_match_presence_event(std::function<void(const match_presence_event&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_matchmaker_matched(std::function<void(const matchmaker_matched&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_notifications(std::function<void(const notifications&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_status_presence_event(std::function<void(const status_presence_event&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_stream_data(std::function<void(const stream_data&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_stream_presence_event(std::function<void(const stream_presence_event&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_party(std::function<void(const party&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_party_leader(std::function<void(const party_leader&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_party_close(std::function<void(const nakama::party_close&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_party_join_request(std::function<void(const party_join_requests&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_party_matchmaker_ticket(std::function<void(const party_matchmaker_ticket&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_party_data(std::function<void(const party_data&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_party_presence_event(std::function<void(const party_presence_event&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_party_update(std::function<void(const nakama::party_update&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_state(std::function<void(const socket_state&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_resumed(std::function<void(const resume_report&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_unknown(std::function<void(const unknown_message&)> call) const {
    return connected().events->listen(std::move(call));
}

template <class Event>
event_stream<Event> realtime_operations::open_stream(stream_options options) const {
    return connected().events->open<Event>(options, connected().has_ended());
}

template class NAKAMA_API event_stream<channel_message>;
template class NAKAMA_API event_stream<channel_presence_event>;
template class NAKAMA_API event_stream<realtime_error>;
template class NAKAMA_API event_stream<match_data>;
template class NAKAMA_API event_stream<match_presence_event>;
template class NAKAMA_API event_stream<matchmaker_matched>;
template class NAKAMA_API event_stream<notifications>;
template class NAKAMA_API event_stream<status_presence_event>;
template class NAKAMA_API event_stream<stream_data>;
template class NAKAMA_API event_stream<stream_presence_event>;
template class NAKAMA_API event_stream<party>;
template class NAKAMA_API event_stream<party_leader>;
template class NAKAMA_API event_stream<party_close>;
template class NAKAMA_API event_stream<party_join_requests>;
template class NAKAMA_API event_stream<party_matchmaker_ticket>;
template class NAKAMA_API event_stream<party_data>;
template class NAKAMA_API event_stream<party_presence_event>;
template class NAKAMA_API event_stream<party_update>;
template class NAKAMA_API event_stream<socket_state>;
template class NAKAMA_API event_stream<resume_report>;
template class NAKAMA_API event_stream<unknown_message>;

template NAKAMA_API event_stream<channel_message> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<channel_presence_event>
        realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<realtime_error> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<match_data> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<match_presence_event> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<matchmaker_matched> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<notifications> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<status_presence_event>
        realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<stream_data> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<stream_presence_event>
        realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<party> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<party_leader> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<party_close> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<party_join_requests> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<party_matchmaker_ticket>
        realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<party_data> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<party_presence_event> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<party_update> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<socket_state> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<resume_report> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<unknown_message> realtime_operations::open_stream(stream_options) const;

} // namespace nakama
