#include "realtime/closing.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace nakama;
using namespace nakama::realtime;

namespace {

close_info closed_by_server(std::uint16_t code, std::string reason) {
    return why_ended({.frame = {.by_peer = true, .code = code, .reason = std::move(reason)}});
}

close_info broken(errc code, bool was_held_up = false) {
    return why_ended({.failure = error{code, "it broke"}, .was_held_up = was_held_up});
}

} // namespace

// The reasons as recorded from Nakama 3.40.
TEST_CASE("the reason of a close frame tells its cause") {
    CHECK(closed_by_server(1000, "received malformed payload").cause == close_cause::malformed);
    CHECK(closed_by_server(1000, "received unexpected WebSocket message type").cause ==
          close_cause::malformed);
    CHECK(closed_by_server(1002, "bad MASK").cause == close_cause::malformed);
    CHECK(closed_by_server(1000, "error processing message").cause == close_cause::unprocessable);
    CHECK(closed_by_server(1000, "server-side session disconnect").cause == close_cause::disconnected);
    CHECK(closed_by_server(1000, "read tcp 127.0.0.1:7350->127.0.0.1:55555: i/o timeout").cause ==
          close_cause::missed_pong);
    CHECK(closed_by_server(1000, "session outgoing queue full").cause == close_cause::slow_reader);
    CHECK(closed_by_server(1009, "").cause == close_cause::too_large);
    CHECK(closed_by_server(1000, "").cause == close_cause::other);
    CHECK(closed_by_server(1001, "going away").cause == close_cause::other);
}

TEST_CASE("a close frame keeps its code and text") {
    const auto why = closed_by_server(1001, "going away");
    CHECK(why.initiator == close_info::by::server);
    CHECK(why.code == 1001);
    CHECK(why.reason == "going away");
}

TEST_CASE("the notification that came before tells more") {
    const auto told = [](std::int32_t code) {
        return why_ended(
            {.frame = {.by_peer = true, .code = 1000, .reason = "server-side session disconnect"},
             .notice = notification{.subject = "about it", .code = code}});
    };
    CHECK(told(-7).cause == close_cause::another_socket);
    CHECK(told(-8).cause == close_cause::banned);
    REQUIRE(told(-7).notice);
    CHECK(told(-7).notice->subject == "about it");
    // Also where the close frame itself was lost.
    CHECK(why_ended({.failure = error{errc::connection_lost, "reset"}, .notice = notification{.code = -8}})
              .cause == close_cause::banned);
}

TEST_CASE("a connection that breaks tells by what it broke") {
    CHECK(broken(errc::connection_lost).cause == close_cause::broken);
    CHECK(broken(errc::connection_lost, true).cause == close_cause::slow_reader);
    CHECK(broken(errc::message_too_large).cause == close_cause::too_large);
    CHECK(broken(errc::tls_failed).cause == close_cause::tls);
    CHECK(broken(errc::malformed_answer).cause == close_cause::bad_frames);
    const auto why = broken(errc::connection_lost);
    CHECK(why.initiator == close_info::by::network);
    CHECK(why.reason == "it broke");
    CHECK(why.code == 0);
}

TEST_CASE("what was closed here is nobody's fault") {
    const auto why = why_ended({.closed_here = true, .frame = {.by_peer = true, .code = 1000}});
    CHECK(why.initiator == close_info::by::local);
    CHECK(why.cause == close_cause::closed_here);
    CHECK(why.code == 1000);
}

TEST_CASE("a connection that could not be opened tells why") {
    const auto refused = why_not_opened(error{errc::upgrade_refused, error_details{.http_status = 403}});
    CHECK(refused.cause == close_cause::refused);
    CHECK(refused.http_status == 403);
    CHECK(why_not_opened(error{errc::session_expired, ""}).cause == close_cause::session_expired);
    CHECK(why_not_opened(error{errc::tls_failed, ""}).cause == close_cause::tls);
    CHECK(why_not_opened(error{errc::connect_failed, ""}).cause == close_cause::unreachable);
    CHECK(why_not_opened(error{errc::timed_out, ""}).cause == close_cause::unreachable);
}

TEST_CASE("a socket comes back from accidents, not from what was meant") {
    for (const auto cause :
         {close_cause::malformed, close_cause::unprocessable, close_cause::too_large,
          close_cause::slow_reader, close_cause::silence, close_cause::missed_pong, close_cause::bad_frames,
          close_cause::tls, close_cause::unreachable, close_cause::broken, close_cause::other})
        CHECK(may_come_back({.cause = cause}));
    for (const auto cause : {close_cause::closed_here, close_cause::another_socket, close_cause::banned,
                             close_cause::disconnected, close_cause::session_expired})
        CHECK(!may_come_back({.cause = cause}));
    for (const int status : {400, 401, 403, 404})
        CHECK(!may_come_back({.cause = close_cause::refused, .http_status = status}));
    for (const int status : {200, 301, 408, 429, 500, 502, 503})
        CHECK(may_come_back({.cause = close_cause::refused, .http_status = status}));
}

TEST_CASE("requests fail with the end of their socket") {
    const close_info why{.initiator = close_info::by::server,
                         .code = 1000,
                         .reason = "server-side session disconnect",
                         .cause = close_cause::another_socket};
    const auto failure = closed_by(why, true);
    CHECK(failure.code() == errc::closed);
    CHECK(failure.request_may_have_been_sent());
    CHECK(failure.message() == "server-side session disconnect (another_socket)");
    REQUIRE(failure.close());
    CHECK(*failure.close() == why);
    CHECK(closed_by({}, false).message() == "the socket was closed");
    CHECK(!error{errc::closed, ""}.close());
}

TEST_CASE("every cause has a name of its own") {
    std::string all = " ";
    for (int i = 0; i <= static_cast<int>(close_cause::other); ++i) {
        const auto name = std::string{to_string(static_cast<close_cause>(i))} + ' ';
        CHECK(all.find(' ' + name) == std::string::npos);
        all += name;
    }
    CHECK(to_string(static_cast<close_cause>(200)) == "other");
}
