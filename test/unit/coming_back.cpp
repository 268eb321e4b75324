// A socket that loses its connection, on a scripted line and a clock that jumps.
#include "support/scripted.hpp"
#include "support/spawned.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

socket_config returning(reconnect_policy policy) {
    return {.heartbeat = {.interval = 0ms}, .reconnect = policy};
}

/// Every second, without asking for what was missed.
reconnect_policy plain() {
    auto policy = reconnects::with(retries::fixed(1000, 1s));
    policy.catch_up = false;
    return policy;
}

std::string phase_of(const socket_state& state) {
    std::string text{to_string(state.phase)};
    if (state.phase == socket_phase::away)
        text += ' ' + std::to_string(state.delay.count()) + ' ' + std::string{to_string(state.why->cause)};
    return text + ';';
}

struct world : scripted_world {
    client owner = make_client();
    socket_config config;
    std::optional<nakama::socket> socket;
    std::vector<std::shared_ptr<scripted_line>> lines;
    std::string states;
    std::vector<resume_report> reports;
    std::vector<close_info> closes;

    explicit world(reconnect_policy policy = plain()) : world{returning(policy)} {}
    explicit world(socket_config chosen) : config{chosen}, socket{owner.create_socket(config)} {
        socket->on_state([this](const socket_state& state) { states += phase_of(state); });
        socket->on_resumed([this](const resume_report& report) { reports.push_back(report); });
        socket->on_close([this](const close_info& why) { closes.push_back(why); });
        add_line();
        run(socket->connect(session));
        states.clear();
    }

    scripted_line& add_line() {
        lines.push_back(script->next_line());
        return *lines.back();
    }
    scripted_line& line() { return *lines.back(); }

    /// Makes another line ready, cuts the present one and waits until the socket is on the other.
    void lose() {
        const auto present = lines.back();
        add_line();
        present->cut("reset");
        settle_all();
    }

    void settle_all() {
        settle(io);
        // Time goes on until nothing waits for it, or the other side is to say something.
        for (int i = 0;
             i < 1000 && socket->state().phase != socket_phase::open &&
             socket->state().phase != socket_phase::resuming && socket->state().phase != socket_phase::closed;
             ++i) {
            if (!time->advance_to_next()) break;
            settle(io);
        }
    }

    void answer(std::string text) {
        line().deliver(std::move(text));
        settle(io);
    }

    /// A request and its answer.
    template <class T>
    T done(asio::awaitable<T> operation, const std::string& answered) {
        spawned<T> call;
        call.start(io, std::move(operation));
        answer(answered);
        REQUIRE(call.value);
        return std::move(*call.value);
    }
    void done(asio::awaitable<void> operation, const std::string& answered) {
        answer_first(std::move(operation), answered);
    }

private:
    void answer_first(asio::awaitable<void> operation, const std::string& answered) {
        bool ended = false;
        asio::co_spawn(io, std::move(operation), [&](std::exception_ptr thrown) {
            ended = true;
            if (thrown) std::rethrow_exception(thrown);
        });
        settle(io);
        answer(answered);
        REQUIRE(ended);
    }
};

} // namespace

TEST_CASE("a lost connection is dialled again, and everything goes on") {
    world w;
    std::vector<match_data> heard;
    w.socket->on_match_data([&](const match_data& data) { heard.push_back(data); });
    auto stream = w.socket->stream<match_data>();
    w.lose();
    CHECK(w.states == "away 1000 broken;connecting;resuming;open;");
    CHECK(w.socket->is_connected());
    REQUIRE(w.reports.size() == 1);
    CHECK(w.reports[0].away == 1s);
    CHECK(w.reports[0].attempts == 1);
    CHECK(w.reports[0].lost.empty());
    w.answer(R"({"match_data":{"op_code":"5"}})");
    CHECK(heard.size() == 1);
    CHECK(stream.size() == 1);
    CHECK(w.closes.empty());
}

TEST_CASE("the states are a stream too, up to the end") {
    world w;
    auto states = w.socket->stream<socket_state>();
    w.lose();
    std::string seen;
    while (auto state = states.try_next()) seen += phase_of(*state);
    CHECK(seen == w.states);
    w.run(w.socket->close());
    const auto last = states.try_next();
    REQUIRE(last);
    CHECK(last->phase == socket_phase::closed);
    CHECK(last->why->cause == close_cause::closed_here);
}

