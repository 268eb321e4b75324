// Matches that run on the sandbox's server, played over TCP by its clock.
#include "support/failure.hpp"
#include "support/players.hpp"

#include <nakama/clock.hpp>
#include <nakama/sandbox/matches.hpp>

#include <memory>
#include <stdexcept>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

/// Adds up what its members say, and tells them the sum once a second.
class tally final : public sandbox::match_handler {
public:
    sandbox::match_start init(sandbox::match_dispatcher&, const std::string& params) override {
        return {.tick_rate = 10, .label = R"({"game":")" + params + R"("})"};
    }

    sandbox::match_join_decision join_attempt(sandbox::match_dispatcher& match,
                                              const sandbox::match_join_attempt& attempt) override {
        if (attempt.metadata.contains("cheats")) return {.allowed = false, .reason = "no cheats"};
        return {.allowed = match.presences().size() < 2};
    }

    void join(sandbox::match_dispatcher& match, const std::vector<user_presence>& joined) override {
        match.broadcast_message({.op_code = 1, .data = "welcome", .presences = joined});
    }

    void leave(sandbox::match_dispatcher& match, const std::vector<user_presence>&) override {
        if (match.presences().empty()) match.end();
    }

    void loop(sandbox::match_dispatcher& match,
              const std::vector<sandbox::match_message>& messages) override {
        for (const auto& message : messages) obey(match, message);
        if (match.tick() % 10 == 9) match.broadcast_message({.op_code = 2, .data = std::to_string(sum_)});
    }

    std::string signal(sandbox::match_dispatcher& match, const std::string& data) override {
        if (data == "stop") match.end();
        return std::to_string(sum_);
    }

private:
    void obey(sandbox::match_dispatcher& match, const sandbox::match_message& message) {
        if (message.data == "kick me") match.match_kick({message.sender});
        else if (message.data == "rename") match.match_label_update(R"({"game":"go"})");
        else sum_ += std::stoi(message.data);
    }

    int sum_ = 0;
};

/// A server with that match, on a clock that the test moves.
struct arena {
    std::shared_ptr<virtual_clock> clock = std::make_shared<virtual_clock>(std::chrono::system_clock::now());
    test_server server;
    client clients;

    explicit arena(asio::io_context& io) : server{io, {.clock = clock}}, clients{server.make_client()} {
        server.sandbox().register_match("tally", [] { return std::make_unique<tally>(); });
    }

    sandbox::matches matches() { return server.sandbox().matches(); }
};

/// A message has arrived once the answer to a later one has.
asio::awaitable<void> arrive(player& who, std::string match_id) {
    co_await who.socket.match_join({.match_id = match_id});
}

} // namespace

CO_TEST_CASE("a match on the server plays by the server's clock") {
    arena arena{io};
    auto ada = co_await enter(arena.server, arena.clients);
    auto bob = co_await enter(arena.server, arena.clients);
    auto ada_hears = ada.socket.stream<match_data>(), bob_hears = bob.socket.stream<match_data>();
    auto ada_sees = ada.socket.stream<match_presence_event>();

    const auto id = arena.matches().create("tally", "chess");
    const auto first = co_await ada.socket.match_join({.match_id = id});
    CHECK(first.authoritative);
    CHECK(first.label == R"({"game":"chess"})");
    CHECK(first.presences.empty());
    auto said = co_await next(ada_hears);
    CHECK(said.op_code == 1);
    CHECK(said.data == "welcome");
    CHECK(said.presence == user_presence{});
    const auto second = co_await bob.socket.match_join({.match_id = id});
    CHECK(second.presences == std::vector{first.self});
    said = co_await next(bob_hears);
    CHECK(said.data == "welcome");
    auto seen = co_await next(ada_sees);
    if (names(seen.joins, first.self)) seen = co_await next(ada_sees);
    CHECK(names(seen.joins, second.self));

    co_await ada.socket.match_data_send({.match_id = id, .op_code = 5, .data = "20"});
    co_await bob.socket.match_data_send({.match_id = id, .op_code = 5, .data = "22"});
    co_await arrive(ada, id);
    co_await arrive(bob, id);
    for (int tick = 0; tick < 10; ++tick) arena.clock->advance(100ms);
    for (auto* const hears : {&ada_hears, &bob_hears}) {
        said = co_await next(*hears);
        CHECK(said.op_code == 2);
        CHECK(said.data == "42");
        CHECK(said.match_id == id);
    }
    CHECK(arena.matches().signal(id, "sum") == "42");

    const auto found = co_await arena.clients.list_matches(
        ada.session, {.authoritative = true, .query = "+label.game:chess"});
    REQUIRE(found.matches.size() == 1);
    CHECK(found.matches[0].match_id == id);
    CHECK(found.matches[0].size == 2);
    CHECK(found.matches[0].tick_rate == 10);
    CHECK(found.matches[0].handler_name == "tally");
}

