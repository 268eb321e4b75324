// How servers and networks end a socket, over real TCP, and what the socket makes of it.
#include "support/socket_script.hpp"

#include <array>
#include <functional>
#include <string>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

/// Ends the first connection in some way once two requests have come; serves the others.
auto ends_the_first(std::function<asio::awaitable<void>(frame_peer&)> end) {
    return [end = std::move(end)](frame_peer& peer) -> asio::awaitable<void> {
        if (peer.number == 1) {
            co_await peer.hear();
            co_await peer.hear();
            co_await end(peer);
        }
        co_await peer.until_end();
    };
}

/// Two requests under way and a stream that is waited in, when the connection ends.
struct waiting_socket {
    waiting_socket(std::function<asio::awaitable<void>(frame_peer&)> end, bool reconnect)
        : w{ends_the_first(std::move(end)),
            {.heartbeat = {.interval = 0ms}, .reconnect = reconnect ? every_second() : reconnects::none()}} {
        w.connect();
        data.emplace(w.socket->stream<match_data>());
        began = w.time->now();
        first.start(w.io, w.socket->match_create());
        second.start(w.io, w.socket->match_create());
        w.until([&] { return first.completions > 0 && second.completions > 0; });
        w.settle();
    }

    /// Both requests have ended at once, with the reason of the end, which is returned.
    close_info why() {
        CHECK(w.time->now() == began);
        for (const auto* request : {&first, &second}) {
            CHECK(request->completions == 1);
            REQUIRE(request->failed);
            CHECK(request->failed->code() == errc::closed);
            CHECK(request->failed->request_may_have_been_sent());
            REQUIRE(request->failed->close());
        }
        CHECK(*first.failed->close() == *second.failed->close());
        return *first.failed->close();
    }

    void has_ended() {
        CHECK(w.states == "closed;");
        REQUIRE(w.closes.size() == 1);
        CHECK(w.closes[0] == why());
        CHECK(w.socket->last_close() == w.closes[0]);
        spawned<bool> reading;
        reading.start(w.io, at_end(*data));
        REQUIRE(reading.value);
        CHECK(*reading.value);
        CHECK(w.time->pending() == 0);
        CHECK(w.lines == 1);
    }

    void has_come_back() {
        const auto cause = std::string{to_string(why().cause)};
        CHECK(w.states == "away " + cause + ';');
        w.until([&] { return !w.reports.empty(); });
        CHECK(w.states == "away " + cause + ";connecting;resuming;open;");
        CHECK(w.time->now() - began == 1s);
        CHECK(w.closes.empty());
        CHECK(w.lines == 2);
        CHECK(first.completions == 1);
        CHECK(second.completions == 1);
    }

    static asio::awaitable<bool> at_end(event_stream<match_data>& stream) {
        const auto event = co_await stream.next();
        co_return !event;
    }

    socket_script w;
    std::optional<event_stream<match_data>> data;
    clock::time_point began{};
    spawned<match> first, second;
};

void ends_with(const std::function<asio::awaitable<void>(frame_peer&)>& end, const close_info& expected,
               bool comes_back) {
    for (const bool reconnect : {false, true}) {
        waiting_socket s{end, reconnect};
        const auto why = s.why();
        CHECK(why.initiator == expected.initiator);
        CHECK(why.code == expected.code);
        CHECK(to_string(why.cause) == to_string(expected.cause));
        if (why.initiator == close_info::by::server) CHECK(why.reason == expected.reason);
        else CHECK(!why.reason.empty());
        if (reconnect && comes_back) s.has_come_back();
        else s.has_ended();
    }
}

void closed_with(std::uint16_t code, const std::string& reason, close_cause cause, bool comes_back = true) {
    INFO(code << ' ' << reason);
    const auto end = [code, reason](frame_peer& peer) -> asio::awaitable<void> {
        co_await peer.send_close(code, reason);
    };
    // A frame without a code is what RFC 6455 (7.1.5) calls 1005.
    ends_with(end,
              {.initiator = close_info::by::server,
               .code = code == 0 ? std::uint16_t{1005} : code,
               .reason = reason,
               .cause = cause},
              comes_back);
}

} // namespace

// The recorded ones.
TEST_CASE("a close frame ends what waits at once, with its cause, and the socket comes back from accidents") {
    closed_with(1000, "received malformed payload", close_cause::malformed);
    closed_with(1000, "received unexpected WebSocket message type", close_cause::malformed);
    closed_with(1000, "error processing message", close_cause::unprocessable);
    closed_with(1000, "read tcp 127.0.0.1:7350->127.0.0.1:55555: i/o timeout", close_cause::missed_pong);
    closed_with(1000, "server-side session disconnect", close_cause::disconnected, false);
    closed_with(1002, "bad MASK", close_cause::malformed);
    closed_with(1009, "", close_cause::too_large);
}

TEST_CASE("close frames that were not recorded are told as they come") {
    closed_with(1000, "session outgoing queue full", close_cause::slow_reader);
    closed_with(1001, "going away", close_cause::other);
    closed_with(1000, "", close_cause::other);
    closed_with(1011, std::string(123, 'x'), close_cause::other);
    closed_with(4000, "a proxy's own", close_cause::other);
    closed_with(0, "", close_cause::other);
}

