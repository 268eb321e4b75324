// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/satori/api/identity.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"

#include <satori/api/operations.hpp>

namespace satori {

namespace call = nakama::call;

using nakama::call::credentials;
using nakama::call::operation;
using nakama::wire::json_writer;

static_assert(nakama::borrows<identify_request>);

asio::awaitable<void> operations::identify(
        session session, const identify_request& request, nakama::call_options options) const {
    static constexpr operation row{"identify", "PUT", credentials::session, false};
    auto answer = call::start<session_tokens>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v1/identify";
        json_writer body{out.body};
        body.begin_object();
        body.member("id", request.id);
        body.member("default", request.default_);
        body.member("custom", request.custom);
        body.end_object();
    });
    return call::renewed(pipeline_, row, std::move(session), std::move(answer));
}

asio::awaitable<void> operations::delete_identity(
        const session& session, nakama::call_options options) const {
    static constexpr operation row{"delete_identity", "DELETE", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v1/identity";
    });
    return call::done(std::move(answer));
}

} // namespace satori
