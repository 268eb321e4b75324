// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/satori/api/messages.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <satori/api/operations.hpp>

namespace satori {

namespace call = nakama::call;

using nakama::call::credentials;
using nakama::call::operation;
using nakama::wire::json_writer;
using nakama::wire::target;

static_assert(nakama::borrows<get_message_list_request>);
static_assert(nakama::borrows<update_message_request>);
static_assert(nakama::borrows<delete_message_request>);

asio::awaitable<get_message_list_response> operations::get_message_list(
        const session& session, const get_message_list_request& request, nakama::call_options options) const {
    static constexpr operation row{"get_message_list", "GET", credentials::session, true};
    auto answer = call::start<get_message_list_response>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v1/message"};
        to.query("limit", request.limit);
        to.query("forward", request.forward);
        to.query("cursor", request.cursor);
        to.query("message_ids", request.message_ids);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<void> operations::update_message(
        const session& session, const update_message_request& request, nakama::call_options options) const {
    static constexpr operation row{"update_message", "PUT", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v1/message"};
        to.segment("id", request.id);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("read_time", request.read_time);
        body.member("consume_time", request.consume_time);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::delete_message(
        const session& session, const delete_message_request& request, nakama::call_options options) const {
    static constexpr operation row{"delete_message", "DELETE", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v1/message"};
        to.segment("id", request.id);
        out.target = to.take();
    });
    return call::done(std::move(answer));
}

} // namespace satori
