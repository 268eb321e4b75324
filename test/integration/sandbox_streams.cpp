// What the sandbox's server does with streams and sockets of its own accord.
#include "support/failure.hpp"
#include "support/players.hpp"

#include <nakama/sandbox/streams.hpp>

#include <stdexcept>

using namespace nakama;
using namespace nakama::test;

namespace {

const nakama::stream lobby{.mode = 42, .label = "lobby"};

std::string session_of(test_server& server, const player& who) {
    return server.sandbox().sessions().of_user(who.session.user_id()).at(0).session_id;
}

} // namespace

CO_TEST_CASE("who is in a stream hears what the server sends there, and who comes and goes") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto ada_hears = ada.socket.stream<stream_data>(), bob_hears = bob.socket.stream<stream_data>();
    auto ada_sees = ada.socket.stream<stream_presence_event>();
    auto streams = server.sandbox().streams();
    const auto adas = session_of(server, ada), bobs = session_of(server, bob);

    CHECK(streams.join(lobby, adas));
    CHECK_FALSE(streams.join(lobby, adas));
    auto seen = co_await next(ada_sees);
    CHECK(seen.stream == lobby);
    REQUIRE(seen.joins.size() == 1);
    CHECK(seen.joins[0].session_id == adas);
    // Who is hidden hears all and is not told of.
    CHECK(streams.join(lobby, bobs, {.hidden = true, .status = "spies"}));
    CHECK(streams.count(lobby) == 2);
    CHECK(streams.list(lobby)[1].hidden);
    CHECK(streams.list(lobby)[1].presence.status == "spies");
    streams.send(lobby, "hello");
    streams.send(lobby, "you", {.session_ids = std::vector{bobs}, .reliable = false});
    auto heard = co_await next(bob_hears);
    CHECK(heard.data == "hello");
    CHECK(heard.reliable);
    heard = co_await next(bob_hears);
    CHECK(heard.data == "you");
    CHECK_FALSE(heard.reliable);
    heard = co_await next(ada_hears);
    CHECK(heard.data == "hello");

    streams.update(lobby, bobs, {});
    seen = co_await next(ada_sees);
    REQUIRE(seen.joins.size() == 1);
    CHECK(seen.joins[0].session_id == bobs);
    CHECK(seen.leaves.empty());
    CHECK(streams.leave(lobby, bobs));
    seen = co_await next(ada_sees);
    REQUIRE(seen.leaves.size() == 1);
    CHECK(seen.leaves[0].session_id == bobs);
    streams.close(lobby);
    CHECK(streams.count(lobby) == 0);
}

CO_TEST_CASE("streams that cannot be are refused") {
    test_server server{io};
    auto streams = server.sandbox().streams();
    CHECK_THROWS_AS(streams.count({.mode = 256}), std::invalid_argument);
    CHECK_THROWS_AS(streams.count({.mode = 42, .subject = "me"}), std::invalid_argument);
    CHECK_THROWS_AS(streams.join(lobby, "nobody"), std::invalid_argument);
    CHECK_THROWS_AS(streams.leave({.mode = 7}, "nobody"), std::invalid_argument);
    CHECK_THROWS_AS(streams.send_raw(lobby, R"({"nothing":{}})"), std::invalid_argument);
    co_return;
}

CO_TEST_CASE("the server's own streams can be spoken to") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto hears = ada.socket.stream<stream_data>();
    auto streams = server.sandbox().streams();
    const auto room = co_await ada.socket.channel_join({.target = "room"});
    CHECK(streams.count({.mode = 2, .label = "room"}) == 1);
    streams.send({.mode = 2, .label = "room"}, "in a room");
    auto heard = co_await next(hears);
    CHECK(heard.data == "in a room");
    streams.send({.mode = 0, .subject = ada.session.user_id()}, "to a user");
    heard = co_await next(hears);
    CHECK(heard.data == "to a user");
    const auto match = co_await ada.socket.match_create();
    CHECK(server.sandbox().matches().presences(match.match_id).size() == 1);
    CHECK(streams.leave({.mode = 5, .subject = match.match_id.substr(0, 36)}, session_of(server, ada)));
    CHECK(server.sandbox().matches().presences(match.match_id).empty());
}

CO_TEST_CASE("the server disconnects a socket") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto hears = ada.socket.stream<notifications>();
    auto sessions = server.sandbox().sessions();
    CHECK(sessions.size() == 1);
    CHECK_FALSE(sessions.disconnect("nobody"));
    CHECK(sessions.disconnect(session_of(server, ada), "that is enough"));
    const auto how = co_await ending(ada, hears);
    CHECK(how.code == 1000);
    CHECK(how.reason == "that is enough");
    CHECK(sessions.size() == 0);
}

CO_TEST_CASE("with one socket a user the older one is told and closed") {
    test_server server{io, {.single_socket = true}};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto told = ada.socket.stream<notifications>();
    auto another = client.create_socket();
    co_await another.connect(ada.session);
    const auto news = co_await next(told);
    REQUIRE(news.notifications.size() == 1);
    CHECK(news.notifications[0].code == -7);
    const auto how = co_await ending(ada, told);
    CHECK(how.reason == "server-side session disconnect");
    CHECK(another.is_connected());
}
