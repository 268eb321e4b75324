// Users whose connection is cut, and the others who stay.
#include "net/event.hpp"
#include "support/failure.hpp"
#include "support/players.hpp"
#include "support/relay.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

reconnect_policy soon() {
    return reconnects::with(retries::fixed(100, 20ms));
}

/// Knows when a socket has asked where the histories stand.
struct listings final : observer {
    explicit listings(asio::io_context& io) : messages{io.get_executor()}, notifications{io.get_executor()} {}
    void on_call_end(const call& seen) noexcept override {
        if (seen.operation == "list_channel_messages") messages.set();
        if (seen.operation == "list_notifications") notifications.set();
    }
    net::event messages, notifications;
};

/// Ada behind a relay, and a socket that comes back.
struct cut_off {
    cut_off(asio::io_context& io, const test_server& server, reconnect_policy policy = soon())
        : way{io, server.port()}, listed{std::make_shared<listings>(io)},
          owner{io.get_executor(), through(server)}, socket{owner.create_socket({.reconnect = policy})} {}

    client_config through(const test_server& server) const {
        auto config = server.config();
        config.host = "127.0.0.1";
        config.port = way.port();
        config.observer = listed;
        return config;
    }

    asio::awaitable<void> enter(const test_server& server) {
        const auto device = server.unique("device");
        session = co_await owner.authenticate_device({.id = device});
        co_await socket.connect(session, {.appear_online = true});
    }

    /// Cuts the line and waits until the socket is back.
    asio::awaitable<resume_report> cut() {
        auto resumed = socket.stream<resume_report>();
        way.strike(relay_fault::kind::reset);
        co_return co_await next(resumed);
    }

    relay way;
    std::shared_ptr<listings> listed;
    client owner;
    nakama::session session;
    nakama::socket socket;
};

/// Waits for somebody to go, and for somebody else to come.
template <class Event>
asio::awaitable<void> see_return(event_stream<Event>& sees, std::string user_id) {
    bool has_left = false;
    for (;;) {
        const auto event = co_await next(sees);
        const auto is_user = [&](const user_presence& each) { return each.user_id == user_id; };
        has_left = has_left || std::ranges::any_of(event.leaves, is_user);
        if (has_left && std::ranges::any_of(event.joins, is_user)) co_return;
    }
}

} // namespace

CO_TEST_CASE("after a cut the user is back wherever she was, and everybody sees her come") {
    test_server server{io};
    auto client = server.make_client();
    cut_off ada{io, server};
    co_await ada.enter(server);
    auto bob = co_await enter(server, client, true);

    co_await ada.socket.status_update({.status = "playing"});
    co_await ada.socket.status_follow({.user_ids = {bob.session.user_id()}});
    co_await bob.socket.status_follow({.user_ids = {ada.session.user_id()}});
    const auto target = server.unique("room");
    auto room = co_await ada.socket.join_channel({.target = target});
    auto bobs_room = co_await bob.socket.join_channel({.target = target});
    auto bobs_game = co_await bob.socket.create_match();
    auto game = co_await ada.socket.join_match({.match_id = bobs_game.match_id()});
    auto bobs_group = co_await bob.socket.create_party({.open = true, .max_size = 3});
    auto group = co_await ada.socket.join_party({.party_id = bobs_group.party_id()});
    co_await with_deadline(bobs_group.wait_for_members(2), patience);
    auto bob_sees = bob.socket.stream<match_presence_event>();
    auto bob_sees_status = bob.socket.stream<status_presence_event>();
    const auto before = game.self();

    const auto report = co_await ada.cut();
    REQUIRE(report.status);
    REQUIRE(report.status->presences.size() == 1);
    CHECK(report.status->presences[0].user_id == bob.session.user_id());
    REQUIRE(report.channels.size() == 1);
    CHECK(report.channels[0].id == room.channel_id());
    REQUIRE(report.matches.size() == 1);
    CHECK(report.matches[0].match_id == game.match_id());
    CHECK(report.parties == std::vector<std::string>{group.party_id()});
    CHECK(report.asked.empty());
    CHECK(report.lost.empty());
    CHECK(report.missed_messages == 0);
    CHECK(report.missed_notifications == 0);

    co_await see_return(bob_sees, ada.session.user_id());
    co_await see_return(bob_sees_status, ada.session.user_id());
    co_await with_deadline(bobs_game.wait_for_members(2), patience);
    co_await with_deadline(bobs_group.wait_for_members(2), patience);
    co_await with_deadline(bobs_room.wait_for_members(2), patience);
    CHECK(game.self().session_id != before.session_id);
    CHECK(game.presences().size() == 2);
    CHECK(names(game.presences(), bobs_game.self()));
    CHECK(group.presences().size() == 2);
    CHECK(room.presences().size() == 2);
    CHECK(names(bobs_game.presences(), game.self()));

    // And the handles go on, in both directions.
    co_await bobs_game.send({.op_code = 5, .data = "for ada"});
    const auto move = co_await with_deadline(game.next(), patience);
    CHECK(move.value().data == "for ada");
    co_await game.send({.op_code = 6, .data = "for bob"});
    const auto reply = co_await with_deadline(bobs_game.next(), patience);
    CHECK(reply.value().presence.session_id == game.self().session_id);
    co_await bobs_room.send(R"({"hello":"ada"})");
    const auto said = co_await with_deadline(room.next(), patience);
    CHECK(said.value().content == R"({"hello":"ada"})");
    co_await bobs_group.send(7, "sign");
    const auto sign = co_await with_deadline(group.next(), patience);
    CHECK(sign.value().op_code == 7);
}

