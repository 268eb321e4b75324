#include "support/failure.hpp"
#include "support/players.hpp"

#include <array>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

CO_TEST_CASE("a socket opens and closes", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto [session, socket] = co_await enter(server, client);
    CHECK(socket.is_connected());
    co_await socket.close();
    CHECK(!socket.is_connected());
    CHECK(socket.last_close()->initiator == close_info::by::local);
    CHECK(socket.last_close()->code == 1000);
    // And once more.
    co_await socket.connect(session);
    co_await socket.match_create();
    co_await socket.close();
}

CO_TEST_CASE("a token that the server does not accept opens no socket", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto socket = client.create_socket();
    const session forged{"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjQwMDAwMDAwMDB9.c2ln", ""};
    const auto failure = co_await failure_of(socket.connect(forged));
    CHECK(failure.code() == errc::upgrade_refused);
    CHECK(failure.http_status() == 401);
    CHECK(failure.server_message() == "Missing or invalid token");
    CHECK(!socket.is_connected());
}

CO_TEST_CASE("who appears online hears of it first", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = server.unique("device")});
    auto socket = client.create_socket();
    auto status = socket.stream<status_presence_event>();
    co_await socket.connect(session, {.appear_online = true});
    const auto event = co_await next(status);
    REQUIRE(event.joins.size() == 1);
    CHECK(event.joins[0].user_id == session.user_id());
    CHECK(event.joins[0].status == "");
    CHECK(event.leaves.empty());
}

CO_TEST_CASE("a room carries messages to all who joined, the sender included", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto room_name = server.unique("room ü");
    auto ada_hears = ada.socket.stream<channel_message>(), bob_hears = bob.socket.stream<channel_message>();
    auto ada_sees = ada.socket.stream<channel_presence_event>();

    const auto room = co_await ada.socket.channel_join({.target = room_name});
    CHECK(room.id == "2..." + room_name);
    CHECK(room.room_name == room_name);
    CHECK(room.presences.empty());
    CHECK(room.self.user_id == ada.session.user_id());
    CHECK(room.self.persistence);
    auto event = co_await next(ada_sees);
    CHECK(names(event.joins, room.self));

    const auto same = co_await bob.socket.channel_join({.target = room_name});
    CHECK(same.id == room.id);
    CHECK(names(same.presences, room.self));
    event = co_await next(ada_sees);
    CHECK(names(event.joins, same.self));

    const std::string content = R"({ "text" : "Zoë \"q\" 🎮",  "n": 1.50 })";
    const auto ack = co_await ada.socket.channel_message_send({.channel_id = room.id, .content = content});
    CHECK(ack.channel_id == room.id);
    CHECK(ack.code == 0);
    CHECK(ack.persistent == true);
    CHECK(ack.create_time > timestamp{});
    // One's own message precedes the acknowledgement.
    const auto own = ada_hears.try_next();
    REQUIRE(own);
    CHECK(own->message_id == ack.message_id);
    CHECK(own->content == content);
    const auto heard = co_await next(bob_hears);
    CHECK(heard.content == content);
    CHECK(heard.sender_id == ada.session.user_id());
    CHECK(heard.username == ada.session.username());

    co_await bob.socket.channel_leave({.channel_id = room.id});
    event = co_await next(ada_sees);
    CHECK(names(event.leaves, same.self));
    const auto failure =
        co_await failure_of(bob.socket.channel_message_send({.channel_id = room.id, .content = "{}"}));
    CHECK(failure.code() == realtime_code::bad_input);
    CHECK(failure.server_message() == "Must join channel before sending messages");
}

CO_TEST_CASE("bad chat requests are refused and leave the socket open", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    const auto room = co_await ada.socket.channel_join({.target = server.unique("room")});
    auto failure =
        co_await failure_of(ada.socket.channel_message_send({.channel_id = room.id, .content = "no json"}));
    CHECK(failure.code() == realtime_code::bad_input);
    failure = co_await failure_of(ada.socket.channel_join({.target = ""}));
    CHECK(failure.code() == realtime_code::bad_input);
    failure = co_await failure_of(ada.socket.channel_join({.target = std::string(65, 'x')}));
    CHECK(failure.code() == realtime_code::bad_input);
    CHECK(ada.socket.is_connected());
}

