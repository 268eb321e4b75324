// How generated operations begin a call and what they make of its answer.
#pragma once

#include "operation.hpp"
#include "pipeline.hpp"
#include "session_state.hpp"

#include <nakama/call_options.hpp>
#include <nakama/error.hpp>

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>

namespace nakama::call {

/// The answer of operations that have nothing to say.
struct nothing {};

/// A call ready to go, or why it cannot: errors of encoding come when it is awaited, as all others do.
using prepared = std::variant<request, error>;

using encoder = std::function<void(request&)>;

[[nodiscard]] prepared prepare(const std::shared_ptr<pipeline>& pipeline, const operation& operation,
                               const call_options& options, const encoder& encode);
[[nodiscard]] prepared prepare(const std::shared_ptr<pipeline>& pipeline, const operation& operation,
                               std::shared_ptr<session_state> session, const call_options& options,
                               const encoder& encode);

/// Carries a prepared call out.
asio::awaitable<answered> carry_out(std::shared_ptr<pipeline> pipeline, prepared call);

template <class Response>
asio::awaitable<Response> fetch(std::shared_ptr<pipeline> pipeline, const operation& operation,
                                prepared call) {
    const answered answer = co_await carry_out(std::move(pipeline), std::move(call));
    Response response{};
    if (const auto failure = wire::read_json(answer.body, response))
        throw malformed(operation.name, *failure, answer.http_status, answer.attempts);
    co_return response;
}

/// Encodes a request at once and leaves the sending to the awaitable. `operation` must outlive it.
template <class Response>
asio::awaitable<Response> start(const std::shared_ptr<pipeline>& pipeline, const operation& operation,
                                const call_options& options, const encoder& encode) {
    return fetch<Response>(pipeline, operation, prepare(pipeline, operation, options, encode));
}

template <class Response, class Session>
asio::awaitable<Response> start(const std::shared_ptr<pipeline>& pipeline, const operation& operation,
                                const Session& session, const call_options& options, const encoder& encode) {
    return fetch<Response>(pipeline, operation,
                           prepare(pipeline, operation, session_access::state(session), options, encode));
}

asio::awaitable<void> done(asio::awaitable<nothing> answer);

/// Throws errc::invalid_argument if the session cannot be refreshed.
template <class Session>
void require_refresh_token(const Session& session) {
    if (session.refresh_token().empty())
        throw error{errc::invalid_argument, "the session has no refresh token: sign in again"};
}

/// Takes over what the server answered; that it is no token is the server's fault then.
template <class Session, class Tokens>
void take_over(const pipeline& pipeline, Session& session, const Tokens& answer, const operation& operation) {
    try {
        session_access::renew(session, answer, pipeline.time()->wall_now());
    } catch (const error& failure) {
        throw error{errc::malformed_answer, error_details{.message = failure.message(),
                                                          .operation = std::string{operation.name},
                                                          .attempts = 1,
                                                          .maybe_sent = true}};
    }
}

template <class Session, class Tokens>
asio::awaitable<Session> signed_in(std::shared_ptr<pipeline> pipeline, const operation& operation,
                                   asio::awaitable<Tokens> tokens) {
    const Tokens answer = co_await std::move(tokens);
    Session session;
    take_over(*pipeline, session, answer, operation);
    co_return session;
}

template <class Session, class Tokens>
asio::awaitable<void> renewed(std::shared_ptr<pipeline> pipeline, const operation& operation, Session session,
                              asio::awaitable<Tokens> tokens) {
    Tokens answer;
    try {
        answer = co_await std::move(tokens);
    } catch (const error& refusal) {
        // Not of an operation that goes out with the session's token and gets new ones besides.
        if (operation.needs != credentials::session && is_refresh_refused(refusal))
            throw session_expired(refusal);
        throw;
    }
    take_over(*pipeline, session, answer, operation);
}

} // namespace nakama::call