CO_TEST_CASE("a user may be cut off again and again, and those who wait for members see it through") {
    test_server server{io};
    auto client = server.make_client();
    auto policy = soon();
    policy.catch_up = false;
    cut_off ada{io, server, policy};
    co_await ada.enter(server);
    auto bob = co_await enter(server, client);
    auto game = co_await bob.socket.create_match();
    auto adas_game = co_await ada.socket.join_match({.match_id = game.match_id()});
    int completions = 0;
    start(io, [](joined_match& match, int& counted) -> asio::awaitable<void> {
        co_await match.wait_for_members(3);
        ++counted;
    }(adas_game, completions));
    for (int i = 0; i < 10; ++i) {
        const auto report = co_await ada.cut();
        CHECK(report.lost.empty());
        CHECK(report.matches.size() == 1);
        CHECK(adas_game.presences().size() == 2);
        CHECK(completions == 0);
    }
    auto cyd = co_await enter(server, client);
    auto cyds_game = co_await cyd.socket.join_match({.match_id = game.match_id()});
    co_await with_deadline(adas_game.wait_for_members(3), patience);
    co_await with_deadline(cyds_game.wait_for_members(3), patience);
    CHECK(completions == 1);
}

CO_TEST_CASE("a match that nobody else was in is lost, and its handle says so") {
    test_server server{io};
    auto policy = soon();
    policy.catch_up = false;
    cut_off ada{io, server, policy};
    co_await ada.enter(server);
    auto game = co_await ada.socket.create_match();
    auto duel = co_await ada.socket.create_match({.name = "duel"});
    const auto report = co_await ada.cut();
    REQUIRE(report.lost.size() == 1);
    CHECK(report.lost[0].kind == "match");
    CHECK(report.lost[0].id == game.match_id());
    CHECK(report.lost[0].reason.code() == realtime_code::match_not_found);
    const auto failure = co_await failure_of(game.wait_for_members(2));
    CHECK(failure.code() == realtime_code::match_not_found);
    const auto end = co_await with_deadline(game.next(), patience);
    CHECK(!end);
    // A named one is made anew.
    REQUIRE(report.matches.size() == 1);
    CHECK(report.matches[0].match_id == duel.match_id());
    CHECK(duel.presences().size() == 1);
}

CO_TEST_CASE("a closed party has to let in again who was cut off") {
    test_server server{io};
    auto client = server.make_client();
    auto policy = soon();
    policy.catch_up = false;
    cut_off ada{io, server, policy};
    co_await ada.enter(server);
    auto bob = co_await enter(server, client);
    auto asked = bob.socket.stream<party_join_requests>();
    auto bobs_group = co_await bob.socket.create_party({.open = false, .max_size = 3});
    const auto let_in = [&]() -> asio::awaitable<void> {
        const auto wishes = co_await next(asked);
        co_await bobs_group.accept(wishes.presences.at(0));
    };
    start(io, let_in());
    auto group = co_await ada.socket.join_party({.party_id = bobs_group.party_id()});
    const auto report = co_await ada.cut();
    CHECK(report.asked == std::vector<std::string>{group.party_id()});
    CHECK(report.parties.empty());
    co_await let_in();
    co_await with_deadline(group.wait_for_members(2), patience);
    co_await with_deadline(bobs_group.wait_for_members(2), patience);
    co_await bobs_group.send(1, "welcome");
    const auto heard = co_await with_deadline(group.next(), patience);
    CHECK(heard.value().data == "welcome");
}

CO_TEST_CASE("what the server's own code ends is come back from where the policy says so") {
    test_server server{io};
    auto policy = soon();
    policy.catch_up = false;
    policy.delays.repeat_if = [](const failed_attempt& attempt) {
        return attempt.may_repeat ||
               (attempt.failure.close() && attempt.failure.close()->cause == close_cause::disconnected);
    };
    cut_off ada{io, server, policy}, stubborn{io, server};
    co_await ada.enter(server);
    co_await stubborn.enter(server);
    auto resumed = ada.socket.stream<resume_report>();
    auto states = stubborn.socket.stream<socket_state>();
    server.sandbox().disconnect_all();
    const auto report = co_await next(resumed);
    CHECK(report.attempts == 1);
    CHECK(ada.socket.is_connected());
    const auto state = co_await next(states);
    CHECK(state.phase == socket_phase::closed);
    CHECK(state.why.value().cause == close_cause::disconnected);
}

