// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/satori/api/live_events.hpp are called.
#include "call/start.hpp"
#include "wire/percent.hpp"

#include <satori/api/operations.hpp>

namespace satori {

namespace call = nakama::call;

using nakama::call::credentials;
using nakama::call::operation;
using nakama::wire::target;

static_assert(nakama::borrows<get_live_events_request>);
static_assert(nakama::borrows<join_live_event_request>);

asio::awaitable<live_event_list> operations::get_live_events(
        const session& session, const get_live_events_request& request, nakama::call_options options) const {
    static constexpr operation row{"get_live_events", "GET", credentials::session, true};
    auto answer = call::start<live_event_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v1/live-event"};
        to.query("names", request.names);
        to.query("labels", request.labels);
        to.query("past_run_count", request.past_run_count);
        to.query("future_run_count", request.future_run_count);
        to.query("start_time_sec", request.start_time_sec);
        to.query("end_time_sec", request.end_time_sec);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<void> operations::join_live_event(
        const session& session, const join_live_event_request& request, nakama::call_options options) const {
    static constexpr operation row{"join_live_event", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v1/live-event"};
        to.segment("id", request.id);
        to.path("/participation");
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

} // namespace satori