CO_TEST_CASE("a relayed match carries data to everybody but the sender", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto ada_gets = ada.socket.stream<match_data>(), bob_gets = bob.socket.stream<match_data>();
    auto ada_sees = ada.socket.stream<match_presence_event>();

    const auto created = co_await ada.socket.match_create();
    CHECK(created.match_id.ends_with('.'));
    CHECK(created.size == 1);
    CHECK(created.self.user_id == ada.session.user_id());
    CHECK(!created.authoritative);
    const auto joined = co_await bob.socket.match_join({.match_id = created.match_id});
    CHECK(joined.size == 1);
    CHECK(names(joined.presences, created.self));
    auto event = co_await next(ada_sees);
    if (!names(event.joins, joined.self)) event = co_await next(ada_sees);
    CHECK(names(event.joins, joined.self));

    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    co_await ada.socket.match_data_send(
        {.match_id = created.match_id, .op_code = -1, .data = bytes, .reliable = true});
    auto data = co_await next(bob_gets);
    CHECK(data == match_data{.match_id = created.match_id,
                             .presence = created.self,
                             .op_code = -1,
                             .data = bytes,
                             .reliable = true});
    co_await ada.socket.match_data_send({.match_id = created.match_id});
    data = co_await next(bob_gets);
    CHECK(data == match_data{.match_id = created.match_id, .presence = created.self});

    // Only to those who are named, the sender included.
    co_await bob.socket.match_data_send(
        {.match_id = created.match_id, .op_code = 7, .presences = {joined.self}});
    data = co_await next(bob_gets);
    CHECK(data.op_code == 7);
    co_await bob.socket.match_data_send(
        {.match_id = created.match_id, .op_code = 8, .presences = {created.self}});
    data = co_await next(ada_gets);
    CHECK(data.op_code == 8);
    CHECK(!ada_gets.try_next());

    co_await bob.socket.match_leave({.match_id = created.match_id});
    event = co_await next(ada_sees);
    CHECK(names(event.leaves, joined.self));
}

CO_TEST_CASE("a named match is the same for all who create it", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto name = server.unique("match");
    const auto one = co_await ada.socket.match_create({.name = name});
    const auto other = co_await bob.socket.match_create({.name = name});
    CHECK(one.match_id == other.match_id);
    CHECK(names(other.presences, one.self));
}

CO_TEST_CASE("a match that is not there cannot be joined, and an error of match data comes as an event",
             "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto failure =
        co_await failure_of(ada.socket.match_join({.match_id = "11111111-2222-4333-8444-555555555555."}));
    CHECK(failure.code() == realtime_code::match_not_found);
    failure = co_await failure_of(ada.socket.match_join({.match_id = "a", .token = "b"}));
    CHECK(failure.code() == errc::invalid_argument);

    auto errors = ada.socket.stream<realtime_error>();
    co_await ada.socket.match_data_send({.match_id = "not an id"});
    const auto said = co_await next(errors);
    CHECK(said.code == 3);
    CHECK(ada.socket.is_connected());
}

