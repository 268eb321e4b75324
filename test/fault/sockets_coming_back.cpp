// Sockets that come back over real TCP while the network and the server go on failing.
#include "support/relay.hpp"
#include "support/socket_script.hpp"
#include "support/test_server.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

/// Ada behind a relay, in a channel, a match and a party with Bob, whom she follows.
struct company {
    explicit company(std::chrono::seconds token_expiry = 8760h, reconnect_policy policy = every_second())
        : server{io,
                 {.token_expiry = token_expiry,
                  .refresh_token_expiry = 8760h,
                  .clock = time,
                  .seed = 1,
                  .log = [this](const std::string& line) { log.push_back(line); }}} {
        server.sandbox().register_rpc("count", [this](const sandbox::rpc_context&, const std::string&) {
            return std::to_string(++counted);
        });
        auto through = server.config();
        through.port = way.port();
        through.clock = time;
        through.seed = 1;
        owner.emplace(io.get_executor(), through);
        ada_session = done(direct.authenticate_device({.id = "device-0000000001"}));
        bob_session = done(direct.authenticate_device({.id = "device-0000000002"}));
        ada.emplace(owner->create_socket({.reconnect = policy}));
        ada->on_resumed([this](const resume_report& report) { reports.push_back(report); });
        ada->on_close([this](const close_info& why) { closes.push_back(why); });
        ada->on_state([this](const socket_state& state) { attempts = std::max(attempts, state.attempt); });
        bob.emplace(direct.create_socket({.heartbeat = {.interval = 0ms}}));
        done(ended(ada->connect(ada_session)));
        done(ended(bob->connect(bob_session, {.appear_online = true})));

        done(ended(ada->status_update({.status = "here"})));
        done(ada->status_follow({.user_ids = {bob_session.user_id()}}));
        room = done(ada->channel_join({.target = "lobby"}));
        done(bob->channel_join({.target = "lobby"}));
        game = done(bob->match_create());
        done(ada->match_join({.match_id = game.match_id}));
        group = done(bob->party_create({.open = true, .max_size = 4}));
        auto told = ada->stream<party>();
        done(ended(ada->party_join({.party_id = group.party_id})));
        until([&] { return told.size() > 0; });
    }

    template <class T>
    T done(asio::awaitable<T> operation) {
        spawned<T> call;
        finish(io, *time, call, std::move(operation));
        if (call.failed) throw *call.failed;
        return std::move(*call.value);
    }
    template <class Done>
    void until(Done reached) {
        run_until(io, *time, std::move(reached));
    }

    /// That the latest report has all that Ada had, and nothing else.
    void check_report() const {
        const auto& report = reports.back();
        CHECK(report.lost.empty());
        REQUIRE(report.status);
        CHECK(report.status->presences.size() == 1);
        REQUIRE(report.channels.size() == 1);
        CHECK(report.channels[0].id == room.id);
        CHECK(report.channels[0].presences.size() == 1);
        REQUIRE(report.matches.size() == 1);
        CHECK(report.matches[0].match_id == game.match_id);
        CHECK(report.parties == std::vector<std::string>{group.party_id});
        CHECK(report.asked.empty());
    }

    /// That Ada hears once whatever Bob does.
    void check_hearing() {
        auto said = ada->stream<channel_message>();
        auto moves = ada->stream<match_data>();
        auto signs = ada->stream<party_data>();
        auto seen = ada->stream<status_presence_event>();
        done(bob->channel_message_send({.channel_id = room.id, .content = "{}"}));
        done(ended(bob->match_data_send({.match_id = game.match_id, .op_code = 1})));
        done(ended(bob->party_data_send({.party_id = group.party_id, .op_code = 1, .data = "x"})));
        done(ended(bob->status_update({.status = std::to_string(reports.size())})));
        until([&] { return said.size() > 0 && moves.size() > 0 && signs.size() > 0 && seen.size() > 0; });
        CHECK(said.size() == 1);
        CHECK(moves.size() == 1);
        CHECK(signs.size() == 1);
        CHECK(seen.size() == 1);
    }

    asio::io_context io;
    std::shared_ptr<virtual_clock> time =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
    std::vector<std::string> log;
    int counted = 0;
    test_server server;
    client direct{io.get_executor(), server.config()};
    relay way{io, server.port()};
    std::optional<client> owner;
    nakama::session ada_session, bob_session;
    std::optional<nakama::socket> ada, bob;
    std::vector<resume_report> reports;
    std::vector<close_info> closes;
    int attempts = 0;
    channel room;
    match game;
    party group;
};

asio::awaitable<std::string> next_content(event_stream<channel_message>& said) {
    auto message = co_await said.next();
    if (!message) throw error{errc::closed, "the stream has ended"};
    co_return std::move(message->content);
}

} // namespace

