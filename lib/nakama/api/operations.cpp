#include "call/pipeline.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;
using wire::target;

namespace {

template <class Response>
asio::awaitable<Response> fail(error failure) {
    throw failure;
    co_return Response{}; // makes it a coroutine: the error comes when it is awaited, as all others do
}

template <class Response>
asio::awaitable<Response> refuse(const operation& operation, std::string message) {
    return fail<Response>(
        error{errc::invalid_argument,
              error_details{.message = std::move(message), .operation = std::string{operation.name}}});
}

/// Encodes a request at once and leaves the sending to `perform`.
template <class Response, class Encode>
asio::awaitable<Response> start(const std::shared_ptr<call::pipeline>& pipeline, const operation& operation,
                                const session* session, const call_options& options, Encode encode) {
    if (!pipeline) return refuse<Response>(operation, "the client has been moved from");
    call::request request{.operation = &operation, .options = options};
    if (operation.needs == credentials::session) {
        if (session->token().empty())
            return refuse<Response>(operation, "the session is empty: sign in first");
        request.session = *session;
    }
    try {
        encode(request);
    } catch (const error& failure) {
        return refuse<Response>(operation, failure.message());
    }
    return call::fetch<Response>(pipeline, std::move(request));
}

/// The answer of operations that have nothing to say.
struct nothing {};

/// Takes over what the server answered; that it is no token is the server's fault then.
void update(session& session, const session_tokens& answer, std::string_view operation) {
    try {
        session.update(answer);
    } catch (const error& failure) {
        throw error{errc::malformed_answer, error_details{.message = failure.message(),
                                                          .operation = std::string{operation},
                                                          .attempts = 1,
                                                          .maybe_sent = true}};
    }
}

asio::awaitable<session> signed_in(const operation& operation, asio::awaitable<session_tokens> tokens) {
    const session_tokens answer = co_await std::move(tokens);
    session session;
    update(session, answer, operation.name);
    co_return session;
}

asio::awaitable<void> refreshed(const operation& operation, session session,
                                asio::awaitable<session_tokens> tokens) {
    const session_tokens answer = co_await std::move(tokens);
    update(session, answer, operation.name);
}

asio::awaitable<void> done(asio::awaitable<nothing> answer) {
    co_await std::move(answer);
}

} // namespace

template <>
const wire::schema& wire::schema_of<nothing>() {
    static const schema layout{"nothing", {}};
    return layout;
}

operations::operations(std::shared_ptr<call::pipeline> pipeline) noexcept : pipeline_{std::move(pipeline)} {}
operations::~operations() = default;
operations::operations(operations&&) noexcept = default;
operations& operations::operator=(operations&&) noexcept = default;

asio::awaitable<session> operations::authenticate_device(const authenticate_device_request& request,
                                                         call_options options) const {
    static constexpr operation row{"authenticate_device", "POST", credentials::server_key, false};
    return signed_in(row, start<session_tokens>(pipeline_, row, nullptr, options, [&](call::request& out) {
                         out.target = target{"/v2/account/authenticate/device"}
                                          .query("create", request.create)
                                          .query("username", request.username)
                                          .take();
                         json_writer body{out.body};
                         body.begin_object();
                         body.member("id", request.id);
                         body.member("vars", request.vars);
                         body.end_object();
                     }));
}

asio::awaitable<session> operations::authenticate_email(const authenticate_email_request& request,
                                                        call_options options) const {
    static constexpr operation row{"authenticate_email", "POST", credentials::server_key, false};
    return signed_in(row, start<session_tokens>(pipeline_, row, nullptr, options, [&](call::request& out) {
                         out.target = target{"/v2/account/authenticate/email"}
                                          .query("create", request.create)
                                          .query("username", request.username)
                                          .take();
                         json_writer body{out.body};
                         body.begin_object();
                         body.member("email", request.email);
                         body.member("password", request.password);
                         body.member("vars", request.vars);
                         body.end_object();
                     }));
}

asio::awaitable<session> operations::authenticate_custom(const authenticate_custom_request& request,
                                                         call_options options) const {
    static constexpr operation row{"authenticate_custom", "POST", credentials::server_key, false};
    return signed_in(row, start<session_tokens>(pipeline_, row, nullptr, options, [&](call::request& out) {
                         out.target = target{"/v2/account/authenticate/custom"}
                                          .query("create", request.create)
                                          .query("username", request.username)
                                          .take();
                         json_writer body{out.body};
                         body.begin_object();
                         body.member("id", request.id);
                         body.member("vars", request.vars);
                         body.end_object();
                     }));
}

asio::awaitable<void> operations::session_refresh(session session, const session_refresh_request& request,
                                                  call_options options) const {
    static constexpr operation row{"session_refresh", "POST", credentials::server_key, true};
    auto answer = start<session_tokens>(pipeline_, row, nullptr, options, [&](call::request& out) {
        if (session.refresh_token().empty())
            throw error{errc::invalid_argument, "the session has no refresh token: sign in again"};
        out.target = "/v2/account/session/refresh";
        json_writer body{out.body};
        body.begin_object();
        body.member("token", std::string_view{session.refresh_token()});
        body.member("vars", request.vars);
        body.end_object();
    });
    return refreshed(row, std::move(session), std::move(answer));
}

asio::awaitable<void> operations::session_logout(const session& session, call_options options) const {
    static constexpr operation row{"session_logout", "POST", credentials::session, true};
    return done(start<nothing>(pipeline_, row, &session, options, [&](call::request& out) {
        out.target = "/v2/session/logout";
        json_writer body{out.body};
        body.begin_object();
        body.member("token", std::string_view{session.token()});
        body.member("refresh_token", std::string_view{session.refresh_token()});
        body.end_object();
    }));
}

asio::awaitable<account> operations::get_account(const session& session, call_options options) const {
    static constexpr operation row{"get_account", "GET", credentials::session, true};
    return start<account>(pipeline_, row, &session, options,
                          [&](call::request& out) { out.target = "/v2/account"; });
}

asio::awaitable<void> operations::update_account(const session& session,
                                                 const update_account_request& request,
                                                 call_options options) const {
    static constexpr operation row{"update_account", "PUT", credentials::session, true};
    return done(start<nothing>(pipeline_, row, &session, options, [&](call::request& out) {
        out.target = "/v2/account";
        json_writer body{out.body};
        body.begin_object();
        body.member("username", request.username);
        body.member("display_name", request.display_name);
        body.member("avatar_url", request.avatar_url);
        body.member("lang_tag", request.lang_tag);
        body.member("location", request.location);
        body.member("timezone", request.timezone);
        body.end_object();
    }));
}

asio::awaitable<friend_list> operations::list_friends(const session& session,
                                                      const list_friends_request& request,
                                                      call_options options) const {
    static constexpr operation row{"list_friends", "GET", credentials::session, true};
    return start<friend_list>(pipeline_, row, &session, options, [&](call::request& out) {
        out.target = target{"/v2/friend"}
                         .query("limit", request.limit)
                         .query("state", request.state)
                         .query("cursor", request.cursor)
                         .take();
    });
}

asio::awaitable<nakama::rpc> operations::rpc(const session& session, const rpc_request& request,
                                             call_options options) const {
    static constexpr operation row{"rpc", "POST", credentials::session, false};
    return start<nakama::rpc>(pipeline_, row, &session, options, [&](call::request& out) {
        out.target = target{"/v2/rpc"}.segment("id", request.id).take();
        json_writer{out.body}.value(request.payload);
    });
}

} // namespace nakama
