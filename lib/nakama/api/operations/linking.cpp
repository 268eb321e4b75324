// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/linking.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;
using wire::target;

static_assert(borrows<link_apple_request>);
static_assert(borrows<link_custom_request>);
static_assert(borrows<link_device_request>);
static_assert(borrows<link_email_request>);
static_assert(borrows<link_facebook_request>);
static_assert(borrows<link_facebook_instant_game_request>);
static_assert(borrows<link_game_center_request>);
static_assert(borrows<link_google_request>);
static_assert(borrows<link_steam_request>);
static_assert(borrows<unlink_apple_request>);
static_assert(borrows<unlink_custom_request>);
static_assert(borrows<unlink_device_request>);
static_assert(borrows<unlink_email_request>);
static_assert(borrows<unlink_facebook_request>);
static_assert(borrows<unlink_facebook_instant_game_request>);
static_assert(borrows<unlink_game_center_request>);
static_assert(borrows<unlink_google_request>);
static_assert(borrows<unlink_steam_request>);

asio::awaitable<void> operations::link_apple(
        const session& session, const link_apple_request& request, call_options options) const {
    static constexpr operation row{"link_apple", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/link/apple";
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::link_custom(
        const session& session, const link_custom_request& request, call_options options) const {
    static constexpr operation row{"link_custom", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/link/custom";
        json_writer body{out.body};
        body.begin_object();
        body.member("id", request.id);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::link_device(
        const session& session, const link_device_request& request, call_options options) const {
    static constexpr operation row{"link_device", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/link/device";
        json_writer body{out.body};
        body.begin_object();
        body.member("id", request.id);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::link_email(
        const session& session, const link_email_request& request, call_options options) const {
    static constexpr operation row{"link_email", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/link/email";
        json_writer body{out.body};
        body.begin_object();
        body.member("email", request.email);
        body.member("password", request.password);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::link_facebook(
        const session& session, const link_facebook_request& request, call_options options) const {
    static constexpr operation row{"link_facebook", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/account/link/facebook"};
        to.query("sync", request.sync);
        out.target = to.take();
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::link_facebook_instant_game(
        const session& session, const link_facebook_instant_game_request& request,
        call_options options) const {
    static constexpr operation row{"link_facebook_instant_game", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/link/facebookinstantgame";
        json_writer body{out.body};
        body.begin_object();
        body.member("signed_player_info", request.signed_player_info);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::link_game_center(
        const session& session, const link_game_center_request& request, call_options options) const {
    static constexpr operation row{"link_game_center", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/link/gamecenter";
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
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::link_google(
        const session& session, const link_google_request& request, call_options options) const {
    static constexpr operation row{"link_google", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/link/google";
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::link_steam(
        const session& session, const link_steam_request& request, call_options options) const {
    static constexpr operation row{"link_steam", "POST", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/link/steam";
        json_writer body{out.body};
        body.begin_object();
        body.key("account");
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
        body.member("sync", request.sync);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::unlink_apple(
        const session& session, const unlink_apple_request& request, call_options options) const {
    static constexpr operation row{"unlink_apple", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/unlink/apple";
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::unlink_custom(
        const session& session, const unlink_custom_request& request, call_options options) const {
    static constexpr operation row{"unlink_custom", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/unlink/custom";
        json_writer body{out.body};
        body.begin_object();
        body.member("id", request.id);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::unlink_device(
        const session& session, const unlink_device_request& request, call_options options) const {
    static constexpr operation row{"unlink_device", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/unlink/device";
        json_writer body{out.body};
        body.begin_object();
        body.member("id", request.id);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::unlink_email(
        const session& session, const unlink_email_request& request, call_options options) const {
    static constexpr operation row{"unlink_email", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/unlink/email";
        json_writer body{out.body};
        body.begin_object();
        body.member("email", request.email);
        body.member("password", request.password);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::unlink_facebook(
        const session& session, const unlink_facebook_request& request, call_options options) const {
    static constexpr operation row{"unlink_facebook", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/unlink/facebook";
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::unlink_facebook_instant_game(
        const session& session, const unlink_facebook_instant_game_request& request,
        call_options options) const {
    static constexpr operation row{"unlink_facebook_instant_game", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/unlink/facebookinstantgame";
        json_writer body{out.body};
        body.begin_object();
        body.member("signed_player_info", request.signed_player_info);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::unlink_game_center(
        const session& session, const unlink_game_center_request& request, call_options options) const {
    static constexpr operation row{"unlink_game_center", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/unlink/gamecenter";
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
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::unlink_google(
        const session& session, const unlink_google_request& request, call_options options) const {
    static constexpr operation row{"unlink_google", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/unlink/google";
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::unlink_steam(
        const session& session, const unlink_steam_request& request, call_options options) const {
    static constexpr operation row{"unlink_steam", "POST", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/account/unlink/steam";
        json_writer body{out.body};
        body.begin_object();
        body.member("token", request.token);
        body.member("vars", request.vars);
        body.end_object();
    });
    return call::done(std::move(answer));
}

} // namespace nakama