TEST_CASE("a connection that dies anywhere in what the server says to resuming is resumed in the end") {
    company w;
    // What the server says when nothing breaks.
    auto before = w.way.answer_bytes();
    w.way.strike(relay_fault::kind::close);
    w.until([&] { return w.reports.size() == 1; });
    w.check_report();
    const auto whole = w.way.answer_bytes() - before;
    REQUIRE(whole > 500);

    auto said = w.ada->stream<channel_message>();
    std::size_t second_attempts = 0;
    for (std::size_t at = 0; at < whole + 10; at += 3) {
        INFO("after " << at << " of " << whole << " bytes");
        const auto how = at % 2 == 0 ? relay_fault::kind::close : relay_fault::kind::reset;
        w.way.add_fault({.how = how, .after_answer = at});
        const auto reports = w.reports.size();
        const int counted = w.counted;
        spawned<rpc> under_way, meanwhile;
        spawned<std::string> heard;
        heard.begin(w.io, next_content(said));
        under_way.begin(w.io, w.ada->rpc({.id = "count"}));
        w.way.strike(relay_fault::kind::close);
        w.until([&] { return !w.ada->is_connected(); });
        meanwhile.begin(w.io, w.ada->rpc({.id = "count"}));
        w.until([&] { return w.reports.size() > reports; });
        w.check_report();
        if (w.reports.back().attempts > 1) ++second_attempts;
        CHECK(w.reports.back().attempts <= 2);
        w.until([&] { return under_way.completions > 0 && meanwhile.completions > 0; });
        CHECK(under_way.failed.value().code() == errc::closed);
        // Where the connection dies after the end of resuming, the request went out on it.
        if (meanwhile.failed) {
            CHECK(meanwhile.failed->code() == errc::closed);
            CHECK(at >= whole - 100);
            w.until([&] { return w.ada->is_connected() && w.reports.size() > reports + 1; });
        }
        CHECK(w.counted - counted <= 2);

        const std::string content = R"({"at":)" + std::to_string(at) + "}";
        w.done(w.bob->channel_message_send({.channel_id = w.room.id, .content = content}));
        w.until([&] { return heard.completions > 0; });
        CHECK(heard.value == content);
        CHECK(said.size() == 0);
        CHECK(under_way.completions == 1);
        CHECK(meanwhile.completions == 1);
        CHECK(heard.completions == 1);
        if (at % 51 == 0) {
            w.check_hearing();
            while (said.try_next()) {
            }
        }
        // A fault that was not reached would befall the next connection.
        if (w.reports.back().attempts == 1 && at < whole) CHECK(w.reports.size() > reports + 1);
        // As after a while.
        w.time->advance(20s);
    }
    CHECK(second_attempts > whole / 6);
    CHECK(w.closes.empty());
    CHECK(w.server.sandbox().socket_count() == 2);
}

TEST_CASE("a connection that falls silent while resuming is given up, and nothing is lost") {
    company w;
    auto before = w.way.answer_bytes();
    w.way.strike(relay_fault::kind::close);
    w.until([&] { return w.reports.size() == 1; });
    const auto whole = w.way.answer_bytes() - before;
    for (std::size_t at = 0; at < whole; at += 60) {
        INFO("after " << at << " of " << whole << " bytes");
        w.way.add_fault({.how = relay_fault::kind::silence, .after_answer = at});
        const auto reports = w.reports.size();
        w.way.strike(relay_fault::kind::close);
        const auto began = w.time->now();
        w.until([&] {
            return w.reports.size() > reports && w.ada->is_connected() && w.reports.back().asked.empty();
        });
        CHECK(w.time->now() - began <= 30s);
        CHECK(w.reports.back().lost.empty());
        CHECK(w.reports.back().matches.size() == 1);
        CHECK(w.reports.back().channels.size() == 1);
        CHECK(w.reports.back().parties.size() == 1);
        // The server believes in the connection that fell silent until its ping is not answered.
        const auto back = w.time->now();
        w.until([&] { return w.time->now() - back > 60s; });
        CHECK(w.server.sandbox().socket_count() == 2);
    }
    w.check_hearing();
}

TEST_CASE("a step that makes the server say nothing more is tried twice, then lost, and the rest taken up") {
    const auto talk = [](frame_peer& peer) -> asio::awaitable<void> {
        bool is_deaf = false;
        for (;;) {
            const auto message = co_await peer.hear();
            if (message.empty()) co_return;
            const bool is_channel = message.find("channel_join") != std::string::npos;
            if (peer.number > 1 && is_channel) is_deaf = true;
            if (is_deaf) continue;
            const auto cid = R"({"cid":")" + cid_of(message);
            if (message.find("match_data_send") != std::string::npos) {
                peer.below.reset();
                co_return;
            }
            const auto answered =
                cid + (is_channel ? R"(","channel":{"id":"2...lobby"}})" : R"(","match":{"match_id":"m."}})");
            co_await peer.say(answered);
        }
    };
    socket_script w{talk, {.reconnect = every_second()}};
    w.connect();
    spawned<channel> room;
    finish(w.io, *w.time, room, w.socket->channel_join({.target = "lobby"}));
    spawned<match> game;
    finish(w.io, *w.time, game, w.socket->match_join({.match_id = "m."}));
    spawned<bool> last;
    finish(w.io, *w.time, last, ended(w.socket->match_data_send({.match_id = "m.", .op_code = 1})));
    w.until([&] { return !w.reports.empty(); });
    // Deaf at the channel, and once more, which then is lost, and so deaf at the match.
    CHECK(w.lines == 4);
    CHECK(w.reports[0].matches.size() == 1);
    REQUIRE(w.reports[0].lost.size() == 1);
    CHECK(w.reports[0].lost[0].kind == "channel");
    CHECK(w.reports[0].lost[0].reason.code() == errc::timed_out);
}

