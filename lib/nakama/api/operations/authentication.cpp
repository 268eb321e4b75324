// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/authentication.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;
using wire::target;

static_assert(borrows<session_refresh_request>);
static_assert(borrows<authenticate_apple_request>);
static_assert(borrows<authenticate_custom_request>);
static_assert(borrows<authenticate_device_request>);
static_assert(borrows<authenticate_email_request>);
static_assert(borrows<authenticate_facebook_request>);
static_assert(borrows<authenticate_facebook_instant_game_request>);
static_assert(borrows<authenticate_game_center_request>);
static_assert(borrows<authenticate_google_request>);
static_assert(borrows<authenticate_steam_request>);

asio::awaitable<void> operations::session_refresh(
        session session, const session_refresh_request& request, call_options options) const {
    static constexpr operation row{"session_refresh", "POST", credentials::server_key, true};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        call::require_refresh_token(session);
        out.target = "/v2/account/session/refresh";
        json_writer body{out.body};
        body.begin_object();
        body.member("token", std::string_view{session.refresh_token()});
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::renewed(pipeline_, row, std::move(session), std::move(answer));
}

asio::awaitable<void> operations::session_logout(const session& session, call_options options) const {
    static constexpr operation row{"session_logout", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/session/logout";
        json_writer body{out.body};
        body.begin_object();
        body.member("token", std::string_view{session.token()});
        body.member("refresh_token", std::string_view{session.refresh_token()});
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<session> operations::authenticate_apple(
        const authenticate_apple_request& request, call_options options) const {
    static constexpr operation row{"authenticate_apple", "POST", credentials::server_key, false};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        target to{"/v2/account/authenticate/apple"};
        to.query("create", request.create);
        to.query("username", request.username);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::signed_in<session>(pipeline_, row, std::move(answer));
}

asio::awaitable<session> operations::authenticate_custom(
        const authenticate_custom_request& request, call_options options) const {
    static constexpr operation row{"authenticate_custom", "POST", credentials::server_key, false};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        target to{"/v2/account/authenticate/custom"};
        to.query("create", request.create);
        to.query("username", request.username);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("id", request.id);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::signed_in<session>(pipeline_, row, std::move(answer));
}

asio::awaitable<session> operations::authenticate_device(
        const authenticate_device_request& request, call_options options) const {
    static constexpr operation row{"authenticate_device", "POST", credentials::server_key, false};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        target to{"/v2/account/authenticate/device"};
        to.query("create", request.create);
        to.query("username", request.username);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("id", request.id);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::signed_in<session>(pipeline_, row, std::move(answer));
}

asio::awaitable<session> operations::authenticate_email(
        const authenticate_email_request& request, call_options options) const {
    static constexpr operation row{"authenticate_email", "POST", credentials::server_key, false};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        target to{"/v2/account/authenticate/email"};
        to.query("create", request.create);
        to.query("username", request.username);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("email", request.email);
        body.member("password", request.password);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::signed_in<session>(pipeline_, row, std::move(answer));
}

asio::awaitable<session> operations::authenticate_facebook(
        const authenticate_facebook_request& request, call_options options) const {
    static constexpr operation row{"authenticate_facebook", "POST", credentials::server_key, false};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        target to{"/v2/account/authenticate/facebook"};
        to.query("create", request.create);
        to.query("username", request.username);
        to.query("sync", request.sync);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::signed_in<session>(pipeline_, row, std::move(answer));
}

asio::awaitable<session> operations::authenticate_facebook_instant_game(
        const authenticate_facebook_instant_game_request& request, call_options options) const {
    static constexpr operation row{"authenticate_facebook_instant_game", "POST", credentials::server_key, false};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        target to{"/v2/account/authenticate/facebookinstantgame"};
        to.query("create", request.create);
        to.query("username", request.username);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("signed_player_info", request.signed_player_info);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::signed_in<session>(pipeline_, row, std::move(answer));
}

asio::awaitable<session> operations::authenticate_game_center(
        const authenticate_game_center_request& request, call_options options) const {
    static constexpr operation row{"authenticate_game_center", "POST", credentials::server_key, false};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        target to{"/v2/account/authenticate/gamecenter"};
        to.query("create", request.create);
        to.query("username", request.username);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("player_id", request.player_id);
        body.member("bundle_id", request.bundle_id);
        body.member("timestamp_seconds", request.timestamp_seconds);
        body.member("salt", request.salt);
        body.member("signature", request.signature);
        body.member("public_key_url", request.public_key_url);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::signed_in<session>(pipeline_, row, std::move(answer));
}

asio::awaitable<session> operations::authenticate_google(
        const authenticate_google_request& request, call_options options) const {
    static constexpr operation row{"authenticate_google", "POST", credentials::server_key, false};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        target to{"/v2/account/authenticate/google"};
        to.query("create", request.create);
        to.query("username", request.username);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::signed_in<session>(pipeline_, row, std::move(answer));
}

asio::awaitable<session> operations::authenticate_steam(
        const authenticate_steam_request& request, call_options options) const {
    static constexpr operation row{"authenticate_steam", "POST", credentials::server_key, false};
    auto answer = call::start<session_tokens>(pipeline_, row, options, [&](call::request& out) {
        target to{"/v2/account/authenticate/steam"};
        to.query("create", request.create);
        to.query("username", request.username);
        to.query("sync", request.sync);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::signed_in<session>(pipeline_, row, std::move(answer));
}

} // namespace nakama