TEST_CASE("a close frame is answered, and the connection closed") {
    waiting_socket s{[](frame_peer& peer) { return peer.send_close(1001, "going away"); }, false};
    REQUIRE(s.w.heard.size() == 4);
    CHECK(s.w.heard[2] == "close 1001");
    CHECK(s.w.heard[3] == "fin");
}

TEST_CASE("the notification before a close frame tells why, and its end is final") {
    struct known {
        int code;
        close_cause cause;
    };
    for (const auto& each : {known{-7, close_cause::another_socket}, known{-8, close_cause::banned}}) {
        const auto end = [code = each.code](frame_peer& peer) -> asio::awaitable<void> {
            const auto told = R"({"notifications":{"notifications":[{"id":"n","subject":"s","code":)" +
                              std::to_string(code) + "}]}}";
            co_await peer.say(told);
            co_await peer.send_close(1000, "server-side session disconnect");
        };
        ends_with(end,
                  {.initiator = close_info::by::server,
                   .code = 1000,
                   .reason = "server-side session disconnect",
                   .cause = each.cause},
                  false);
    }
}

TEST_CASE("a connection that ends without a close frame is broken") {
    const close_info broken{.initiator = close_info::by::network, .cause = close_cause::broken};
    ends_with(
        [](frame_peer& peer) -> asio::awaitable<void> {
            peer.below.finish();
            co_return;
        },
        broken, true);
    ends_with(
        [](frame_peer& peer) -> asio::awaitable<void> {
            peer.below.reset();
            co_return;
        },
        broken, true);
    // In the middle of a frame, at every byte of it.
    const auto whole = text_frame(R"({"cid":"1","match":{"match_id":"m."}})");
    for (std::size_t size = 1; size < whole.size(); ++size) {
        ends_with(
            [part = whole.substr(0, size)](frame_peer& peer) -> asio::awaitable<void> {
                co_await peer.send(part);
                peer.below.finish();
            },
            broken, true);
    }
}

TEST_CASE("an answer right before the end is taken") {
    for (const bool with_frame : {false, true}) {
        const auto end = [with_frame](frame_peer& peer) -> asio::awaitable<void> {
            std::string all = text_frame(R"({"cid":"1","match":{"match_id":"m."}})");
            if (with_frame) sandbox::append_close_frame(all, 1000, "error processing message");
            co_await peer.send(all);
            peer.below.finish();
        };
        waiting_socket s{end, false};
        REQUIRE(s.first.value);
        CHECK(s.first.value->match_id == "m.");
        REQUIRE(s.second.failed);
        CHECK(s.second.failed->close()->cause ==
              (with_frame ? close_cause::unprocessable : close_cause::broken));
    }
}

TEST_CASE("closing is awaited up to its time, whatever the server does") {
    struct manner {
        socket_script::conversation talk;
        std::chrono::milliseconds takes;
    };
    const std::array manners{
        // Answers as it should.
        manner{[](frame_peer& peer) -> asio::awaitable<void> {
                   co_await peer.next();
                   co_await peer.send_close(1000, "");
                   co_await peer.until_end();
               },
               0s},
        // Never answers.
        manner{[](frame_peer& peer) { return peer.until_end(); }, 10s},
        // Answers late.
        manner{[](frame_peer& peer) -> asio::awaitable<void> {
                   co_await peer.next();
                   co_await peer.time.sleep_for(4s);
                   co_await peer.send_close(1000, "");
                   co_await peer.until_end();
               },
               4s},
        // Breaks off.
        manner{[](frame_peer& peer) -> asio::awaitable<void> {
                   co_await peer.next();
                   peer.below.reset();
               },
               0s},
        // Goes on talking, then answers without a code.
        manner{[](frame_peer& peer) -> asio::awaitable<void> {
                   co_await peer.next();
                   for (int i = 0; i < 100; ++i) co_await peer.say(R"({"match_data":{"op_code":"1"}})");
                   co_await peer.send_close(0, "");
                   co_await peer.until_end();
               },
               0s},
    };
    for (const auto& each : manners) {
        for (const bool reconnect : {false, true}) {
            socket_script w{each.talk, {.reconnect = reconnect ? every_second() : reconnects::none()}};
            w.connect();
            const auto began = w.time->now();
            spawned<bool> closing;
            finish(w.io, *w.time, closing, ended(w.socket->close()));
            if (closing.failed) FAIL_CHECK(closing.failed->what());
            CHECK(closing.completions == 1);
            CHECK(w.time->now() - began == each.takes);
            REQUIRE(w.closes.size() == 1);
            CHECK(w.closes[0].cause == close_cause::closed_here);
            CHECK(w.closes[0].initiator == close_info::by::local);
            w.settle();
            CHECK(w.heard.front() == "close 1000");
            CHECK(w.time->pending() == 0);
            CHECK(w.lines == 1);
        }
    }
}