TEST_CASE("without a policy the socket ends") {
    world w{socket_config{.heartbeat = {.interval = 0ms}}};
    w.line().cut("reset");
    w.settle_all();
    CHECK(w.states == "closed;");
    CHECK(w.closes.size() == 1);
    CHECK(w.reports.empty());
}

TEST_CASE("dialling is repeated until it succeeds, or attempts end") {
    auto policy = plain();
    policy.delays = retries::exponential(4, 1s);
    world w{policy};
    const auto present = w.lines.back();
    w.add_line().refuse(error{errc::connect_failed, "refused"});
    w.add_line().refuse(error{errc::upgrade_refused, error_details{.http_status = 503}});
    w.add_line();
    present->cut("reset");
    w.settle_all();
    CHECK(w.states == "away 1000 broken;connecting;away 2000 unreachable;connecting;"
                      "away 4000 refused;connecting;resuming;open;");
    REQUIRE(w.reports.size() == 1);
    CHECK(w.reports[0].away == 7s);
    CHECK(w.reports[0].attempts == 3);

    // It did not last, so that one attempt is left; there are no more lines.
    w.states.clear();
    w.line().cut("reset");
    w.settle_all();
    CHECK(w.states == "away 8000 broken;connecting;closed;");
    REQUIRE(w.closes.size() == 1);
    CHECK(w.closes[0].cause == close_cause::unreachable);
    CHECK(w.socket->last_close() == w.closes[0]);
}

TEST_CASE("an end that is meant is the end") {
    world w;
    SECTION("another socket of the user") {
        w.line().deliver(
            R"({"notifications":{"notifications":[{"id":"n","subject":"single_socket","code":-7}]}})");
        w.line().close_by_server(1000, "server-side session disconnect");
        w.settle_all();
        REQUIRE(w.closes.size() == 1);
        CHECK(w.closes[0].cause == close_cause::another_socket);
        CHECK(w.closes[0].notice->subject == "single_socket");
    }
    SECTION("the server's own code") {
        w.line().close_by_server(1000, "server-side session disconnect");
        w.settle_all();
        REQUIRE(w.closes.size() == 1);
        CHECK(w.closes[0].cause == close_cause::disconnected);
    }
    SECTION("a handshake that is refused") {
        w.add_line().refuse(error{errc::upgrade_refused, error_details{.http_status = 403}});
        w.lines.front()->cut("reset");
        w.settle_all();
        REQUIRE(w.closes.size() == 1);
        CHECK(w.closes[0].cause == close_cause::refused);
        CHECK(w.closes[0].http_status == 403);
    }
    CHECK(w.socket->state().phase == socket_phase::closed);
}

TEST_CASE("requests that were under way fail with the end of the connection") {
    world w;
    spawned<match> created;
    created.start(w.io, w.socket->match_create());
    w.lose();
    REQUIRE(created.failed);
    CHECK(created.failed->code() == errc::closed);
    CHECK(created.failed->request_may_have_been_sent());
    CHECK(created.failed->close()->cause == close_cause::broken);
}

TEST_CASE("requests that are made meanwhile wait, in their order") {
    world w;
    const auto present = w.lines.back();
    auto& next = w.add_line();
    present->cut("reset");
    settle(w.io);
    REQUIRE(w.socket->state().phase == socket_phase::away);
    spawned<match> created, late;
    created.start(w.io, w.socket->match_create());
    bool told = false;
    asio::co_spawn(w.io, w.socket->match_data_send({.match_id = "m.", .op_code = 1}),
                   [&](std::exception_ptr thrown) { told = !thrown; });
    late.start(w.io, w.socket->match_create({}, {.timeout = 500ms}));
    settle(w.io);
    CHECK(!told);
    w.settle_all();
    CHECK(w.socket->is_connected());
    CHECK(told);
    CHECK(next.sent() == std::vector<std::string>{R"({"cid":"1","match_create":{}})",
                                                  R"({"match_data_send":{"match_id":"m.","op_code":"1"}})"});
    REQUIRE(late.failed);
    CHECK(late.failed->code() == errc::timed_out);
    CHECK(!late.failed->request_may_have_been_sent());
    w.answer(R"({"cid":"1","match":{"match_id":"m."}})");
    CHECK(created.value->match_id == "m.");
}

TEST_CASE("or fail at once") {
    auto policy = plain();
    policy.requests = reconnect_policy::while_away::fail;
    world w{policy};
    w.line().cut("reset");
    settle(w.io);
    spawned<match> created;
    created.start(w.io, w.socket->match_create());
    REQUIRE(created.failed);
    CHECK(created.failed->code() == errc::closed);
    CHECK(!created.failed->request_may_have_been_sent());
    CHECK(created.failed->close()->cause == close_cause::broken);
}

