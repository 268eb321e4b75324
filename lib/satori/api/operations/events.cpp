// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/satori/api/events.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"

#include <satori/api/operations.hpp>

namespace satori {

namespace call = nakama::call;

using nakama::call::credentials;
using nakama::call::operation;
using nakama::wire::json_writer;

static_assert(nakama::borrows<event>);
static_assert(nakama::borrows<event_request>);
static_assert(nakama::borrows<server_event_request>);

namespace {

void write_event(json_writer& out, const event& value, const call::request& ids) {
    out.begin_object();
    out.member("name", value.name);
    out.member("id", value.id.empty() ? ids.unique_id() : std::string{value.id});
    out.member("metadata", value.metadata);
    out.member("value", value.value);
    out.member("timestamp", value.timestamp);
    out.member("identity_id", value.identity_id);
    out.member("session_id", value.session_id);
    out.member("session_issued_at", value.session_issued_at);
    out.member("session_expires_at", value.session_expires_at);
    out.end_object();
}

} // namespace

asio::awaitable<void> operations::event(
        const session& session, const event_request& request, nakama::call_options options) const {
    static constexpr operation row{"event", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v1/event";
        json_writer body{out.body};
        body.begin_object();
        body.list("events", request.events, [&](json_writer& to, const auto& each) { write_event(to, each, out); });
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::server_event(
        const server_event_request& request, nakama::call_options options) const {
    static constexpr operation row{"server_event", "POST", credentials::server_key, true};
    auto answer = call::start<call::nothing>(pipeline_, row, options, [&](call::request& out) {
        out.target = "/v1/server-event";
        json_writer body{out.body};
        body.begin_object();
        body.list("events", request.events, [&](json_writer& to, const auto& each) { write_event(to, each, out); });
        body.end_object();
    });
    return call::done(std::move(answer));
}

} // namespace satori