CO_TEST_CASE("the matchmaker brings together who fits, and its token opens the match", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto ada_matched = ada.socket.stream<matchmaker_matched>(),
         bob_matched = bob.socket.stream<matchmaker_matched>();
    const auto tag = server.unique("tag");
    const auto query = "+properties.tag:" + tag;

    const auto ada_ticket =
        co_await ada.socket.matchmaker_add({.min_count = 2,
                                            .max_count = 2,
                                            .query = query,
                                            .string_properties = {{"tag", tag}, {"region", "eü"}},
                                            .numeric_properties = {{"rank", 12.5}, {"big", 1e21}}});
    const auto other = co_await bob.socket.matchmaker_add(
        {.min_count = 2, .max_count = 2, .query = "+properties.tag:nothing"});
    co_await bob.socket.matchmaker_remove({.ticket = other.ticket});
    auto failure = co_await failure_of(bob.socket.matchmaker_remove({.ticket = other.ticket}));
    CHECK(failure.server_message() == "Matchmaker ticket not found");
    const auto bobs_query = query + " +properties.rank:>=10";
    co_await bob.socket.matchmaker_add({.min_count = 2,
                                        .max_count = 2,
                                        .query = bobs_query,
                                        .string_properties = {{"tag", tag}},
                                        .numeric_properties = {{"rank", 10}}});

    const auto for_ada = co_await next(ada_matched);
    const auto for_bob = co_await next(bob_matched);
    CHECK(for_ada.ticket == ada_ticket.ticket);
    CHECK(for_ada.token == for_bob.token);
    CHECK(for_ada.users == for_bob.users);
    REQUIRE(for_ada.users.size() == 2);
    CHECK(for_ada.self.presence.user_id == ada.session.user_id());
    CHECK(for_ada.self.string_properties ==
          std::map<std::string, std::string>{{"tag", tag}, {"region", "eü"}});
    CHECK(for_ada.self.numeric_properties == std::map<std::string, double>{{"rank", 12.5}, {"big", 1e21}});

    const auto left = co_await ada.socket.match_join({.token = for_ada.token});
    const auto right = co_await bob.socket.match_join({.token = for_bob.token});
    CHECK(left.match_id == right.match_id);
    CHECK(names(right.presences, left.self));
}

CO_TEST_CASE("the matchmaker refuses counts that make no sense", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    const std::array<matchmaker_add_request, 3> senseless{
        {{.min_count = 1, .max_count = 2},
         {.min_count = 3, .max_count = 2},
         {.min_count = 2, .max_count = 3, .count_multiple = 2}}};
    for (const auto& request : senseless) {
        const auto failure = co_await failure_of(ada.socket.matchmaker_add(request));
        CHECK(failure.code() == realtime_code::bad_input);
    }
    CHECK(ada.socket.is_connected());
}

CO_TEST_CASE("a message above the server's limit closes the socket, and the reason is known", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = server.unique("device")});
    // Our own check is off, as with a server whose limit was lowered.
    auto socket = client.create_socket(socket_config{.max_message_bytes = 100'000});
    co_await socket.connect(session);
    const std::string large(50'000, 'x');
    const auto failure =
        co_await failure_of(socket.channel_message_send({.channel_id = "2...room", .content = large}));
    CHECK(failure.code() == errc::closed);
    CHECK(socket.last_close()->initiator == close_info::by::server);
    CHECK(socket.last_close()->code == 1009);
}

CO_TEST_CASE("when the server ends a socket, all that waits ends with its reason") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto data = ada.socket.stream<match_data>();
    int closes = 0;
    ada.socket.on_close([&](const close_info& why) {
        ++closes;
        CHECK(why.reason == "maintenance");
    });
    CHECK(server.sandbox().socket_count() == 1);
    server.sandbox().disconnect_all("maintenance");
    const auto end = co_await with_deadline(data.next(), patience);
    CHECK(!end);
    CHECK(ada.socket.last_close() == close_info{close_info::by::server, 1000, "maintenance"});
    const auto failure = co_await failure_of(ada.socket.match_create());
    CHECK(failure.code() == errc::closed);
    CHECK(closes == 1);
}

CO_TEST_CASE("when the connection is cut, the socket ends as lost") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto data = ada.socket.stream<match_data>();
    server.sandbox().stop();
    const auto end = co_await with_deadline(data.next(), patience);
    CHECK(!end);
    CHECK(ada.socket.last_close()->initiator == close_info::by::network);
    CHECK(!ada.socket.last_close()->reason.empty());
}

// Not on a real server, which drops readers that leave 64 messages unread.
CO_TEST_CASE("a thousand small messages arrive in order, however slowly they are read") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto bob_gets = bob.socket.stream<match_data>({.capacity = 16, .when_full = overflow::wait});
    const auto created = co_await ada.socket.match_create();
    co_await bob.socket.match_join({.match_id = created.match_id});
    start(io, [](nakama::socket& socket, std::string match_id) -> asio::awaitable<void> {
        for (int i = 1; i <= 1000; ++i)
            co_await socket.match_data_send({.match_id = match_id, .op_code = i, .data = "tick"});
    }(ada.socket, created.match_id));
    for (int i = 1; i <= 1000; ++i) {
        const auto data = co_await next(bob_gets);
        REQUIRE(data.op_code == i);
    }
}
