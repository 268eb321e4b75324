// Servers and networks that fall silent under a socket, over real TCP on a clock that jumps.
#include "support/failure.hpp"
#include "support/relay.hpp"
#include "support/socket_script.hpp"
#include "support/test_server.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

asio::awaitable<void> say_nothing(frame_peer& peer) {
    return peer.until_end();
}

bool is_ping(const std::string& message) {
    return message.find(R"("ping")") != std::string::npos;
}

asio::awaitable<void> answer_pings(frame_peer& peer) {
    for (;;) {
        const auto message = co_await peer.hear();
        if (message.empty()) co_return;
        if (!is_ping(message)) continue;
        const auto pong = R"({"cid":")" + cid_of(message) + R"(","pong":{}})";
        co_await peer.say(pong);
    }
}

/// Nothing of the first connection, all of the following.
asio::awaitable<void> be_silent_at_first(frame_peer& peer) {
    if (peer.number == 1) co_await peer.until_end();
    else co_await answer_pings(peer);
}

std::size_t pings(const std::vector<std::string>& heard) {
    return static_cast<std::size_t>(std::ranges::count_if(heard, is_ping));
}

} // namespace

TEST_CASE("a server that says nothing is asked once, then the connection is cut without a word") {
    socket_script w{say_nothing, {.heartbeat = {.interval = 3s, .timeout = 2s}}};
    w.connect();
    const auto began = w.time->now();
    w.until_closed();
    CHECK(w.time->now() - began == 5s);
    CHECK(w.closes[0].cause == close_cause::silence);
    CHECK(w.closes[0].initiator == close_info::by::network);
    CHECK(w.closes[0].code == 0);
    w.settle();
    CHECK(w.heard == std::vector<std::string>{R"({"cid":"1","ping":{}})", "fin"});
    CHECK(w.time->pending() == 0);
}

TEST_CASE("a server that falls silent after some messages is given up as soon") {
    const auto talk = [](frame_peer& peer) -> asio::awaitable<void> {
        for (int i = 0; i < 5; ++i) {
            co_await peer.time.sleep_for(700ms);
            co_await peer.say(R"({"match_data":{"op_code":"1"}})");
        }
        co_await peer.until_end();
    };
    for (const auto start : {0ms, 400ms, 2900ms}) {
        socket_script w{talk, {.heartbeat = {.interval = 3s, .timeout = 2s}}};
        w.connect();
        const auto began = w.time->now();
        w.time->advance(start); // the messages come late against the heartbeat's looks
        auto last = began;
        w.socket->on_match_data([&](const match_data&) { last = w.time->now(); });
        w.until_closed();
        CHECK(w.time->now() - last > 2s);
        CHECK(w.time->now() - last <= 2 * 3s + 2s);
        CHECK(w.closes[0].cause == close_cause::silence);
        w.settle();
        CHECK(w.heard == std::vector<std::string>{R"({"cid":"1","ping":{}})", "fin"});
    }
}

TEST_CASE("a socket with a policy leaves a silent connection and comes back on another") {
    socket_script w{be_silent_at_first, {.reconnect = every_second()}};
    w.connect();
    const auto began = w.time->now();
    w.until([&] { return !w.reports.empty(); });
    CHECK(w.time->now() - began == 11s);
    CHECK(w.states == "away silence;connecting;resuming;open;");
    CHECK(w.reports[0].away == 1s);
    // And stays where it is answered.
    w.time->advance(1s);
    w.until([&] { return w.time->now() - began > 120s; });
    CHECK(w.socket->is_connected());
    CHECK(w.lines == 2);
    CHECK(pings(w.heard) > 5);
    CHECK(w.socket->round_trips().count == pings(w.heard) - 1);
}

TEST_CASE("a WebSocket ping is a sign of life, and is answered") {
    const auto talk = [](frame_peer& peer) -> asio::awaitable<void> {
        for (int i = 0; i < 20; ++i) {
            co_await peer.time.sleep_for(4s);
            std::string ping;
            sandbox::append_frame(ping, sandbox::opcode::ping, "");
            co_await peer.send(ping);
        }
        co_await peer.until_end();
    };
    socket_script w{talk};
    w.connect();
    const auto began = w.time->now();
    w.until_closed();
    CHECK(w.time->now() - began > 80s);
    w.settle();
    CHECK(std::ranges::count(w.heard, "pong") == 20);
    CHECK(pings(w.heard) == 1);
}

TEST_CASE("a server that answers pings but not a request keeps the socket, and the request times out") {
    for (const bool reconnect : {false, true}) {
        socket_script w{answer_pings, {.reconnect = reconnect ? every_second() : reconnects::none()}};
        w.connect();
        const auto began = w.time->now();
        spawned<match> created;
        finish(w.io, *w.time, created, w.socket->match_create());
        CHECK(w.time->now() - began == 10s);
        CHECK(created.failed.value().code() == errc::timed_out);
        CHECK(created.failed->request_may_have_been_sent());
        w.until([&] { return w.time->now() - began >= 60s; });
        CHECK(w.socket->is_connected());
        CHECK(w.lines == 1);
        CHECK(created.completions == 1);
    }
}

