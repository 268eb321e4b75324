// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/events.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;

static_assert(borrows<event_request>);

asio::awaitable<void> operations::event(
        const session& session, const event_request& request, call_options options) const {
    static constexpr operation row{"event", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/event";
        json_writer body{out.body};
        body.begin_object();
        body.member("name", request.name);
        body.member("properties", request.properties);
        body.member("timestamp", request.timestamp);
        body.member("external", request.external);
        body.end_object();
    });
    return call::done(std::move(answer));
}

} // namespace nakama
