// Generated from gen/api by nakama-gen; not to be edited.
// The server's operations over HTTP.
#pragma once

#include <nakama/call_options.hpp>
#include <satori/api/authentication.hpp>
#include <satori/api/events.hpp>
#include <satori/api/experiments.hpp>
#include <satori/api/flags.hpp>
#include <satori/api/identity.hpp>
#include <satori/api/live_events.hpp>
#include <satori/api/messages.hpp>
#include <satori/api/properties.hpp>
#include <satori/session.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace nakama::call {
class pipeline;
} // namespace nakama::call

namespace satori {

namespace asio = boost::asio;

/// Every operation encodes its request before it returns, so what the request refers to may end then; the
/// request is sent when the awaitable is awaited. Each throws nakama::error and can be awaited once.
/// Cancelling one aborts its I/O and its waits, and it throws errc::cancelled; a deadline does the same with
/// errc::timed_out. Idempotent ones may be repeated by the retry policy after their bytes have left.
/// Numbers in brackets at members of requests and answers are those of the server's protobuf fields.
class NAKAMA_API operations {
public:
    // Sessions: how they begin, go on and end.

    /// Begins a session for an identity, which is made if it is new.
    /// `POST /v1/authenticate`. Needs the API key. Not idempotent.
    asio::awaitable<session> authenticate(
            const authenticate_request& request, nakama::call_options options = {}) const;

    /// Ends a session and makes its refresh token void. `token` and `refresh_token` are the session's.
    /// `POST /v1/authenticate/logout`. Needs a session. Idempotent.
    asio::awaitable<void> authenticate_logout(
            const session& session, nakama::call_options options = {}) const;

    /// Gets new tokens for a refresh token. `refresh_token` is the session's.
    /// `POST /v1/authenticate/refresh`. Needs the API key. Idempotent.
    asio::awaitable<void> authenticate_refresh(session session, nakama::call_options options = {}) const;

    // Who the player is known as.

    /// Goes on with the session under another identity id. The tokens from before cannot be used any more.
    /// `PUT /v1/identify`. Needs a session. Not idempotent.
    asio::awaitable<void> identify(
            session session, const identify_request& request, nakama::call_options options = {}) const;

    /// Deletes one's identity with everything that belongs to it.
    /// `DELETE /v1/identity`. Needs a session. Idempotent.
    asio::awaitable<void> delete_identity(const session& session, nakama::call_options options = {}) const;

    // What is known about an identity, and audiences are made from.

    /// Gets the properties of the identity.
    /// `GET /v1/properties`. Needs a session. Idempotent.
    asio::awaitable<properties> list_properties(
            const session& session, nakama::call_options options = {}) const;

    /// Changes default and custom properties of the identity.
    /// `PUT /v1/properties`. Needs a session. Idempotent.
    asio::awaitable<void> update_properties(
            const session& session, const update_properties_request& request = {},
            nakama::call_options options = {}) const;

    // What happened in the game, for analytics and audiences.

    /// Publishes events of the session. An event that has an id is counted once however often it is sent.
    /// `POST /v1/event`. Needs a session. Idempotent.
    asio::awaitable<void> event(
            const session& session, const event_request& request = {},
            nakama::call_options options = {}) const;

    /// Publishes events in the name of any identities, with the API key in place of a session. Each event
    /// says whose it is.
    /// `POST /v1/server-event`. Needs the API key. Idempotent.
    asio::awaitable<void> server_event(
            const server_event_request& request = {}, nakama::call_options options = {}) const;

    // Experiments that an identity takes part in.

    /// Lists the experiments that the identity takes part in.
    /// `GET /v1/experiment`. Needs a session. Idempotent.
    asio::awaitable<experiment_list> get_experiments(
            const session& session, const get_experiments_request& request = {},
            nakama::call_options options = {}) const;

    // Feature flags with their values for an identity.

    /// Lists flags with their values for the identity. Asked with the API key in place of a session it gives
    /// the default values.
    /// `GET /v1/flag`. Needs a session. Idempotent.
    asio::awaitable<flag_list> get_flags(
            const session& session, const get_flags_request& request = {},
            nakama::call_options options = {}) const;

    /// Lists flags with their values for the identity. Asked with the API key in place of a session it gives
    /// the default values.
    /// `GET /v1/flag`. Needs the API key. Idempotent.
    asio::awaitable<flag_list> get_flags_without_session(
            const get_flags_request& request = {}, nakama::call_options options = {}) const;

    /// Lists flags with everything that overrides their values for the identity.
    /// `GET /v1/flag/override`. Needs a session. Idempotent.
    asio::awaitable<flag_override_list> get_flag_overrides(
            const session& session, const get_flag_overrides_request& request = {},
            nakama::call_options options = {}) const;

    /// Lists flags with everything that overrides their values for the identity.
    /// `GET /v1/flag/override`. Needs the API key. Idempotent.
    asio::awaitable<flag_override_list> get_flag_overrides_without_session(
            const get_flag_overrides_request& request = {}, nakama::call_options options = {}) const;

    // Events that run in the game for a time.

    /// Lists live events, with past and future runs if asked for.
    /// `GET /v1/live-event`. Needs a session. Idempotent.
    asio::awaitable<live_event_list> get_live_events(
            const session& session, const get_live_events_request& request = {},
            nakama::call_options options = {}) const;

    /// Joins a live event that takes only those who have joined.
    /// `POST /v1/live-event/{id}/participation`. Needs a session. Idempotent.
    asio::awaitable<void> join_live_event(
            const session& session, const join_live_event_request& request,
            nakama::call_options options = {}) const;

    // Messages that were sent to an identity.

    /// Lists the messages of the identity, page by page.
    /// `GET /v1/message`. Needs a session. Idempotent.
    asio::awaitable<get_message_list_response> get_message_list(
            const session& session, const get_message_list_request& request = {},
            nakama::call_options options = {}) const;

    /// Marks a message as read or consumed.
    /// `PUT /v1/message/{id}`. Needs a session. Idempotent.
    asio::awaitable<void> update_message(
            const session& session, const update_message_request& request,
            nakama::call_options options = {}) const;

    /// Deletes a message of the identity.
    /// `DELETE /v1/message/{id}`. Needs a session. Idempotent.
    asio::awaitable<void> delete_message(
            const session& session, const delete_message_request& request,
            nakama::call_options options = {}) const;

    // Whether the server is well.

    /// Tells whether the server is alive.
    /// `GET /healthcheck`. Needs no credentials. Idempotent.
    asio::awaitable<void> healthcheck(nakama::call_options options = {}) const;

    /// Tells whether the server is ready to serve.
    /// `GET /readycheck`. Needs no credentials. Idempotent.
    asio::awaitable<void> readycheck(nakama::call_options options = {}) const;

protected:
    explicit operations(std::shared_ptr<nakama::call::pipeline> pipeline) noexcept;
    ~operations();
    operations(operations&&) noexcept;
    operations& operator=(operations&&) noexcept;

    std::shared_ptr<nakama::call::pipeline> pipeline_;
};

} // namespace satori