TEST_CASE("closing while away ends it at once") {
    world w;
    w.line().cut("reset");
    settle(w.io);
    const auto before = w.time->now();
    w.run(w.socket->close());
    CHECK(w.time->now() == before);
    CHECK(w.states == "away 1000 broken;closed;");
    REQUIRE(w.closes.size() == 1);
    CHECK(w.closes[0].cause == close_cause::closed_here);
    CHECK(w.time->pending() == 0);
    // And it can be connected once more.
    w.add_line();
    w.run(w.socket->connect(w.session));
    CHECK(w.socket->is_connected());
}

TEST_CASE("a listener may close or destroy the socket at any step of coming back") {
    for (const auto phase :
         {socket_phase::away, socket_phase::connecting, socket_phase::resuming, socket_phase::open}) {
        for (const bool destroy : {false, true}) {
            world w;
            w.socket->on_state([&](const socket_state& state) {
                if (state.phase != phase) return;
                if (destroy) w.socket.reset();
                else asio::co_spawn(w.io, w.socket->close(), asio::detached);
            });
            const auto present = w.lines.back();
            w.add_line();
            present->cut("reset");
            settle(w.io);
            while (w.time->advance_to_next()) settle(w.io);
            if (destroy) CHECK(!w.socket);
            else CHECK(w.closes.size() == 1);
            CHECK(w.time->pending() == 0);
        }
    }
}

TEST_CASE("what the socket had is taken up again, in order") {
    world w;
    w.done(w.socket->status_update({.status = "hello"}), R"({"cid":"1"})");
    w.done(w.socket->status_follow({.user_ids = {"u"}}), R"({"cid":"2","status":{}})");
    w.done(w.socket->channel_join({.target = "lobby"}),
           R"({"cid":"3","channel":{"id":"2...lobby","self":{"session_id":"s"}}})");
    w.done(w.socket->match_join({.match_id = "m."}),
           R"({"cid":"4","match":{"match_id":"m.","self":{"session_id":"s"}}})");
    w.done(w.socket->match_create({.name = "duel"}),
           R"({"cid":"5","match":{"match_id":"d.","self":{"session_id":"s"}}})");
    w.done(w.socket->party_create({.open = true, .max_size = 4}),
           R"({"cid":"6","party":{"party_id":"p.n","open":true,"self":{"session_id":"s"}}})");
    w.done(w.socket->matchmaker_add({.min_count = 2, .max_count = 2}),
           R"({"cid":"7","matchmaker_ticket":{"ticket":"t"}})");
    w.lose();
    CHECK(w.socket->state().phase == socket_phase::resuming);
    spawned<match> meanwhile;
    meanwhile.start(w.io, w.socket->match_create());

    const auto sent = [&] {
        settle(w.io);
        return w.line().sent().empty() ? std::string{} : w.line().sent().back();
    };
    CHECK(sent() == R"({"cid":"8","status_update":{"status":"hello"}})");
    w.answer(R"({"cid":"8"})");
    CHECK(sent() == R"({"cid":"10","status_follow":{"user_ids":["u"]}})");
    w.answer(R"({"cid":"10","status":{"presences":[{"user_id":"u","session_id":"x","status":"back"}]}})");
    CHECK(sent() == R"({"cid":"11","channel_join":{"target":"lobby","type":1}})");
    w.answer(R"({"cid":"11","channel":{"id":"2...lobby","self":{"session_id":"r"}}})");
    CHECK(sent() == R"({"cid":"12","match_join":{"match_id":"m."}})");
    w.answer(R"({"cid":"12","error":{"code":4,"message":"Match not found"}})");
    CHECK(sent() == R"({"cid":"13","match_create":{"name":"duel"}})");
    w.answer(R"({"cid":"13","match":{"match_id":"d.","size":1,"self":{"session_id":"r"}}})");
    CHECK(sent() == R"({"cid":"14","party_join":{"party_id":"p.n"}})");
    w.answer(R"({"cid":"14"})");
    CHECK(w.reports.empty());
    w.answer(R"({"party":{"party_id":"p.n","open":true,"self":{"session_id":"r"}}})");
    // And now the rest.
    CHECK(sent() == R"({"cid":"9","match_create":{}})");

    REQUIRE(w.reports.size() == 1);
    const auto& report = w.reports[0];
    REQUIRE(report.status);
    CHECK(report.status->presences.size() == 1);
    REQUIRE(report.channels.size() == 1);
    CHECK(report.channels[0].self.session_id == "r");
    REQUIRE(report.matches.size() == 1);
    CHECK(report.matches[0].match_id == "d.");
    CHECK(report.parties == std::vector<std::string>{"p.n"});
    REQUIRE(report.lost.size() == 2);
    CHECK(report.lost[0].kind == "matchmaker_ticket");
    CHECK(report.lost[0].id == "t");
    CHECK(report.lost[1].kind == "match");
    CHECK(report.lost[1].id == "m.");
    CHECK(report.lost[1].reason.code() == realtime_code::match_not_found);
    w.answer(R"({"cid":"9","match":{"match_id":"new."}})");
    CHECK(meanwhile.value->match_id == "new.");

    // What is lost stays lost.
    w.lose();
    int joins = 0;
    for (int cid = 15; w.socket->state().phase == socket_phase::resuming && cid < 40; ++cid) {
        settle(w.io);
        if (w.line().sent().back().find("match_join") != std::string::npos) {
            CHECK(w.line().sent().back().find("new.") != std::string::npos);
            ++joins;
        }
        const std::string answered = w.line().sent().back();
        if (answered.find("party_join") != std::string::npos)
            w.answer(R"({"party":{"party_id":"p.n","open":true,"self":{"session_id":"r"}}})");
        w.answer(R"({"cid":")" + std::to_string(cid) + R"("})");
    }
    CHECK(joins == 1);
    CHECK(w.socket->is_connected());
}