TEST_CASE("a server that is busy with a request within its time is not given up") {
    const auto talk = [](frame_peer& peer) -> asio::awaitable<void> {
        const auto message = co_await peer.hear();
        co_await peer.time.sleep_for(50s);
        const auto answered = R"({"cid":")" + cid_of(message) + R"(","match":{"match_id":"m."}})";
        co_await peer.say(answered);
        co_await answer_pings(peer);
    };
    socket_script w{talk};
    w.connect();
    spawned<match> created;
    finish(w.io, *w.time, created, w.socket->match_create({}, {.timeout = 60s}));
    REQUIRE(created.value);
    CHECK(created.value->match_id == "m.");
    const auto began = w.time->now();
    w.until([&] { return w.time->now() - began >= 60s; });
    CHECK(w.socket->is_connected());
}

TEST_CASE("a server that reads nothing more: what could not be sent says so, and ends once with the socket") {
    const auto talk = [](frame_peer& peer) -> asio::awaitable<void> {
        co_await peer.time.sleep_for(std::chrono::hours{1});
    };
    socket_script w{talk, {.max_queued_messages = 4}};
    w.connect();
    const std::string bulk(2900, 'x');
    // Until neither the system nor the queue takes more.
    std::vector<std::unique_ptr<spawned<bool>>> fillers;
    do {
        fillers.push_back(std::make_unique<spawned<bool>>());
        fillers.back()->start(w.io, ended(w.socket->match_data_send(
                                        {.match_id = "m.", .op_code = 1, .data = bulk}, {.timeout = 600s})));
        if (fillers.back()->completions == 0) w.settle();
        REQUIRE(fillers.size() < 100'000);
    } while (fillers.back()->completions > 0);
    spawned<match> created;
    created.start(w.io, w.socket->match_create({}, {.timeout = 600s}));
    const auto began = w.time->now();
    w.until_closed();
    CHECK(w.time->now() - began <= 15s);
    CHECK(w.closes[0].cause == close_cause::silence);
    w.settle();
    CHECK(created.completions == 1);
    REQUIRE(created.failed);
    CHECK(created.failed->code() == errc::closed);
    CHECK(!created.failed->request_may_have_been_sent());
    REQUIRE(created.failed->close());
    CHECK(created.failed->close()->cause == close_cause::silence);
    CHECK(fillers.back()->failed.value().code() == errc::closed);
    for (const auto& each : fillers) CHECK(each->completions == 1);
}

namespace {

/// A user whose way to the sandbox can be broken.
struct broken_way {
    explicit broken_way(socket_config config) : socket{make_socket(config)} {
        socket.on_close([this](const close_info& why) { closes.push_back(why); });
        socket.on_resumed([this](const resume_report& report) { reports.push_back(report); });
        spawned<nakama::session> signing_in;
        finish(io, *time, signing_in, direct.authenticate_device({.id = "device-0000000001"}));
        ada = signing_in.value.value();
        spawned<bool> connecting;
        finish(io, *time, connecting, ended(socket.connect(ada)));
    }

    nakama::socket make_socket(const socket_config& config) {
        auto through = server.config();
        through.port = way.port();
        through.clock = time;
        through.seed = 1;
        owner.emplace(io.get_executor(), through);
        return owner->create_socket(config);
    }

    asio::io_context io;
    std::shared_ptr<virtual_clock> time =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
    test_server server{io, {.token_expiry = 8760h, .clock = time, .seed = 1}};
    client direct{io.get_executor(), server.config()};
    relay way{io, server.port()};
    std::optional<client> owner;
    nakama::session ada;
    nakama::socket socket;
    std::vector<close_info> closes;
    std::vector<resume_report> reports;
};

} // namespace

TEST_CASE("half open: requests end by their time, the socket by its heartbeat, each once") {
    for (const bool reconnect : {false, true}) {
        broken_way w{{.reconnect = reconnect ? every_second() : reconnects::none()}};
        spawned<match> before;
        finish(w.io, *w.time, before, w.socket.match_create());
        REQUIRE(before.value);
        w.way.strike(relay_fault::kind::silence);
        const auto began = w.time->now();
        spawned<match> short_one, long_one;
        short_one.start(w.io, w.socket.match_create({}, {.timeout = 3s}));
        long_one.start(w.io, w.socket.match_create({}, {.timeout = 7s}));
        run_until(w.io, *w.time, [&] { return short_one.completions > 0; });
        CHECK(w.time->now() - began == 3s);
        CHECK(short_one.failed.value().code() == errc::timed_out);
        run_until(w.io, *w.time, [&] { return long_one.completions > 0; });
        CHECK(w.time->now() - began == 7s);
        CHECK(long_one.failed.value().code() == errc::timed_out);
        CHECK(w.socket.is_connected());
        run_until(w.io, *w.time, [&] { return !w.socket.is_connected(); });
        // A ping, and once more its time because the server was asked when it went out.
        CHECK(w.time->now() - began <= 20s);
        if (!reconnect) {
            REQUIRE(w.closes.size() == 1);
            CHECK(w.closes[0].cause == close_cause::silence);
        } else {
            run_until(w.io, *w.time, [&] { return !w.reports.empty(); });
            CHECK(w.closes.empty());
            // The server still believes in the old connection, so that the match is there.
            CHECK(w.reports[0].lost.empty());
            REQUIRE(w.reports[0].matches.size() == 1);
            CHECK(w.reports[0].matches[0].match_id == before.value->match_id);
            spawned<match> again;
            finish(w.io, *w.time, again, w.socket.match_create());
            CHECK(again.value.has_value());
        }
        CHECK(short_one.completions == 1);
        CHECK(long_one.completions == 1);
    }
}