CO_TEST_CASE("three meet by handles in a match, a channel and a party", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto cyd = co_await enter(server, client);
    const auto target = server.unique("room");
    auto game = co_await ada.socket.create_match();
    auto room = co_await ada.socket.join_channel({.target = target});
    auto group = co_await ada.socket.create_party({.open = true, .max_size = 3});
    std::vector<joined_match> games;
    std::vector<joined_channel> rooms;
    std::vector<joined_party> groups;
    for (auto* each : {&bob, &cyd}) {
        auto other_game = co_await each->socket.join_match({.match_id = game.match_id()});
        games.push_back(std::move(other_game));
        auto other_room = co_await each->socket.join_channel({.target = target});
        rooms.push_back(std::move(other_room));
        auto other_group = co_await each->socket.join_party({.party_id = group.party_id()});
        groups.push_back(std::move(other_group));
    }
    co_await with_deadline(game.wait_for_members(3), patience);
    co_await with_deadline(room.wait_for_members(3), patience);
    co_await with_deadline(group.wait_for_members(3), patience);
    for (auto& each : games) {
        co_await with_deadline(each.wait_for_members(3), patience);
        CHECK(names(each.presences(), game.self()));
    }
    for (auto& each : rooms) co_await with_deadline(each.wait_for_members(3), patience);
    for (auto& each : groups) {
        co_await with_deadline(each.wait_for_members(3), patience);
        CHECK(each.leader().session_id == group.self().session_id);
    }
    co_await game.send({.op_code = 1, .data = "go"});
    for (auto& each : games) {
        const auto move = co_await with_deadline(each.next(), patience);
        CHECK(move.value().data == "go");
    }
    co_await rooms[1].send(R"({"n":1})");
    const auto said = co_await with_deadline(rooms[0].next(), patience);
    CHECK(said.value().sender_id == cyd.session.user_id());
    co_await games[0].leave();
    co_await rooms[0].leave();
    co_await groups[0].leave();
    const auto gone = co_await failure_of(games[0].wait_for_members(1));
    CHECK(gone.code() == errc::closed);
    const auto end = co_await with_deadline(rooms[0].next(), patience);
    CHECK(!end);
}

CO_TEST_CASE("what is said meanwhile is delivered when the user is back, once", "[live]") {
    test_server server{io};
    if (server.host() != "127.0.0.1") SKIP("the relay leads to this machine alone");
    auto client = server.make_client();
    cut_off ada{io, server, reconnects::with(retries::fixed(100, 300ms))};
    co_await ada.enter(server);
    auto bob = co_await enter(server, client);
    const auto target = server.unique("room");
    auto room = co_await ada.socket.join_channel({.target = target});
    auto bobs_room = co_await bob.socket.join_channel({.target = target});
    co_await bobs_room.send(R"({"n":0})");
    CHECK((co_await with_deadline(room.next(), patience))->content == R"({"n":0})");
    co_await with_deadline(ada.listed->messages.wait(), patience);

    auto resumed = ada.socket.stream<resume_report>();
    ada.way.strike(relay_fault::kind::reset);
    for (int i = 1; i <= 5; ++i) co_await bobs_room.send("{\"n\":" + std::to_string(i) + '}');
    const auto report = co_await next(resumed);
    CHECK(report.lost.empty());
    CHECK(report.missed_messages == 5);
    co_await bobs_room.send(R"({"n":6})");
    for (int i = 1; i <= 6; ++i) {
        const auto message = co_await with_deadline(room.next(), patience);
        REQUIRE(message);
        CHECK(message->content.find(std::to_string(i)) != std::string::npos);
    }
    CHECK(!room.try_next());
}

CO_TEST_CASE("what is notified meanwhile is delivered when the user is back, once", "[live]") {
    test_server server{io};
    if (server.host() != "127.0.0.1") SKIP("the relay leads to this machine alone");
    auto client = server.make_client();
    cut_off ada{io, server, reconnects::with(retries::fixed(100, 300ms))};
    co_await ada.enter(server);
    const auto device = server.unique("device");
    const auto bob = co_await client.authenticate_device({.id = device});
    auto noticed = ada.socket.stream<notifications>();
    co_await with_deadline(ada.listed->notifications.wait(), patience);

    auto resumed = ada.socket.stream<resume_report>();
    ada.way.strike(relay_fault::kind::reset);
    const auto ada_id = ada.session.user_id();
    co_await client.add_friends(bob, {.ids = {ada_id}});
    const auto report = co_await next(resumed);
    CHECK(report.lost.empty());
    CHECK(report.missed_notifications == 1);
    const auto asked = co_await next(noticed);
    REQUIRE(asked.notifications.size() == 1);
    CHECK(asked.notifications[0].code == -2);

    co_await client.delete_friends(bob, {.ids = {ada_id}});
    const auto removed = co_await next(noticed);
    REQUIRE(removed.notifications.size() == 1);
    CHECK(removed.notifications[0].code == -9);
    CHECK(!noticed.try_next());
}