TEST_CASE("a closed party is asked for again") {
    world w;
    w.done(w.socket->party_join({.party_id = "p.n"}), R"({"cid":"1"})");
    w.answer(R"({"party":{"party_id":"p.n","self":{"session_id":"s"}}})");
    w.lose();
    w.answer(R"({"cid":"2"})");
    REQUIRE(w.reports.size() == 1);
    CHECK(w.reports[0].asked == std::vector<std::string>{"p.n"});
    CHECK(w.reports[0].parties.empty());
}

TEST_CASE("a step that is not answered is lost, the next is taken") {
    world w;
    w.done(w.socket->match_join({.match_id = "a."}), R"({"cid":"1","match":{"match_id":"a."}})");
    w.done(w.socket->match_join({.match_id = "b."}), R"({"cid":"2","match":{"match_id":"b."}})");
    w.lose();
    w.time->advance(10s);
    settle(w.io);
    w.answer(R"({"cid":"4","match":{"match_id":"b."}})");
    REQUIRE(w.reports.size() == 1);
    REQUIRE(w.reports[0].lost.size() == 1);
    CHECK(w.reports[0].lost[0].id == "a.");
    CHECK(w.reports[0].lost[0].reason.code() == errc::timed_out);
    CHECK(w.reports[0].matches.size() == 1);
}

TEST_CASE("a connection that dies at any step of resuming is dialled again and resumed from the start") {
    // Channel, match, party: its answer and its event; then the whole on a third connection.
    for (int steps = 0; steps < 4; ++steps) {
        world w;
        w.done(w.socket->channel_join({.target = "lobby"}), R"({"cid":"1","channel":{"id":"2...lobby"}})");
        w.done(w.socket->match_join({.match_id = "m."}), R"({"cid":"2","match":{"match_id":"m."}})");
        w.done(w.socket->party_create({.open = true}),
               R"({"cid":"3","party":{"party_id":"p.n","open":true}})");
        w.lose();
        const auto answers = [](int cid) {
            return std::vector<std::string>{
                R"({"cid":")" + std::to_string(cid) + R"(","channel":{"id":"2...lobby"}})",
                R"({"cid":")" + std::to_string(cid + 1) + R"(","match":{"match_id":"m."}})",
                R"({"cid":")" + std::to_string(cid + 2) + R"("})",
                R"({"party":{"party_id":"p.n","open":true}})"};
        };
        for (int i = 0; i < steps; ++i) w.answer(answers(4)[static_cast<std::size_t>(i)]);
        w.lose();
        CHECK(w.reports.empty());
        const int next = 4 + std::min(steps + 1, 3);
        for (const auto& each : answers(next)) w.answer(each);
        REQUIRE(w.reports.size() == 1);
        CHECK(w.reports[0].lost.empty());
        CHECK(w.reports[0].channels.size() == 1);
        CHECK(w.reports[0].matches.size() == 1);
        CHECK(w.reports[0].parties.size() == 1);
        CHECK(w.reports[0].attempts == 2);
        CHECK(w.socket->is_connected());
    }
}