TEST_CASE("a token that ended while away is refreshed before the dial") {
    company w{100s, [] {
                  auto policy = every_second();
                  policy.delays = retries::fixed(10, 200s);
                  policy.delays.cap = 200s;
                  return policy;
              }()};
    const std::string token = w.ada_session.token();
    w.log.clear();
    w.way.strike(relay_fault::kind::reset);
    w.until([&] { return !w.reports.empty(); });
    w.check_report();
    CHECK(w.reports[0].attempts == 1);
    CHECK(w.ada_session.token() != token);
    const auto first_of = [&](const std::string& what) {
        return std::ranges::find_if(w.log, [&](const auto& line) { return line.starts_with(what); });
    };
    REQUIRE(first_of("GET /ws -> 101") != w.log.end());
    CHECK(first_of("POST /v2/account/session/refresh -> 200") < first_of("GET /ws -> 101"));
    // The server would have refused the other.
    CHECK(first_of("a request is refused") == w.log.end());
    w.check_hearing();
}

namespace {

/// The first connection breaks after a second.
asio::awaitable<void> break_the_first(frame_peer& peer) {
    if (peer.number == 1) {
        co_await peer.time.sleep_for(1s);
        peer.below.reset();
    }
    co_await peer.until_end();
}

using names = std::vector<std::string>;

} // namespace

TEST_CASE("a token that is refused while coming back is refreshed, and dialled with once more") {
    socket_script w{break_the_first, {.heartbeat = {.interval = 0ms}, .reconnect = every_second()}};
    w.connect();
    w.refusals = {401};
    w.until([&] { return !w.reports.empty(); });
    CHECK(w.asked == names{"ws 101", "ws 401", "refresh", "ws 101 renewed"});
    CHECK(w.states == "away broken;connecting;resuming;open;");
    CHECK(w.reports[0].attempts == 1);
    CHECK(w.session.token() != w.first_token);
}

TEST_CASE("a renewed token that is refused as well is the end") {
    socket_script w{break_the_first, {.heartbeat = {.interval = 0ms}, .reconnect = every_second()}};
    w.connect();
    w.refusals = {401, 401};
    w.until_closed();
    CHECK(w.asked == names{"ws 101", "ws 401", "refresh", "ws 401 renewed"});
    CHECK(w.closes[0].cause == close_cause::refused);
    CHECK(w.closes[0].http_status == 401);
}

TEST_CASE("a handshake that is refused for good while coming back is the end, with its status") {
    for (const int status : {400, 403, 404}) {
        socket_script w{break_the_first, {.heartbeat = {.interval = 0ms}, .reconnect = every_second()}};
        w.connect();
        w.refusals = {status};
        spawned<match> waiting;
        w.until([&] { return w.socket->state().phase == socket_phase::away; });
        waiting.start(w.io, w.socket->match_create());
        w.until_closed();
        w.settle();
        CHECK(w.states == "away broken;connecting;closed;");
        CHECK(w.closes[0].cause == close_cause::refused);
        CHECK(w.closes[0].http_status == status);
        CHECK(w.asked == names{"ws 101", "ws " + std::to_string(status)});
        CHECK(waiting.completions == 1);
        CHECK(waiting.failed.value().code() == errc::closed);
        CHECK(!waiting.failed->request_may_have_been_sent());
        CHECK(waiting.failed->close()->http_status == status);
        CHECK(w.time->pending() == 0);
    }
}

TEST_CASE("a server that is busy while one comes back is dialled again") {
    socket_script w{break_the_first, {.heartbeat = {.interval = 0ms}, .reconnect = every_second()}};
    w.connect();
    w.refusals = {503, 429, 502, 408};
    w.until([&] { return !w.reports.empty(); });
    CHECK(w.asked == names{"ws 101", "ws 503", "ws 429", "ws 502", "ws 408", "ws 101"});
    CHECK(w.reports[0].attempts == 5);
    CHECK(w.reports[0].away == 5s);
    CHECK(w.states == "away broken;connecting;away refused;connecting;away refused;connecting;"
                      "away refused;connecting;away refused;connecting;resuming;open;");
}

TEST_CASE("a session that is spent while away cannot come back") {
    auto policy = every_second();
    policy.delays = retries::fixed(10, 2h);
    policy.delays.cap = 2h;
    for (const bool is_refused : {false, true}) { // or ended, by its own token
        socket_script w{break_the_first, {.heartbeat = {.interval = 0ms}, .reconnect = policy}};
        w.connect();
        w.is_spent = true;
        if (is_refused) w.refusals = {401};
        w.until_closed();
        CHECK(w.states == "away broken;connecting;closed;");
        CHECK(w.closes[0].cause == close_cause::session_expired);
        CHECK(w.asked.back() == "refresh");
        CHECK(w.lines == 1);
    }
}
