// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/satori/api/authentication.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"

#include <satori/api/operations.hpp>

namespace satori {

namespace call = nakama::call;

using nakama::call::credentials;
using nakama::call::operation;
using nakama::wire::json_writer;

static_assert(nakama::borrows<authenticate_request>);

asio::awaitable<session> operations::authenticate(
        const authenticate_request& request, nakama::call_options options) const {
    static constexpr operation row{"authenticate", "POST", credentials::server_key, false};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        out.target = "/v1/authenticate";
        json_writer body{out.body};
        body.begin_object();
        body.member("id", request.id);
        body.member("no_session", request.no_session);
        body.member("default", request.default_);
        body.member("custom", request.custom);
        body.end_object();
    });
    return call::signed_in<session>(pipeline_, row, std::move(answer));
}

asio::awaitable<void> operations::authenticate_logout(
        const session& session, nakama::call_options options) const {
    static constexpr operation row{"authenticate_logout", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v1/authenticate/logout";
        json_writer body{out.body};
        body.begin_object();
        body.member("token", std::string_view{session.token()});
        body.member("refresh_token", std::string_view{session.refresh_token()});
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::authenticate_refresh(session session, nakama::call_options options) const {
    static constexpr operation row{"authenticate_refresh", "POST", credentials::server_key, true};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        call::require_refresh_token(session);
        out.target = "/v1/authenticate/refresh";
        json_writer body{out.body};
        body.begin_object();
        body.member("refresh_token", std::string_view{session.refresh_token()});
        body.end_object();
    });
    return call::renewed(pipeline_, row, std::move(session), std::move(answer));
}

} // namespace satori