TEST_CASE("what was lost on a connection that died while resuming is told in the end") {
    world w;
    w.done(w.socket->match_join({.match_id = "a."}), R"({"cid":"1","match":{"match_id":"a."}})");
    w.done(w.socket->match_join({.match_id = "b."}), R"({"cid":"2","match":{"match_id":"b."}})");
    w.done(w.socket->matchmaker_add({.min_count = 2, .max_count = 2}),
           R"({"cid":"3","matchmaker_ticket":{"ticket":"t"}})");
    w.lose();
    w.answer(R"({"cid":"4","error":{"code":4,"message":"Match not found"}})");
    w.lose();
    w.answer(R"({"cid":"6","match":{"match_id":"b."}})");
    REQUIRE(w.reports.size() == 1);
    CHECK(w.reports[0].matches.size() == 1);
    REQUIRE(w.reports[0].lost.size() == 2);
    CHECK(w.reports[0].lost[0].kind == "matchmaker_ticket");
    CHECK(w.reports[0].lost[1].id == "a.");
    CHECK(w.reports[0].lost[1].reason.code() == realtime_code::match_not_found);
}

TEST_CASE("a day of a network that comes and goes") {
    auto policy = plain();
    policy.delays = retries::jittered(retries::exponential(1000000, 500ms));
    policy.delays.cap = 30s;
    world w{policy};
    w.done(w.socket->match_join({.match_id = "m."}), R"({"cid":"1","match":{"match_id":"m."}})");
    int losses = 0;
    for (const auto start = w.time->now(); w.time->now() - start < 24h; ++losses) {
        const auto present = w.lines.back();
        for (int refused = 0; refused < losses % 4; ++refused)
            w.add_line().refuse(error{errc::connect_failed, "refused"});
        w.add_line();
        present->cut("reset");
        w.settle_all();
        REQUIRE(w.socket->state().phase == socket_phase::resuming);
        w.answer(R"({"cid":")" + std::to_string(losses + 2) + R"(","match":{"match_id":"m."}})");
        REQUIRE(w.socket->is_connected());
        w.time->advance(60s);
        settle(w.io);
        w.lines.erase(w.lines.begin(), w.lines.end() - 1);
    }
    CHECK(losses > 1000);
    CHECK(w.reports.size() == static_cast<std::size_t>(losses));
    CHECK(w.closes.empty());
    CHECK(w.time->pending() == 0);
}

TEST_CASE("without resuming, what the socket had is told as gone") {
    auto policy = plain();
    policy.resume = false;
    world w{policy};
    std::optional<joined_match> match;
    asio::co_spawn(w.io, w.socket->join_match({.match_id = "m."}),
                   [&](std::exception_ptr, joined_match joined) { match = std::move(joined); });
    settle(w.io);
    w.answer(R"({"cid":"1","match":{"match_id":"m.","self":{"session_id":"s"}}})");
    REQUIRE(match);
    std::optional<error> failed;
    asio::co_spawn(w.io, as_result(match->wait_for_members(2)), [&](std::exception_ptr, auto result) {
        if (!result) failed = result.error();
    });
    settle(w.io);
    w.lose();
    CHECK(w.socket->is_connected());
    CHECK(w.line().sent().empty());
    REQUIRE(failed);
    CHECK(failed->code() == errc::closed);
}

TEST_CASE("closing twice at once closes once, politely") {
    world w{socket_config{.heartbeat = {.interval = 0ms}}};
    int closed = 0;
    for (int i = 0; i < 3; ++i)
        asio::co_spawn(w.io, w.socket->close(), [&](std::exception_ptr thrown) { closed += !thrown; });
    settle(w.io);
    CHECK(closed == 3);
    CHECK(w.closes.size() == 1);
    CHECK(w.socket->last_close()->code == 1000);
}

TEST_CASE("whoever waits for the end does not miss it where a listener connects again at once") {
    world w{socket_config{.heartbeat = {.interval = 0ms}}};
    w.add_line();
    w.socket->on_close(
        [&](const close_info&) { asio::co_spawn(w.io, w.socket->connect(w.session), asio::detached); });
    const auto before = w.time->now();
    w.run(w.socket->close());
    CHECK(w.time->now() == before);
    settle(w.io);
    CHECK(w.socket->is_connected());
}