CO_TEST_CASE("a handler decides who comes in, who is thrown out and what the match is called") {
    arena arena{io};
    auto ada = co_await enter(arena.server, arena.clients);
    auto bob = co_await enter(arena.server, arena.clients);
    auto cyd = co_await enter(arena.server, arena.clients);
    auto ada_sees = ada.socket.stream<match_presence_event>();
    const auto id = arena.matches().create("tally", "chess");
    co_await ada.socket.match_join({.match_id = id});
    const auto bobs = co_await bob.socket.match_join({.match_id = id});

    auto failure = co_await failure_of(cyd.socket.match_join({.match_id = id}));
    CHECK(failure.code() == realtime_code::match_join_rejected);
    CHECK(failure.server_message() == "Match join rejected");
    co_await bob.socket.match_data_send({.match_id = id, .data = "kick me"});
    co_await bob.socket.match_data_send({.match_id = id, .data = "rename"});
    co_await arrive(bob, id);
    arena.clock->advance(100ms);
    for (;;) {
        const auto seen = co_await next(ada_sees);
        if (names(seen.leaves, bobs.self)) break;
    }
    CHECK(arena.matches().presences(id).size() == 1);
    CHECK(arena.matches().find(id)->label == R"({"game":"go"})");
    CHECK(arena.matches().list({.query = "+label.game:chess"}).empty());

    // Who leaves last ends it.
    co_await ada.socket.match_leave({.match_id = id});
    CHECK(arena.matches().size() == 0);
    failure = co_await failure_of(cyd.socket.match_join({.match_id = id}));
    CHECK(failure.code() == realtime_code::match_not_found);
}

CO_TEST_CASE("what a handler throws ends the match and disconnects its members") {
    arena arena{io};
    auto ada = co_await enter(arena.server, arena.clients);
    const auto id = arena.matches().create("tally", "chess");
    co_await ada.socket.match_join({.match_id = id});
    auto hears = ada.socket.stream<match_data>();
    co_await ada.socket.match_data_send({.match_id = id, .data = "no number"});
    co_await arrive(ada, id);
    arena.clock->advance(100ms);
    const auto how = co_await ending(ada, hears);
    CHECK(how.code == 1000);
    CHECK(how.reason == "server-side session disconnect");
    CHECK(arena.matches().size() == 0);
}

CO_TEST_CASE("a match is signalled and ended from outside") {
    arena arena{io};
    const auto id = arena.matches().create("tally", "chess");
    CHECK(arena.matches().signal(id, "sum") == "0");
    CHECK_THROWS_AS(arena.matches().signal(id, "stop"), std::runtime_error);
    CHECK_THROWS_AS(arena.matches().signal(id, "sum"), std::invalid_argument);
    CHECK_THROWS_AS(arena.matches().create("nothing"), std::invalid_argument);

    arena.matches().create("tally", "chess");
    arena.matches().terminate(10s);
    CHECK(arena.matches().size() == 1);
    arena.matches().terminate(0s);
    CHECK(arena.matches().size() == 0);
    co_return;
}

CO_TEST_CASE("the matchmaker's finds may play on the server") {
    arena arena{io};
    arena.server.sandbox().register_matchmaker_matched(
        [&](const std::vector<matchmaker_user>&) { return arena.matches().create("tally", "chess"); });
    auto ada = co_await enter(arena.server, arena.clients);
    auto bob = co_await enter(arena.server, arena.clients);
    auto ada_hears = ada.socket.stream<matchmaker_matched>(),
         bob_hears = bob.socket.stream<matchmaker_matched>();
    co_await ada.socket.matchmaker_add({.min_count = 2, .max_count = 2, .query = "*"});
    co_await bob.socket.matchmaker_add({.min_count = 2, .max_count = 2, .query = "*"});
    const auto adas = co_await next(ada_hears);
    const auto bobs = co_await next(bob_hears);
    CHECK(adas.token.empty());
    CHECK(adas.match_id == bobs.match_id);
    const auto joined = co_await ada.socket.match_join({.match_id = adas.match_id});
    CHECK(joined.authoritative);
    const auto stats = co_await arena.clients.get_matchmaker_stats(ada.session);
    CHECK(stats.ticket_count == 2);
    CHECK(stats.completions.size() == 2);
}
