#include "support/failure.hpp"
#include "support/players.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;

namespace {

std::vector<std::string> contents_of(const std::vector<channel_message>& messages) {
    std::vector<std::string> contents;
    for (const channel_message& one : messages) contents.push_back(one.content);
    return contents;
}

/// {"n": from} to {"n": to}
std::vector<std::string> numbered(int from, int to) {
    std::vector<std::string> contents;
    for (int n = from; n <= to; ++n) contents.push_back("{\"n\": " + std::to_string(n) + '}');
    return contents;
}

} // namespace

CO_TEST_CASE("a room's history is turned over page by page, both ways", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto room = co_await ada.socket.join_channel({.target = server.unique("room")});
    const auto id = room.channel_id();
    for (int n = 1; n <= 5; ++n) co_await room.send("{\"n\":" + std::to_string(n) + '}');

    auto page = co_await client.list_channel_messages(ada.session, {.channel_id = id, .limit = 2});
    CHECK(contents_of(page.messages) == numbered(1, 2));
    CHECK(page.prev_cursor.empty());
    CHECK(page.messages[0].code == 0);
    CHECK(page.messages[0].persistent == true);
    CHECK(page.messages[0].sender_id == ada.session.user_id());
    page = co_await client.list_channel_messages(ada.session,
                                                 {.channel_id = id, .limit = 2, .cursor = page.next_cursor});
    CHECK(contents_of(page.messages) == numbered(3, 4));
    auto last = co_await client.list_channel_messages(
        ada.session, {.channel_id = id, .limit = 2, .cursor = page.next_cursor});
    CHECK(contents_of(last.messages) == numbered(5, 5));
    CHECK(last.next_cursor.empty());
    page = co_await client.list_channel_messages(ada.session,
                                                 {.channel_id = id, .limit = 2, .cursor = last.prev_cursor});
    CHECK(contents_of(page.messages) == numbered(3, 4));

    // What came since.
    co_await room.send(R"({"n":6})");
    page = co_await client.list_channel_messages(
        ada.session, {.channel_id = id, .limit = 100, .cursor = last.cacheable_cursor});
    CHECK(contents_of(page.messages) == numbered(6, 6));

    page =
        co_await client.list_channel_messages(ada.session, {.channel_id = id, .limit = 4, .forward = false});
    auto newest = numbered(3, 6);
    std::ranges::reverse(newest);
    CHECK(contents_of(page.messages) == newest);
    const auto failure = co_await failure_of(client.list_channel_messages(
        ada.session, {.channel_id = id, .limit = 4, .forward = true, .cursor = page.next_cursor}));
    CHECK(failure.code() == grpc_code::invalid_argument);
    CHECK(failure.server_message() == "Cursor is invalid or expired.");
}

CO_TEST_CASE("the history shows what was changed, and not what was removed or never kept", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto target = server.unique("room");
    auto room = co_await ada.socket.join_channel({.target = target});
    auto passing = co_await bob.socket.join_channel({.target = target, .persistence = false});
    const auto first = co_await room.send(R"({"n":1})");
    const auto second = co_await room.send(R"({"n":2})");
    co_await passing.send(R"({"n":3})");
    const auto changed = co_await room.update(first.message_id, R"({"n":4})");
    co_await room.remove(second.message_id);
    CHECK(changed.code == 1);
    CHECK(changed.create_time <= first.create_time);

    const auto page =
        co_await client.list_channel_messages(bob.session, {.channel_id = room.channel_id(), .limit = 100});
    CHECK(contents_of(page.messages) == numbered(4, 4));
    CHECK(page.messages[0].code == 0);
    CHECK(page.messages[0].message_id == first.message_id);
    CHECK(page.messages[0].update_time > page.messages[0].create_time);
}

CO_TEST_CASE("a direct channel is read by the two alone", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto cyd = co_await client.authenticate_device({.id = server.unique("device")});
    auto talk = co_await ada.socket.join_channel(
        {.target = bob.session.user_id(), .type = channel_type::direct_message});
    co_await talk.send(R"({"n":1})");
    const auto page =
        co_await client.list_channel_messages(bob.session, {.channel_id = talk.channel_id(), .limit = 10});
    CHECK(contents_of(page.messages) == numbered(1, 1));
    const auto failure =
        co_await failure_of(client.list_channel_messages(cyd, {.channel_id = talk.channel_id()}));
    CHECK(failure.server_message() == "Channel not found.");
}

CO_TEST_CASE("a group's channel is its members', and tells what becomes of them", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto bob_id = bob.session.user_id();
    const auto group =
        co_await client.create_group(ada.session, {.name = server.unique("group"), .open = true});
    auto failure =
        co_await failure_of(bob.socket.channel_join({.target = group.id, .type = channel_type::group}));
    CHECK(failure.server_message() == "Group not found: Invalid channel target");

    auto ada_sees = ada.socket.stream<channel_presence_event>();
    auto adas = co_await ada.socket.join_channel({.target = group.id, .type = channel_type::group});
    co_await client.join_group(bob.session, {.group_id = group.id});
    auto heard = co_await with_deadline(adas.next(), patience);
    CHECK(heard.value().code == 3);
    CHECK(heard.value().sender_id == bob_id);
    CHECK(heard.value().group_id == group.id);
    auto bobs = co_await bob.socket.join_channel({.target = group.id, .type = channel_type::group});
    CHECK(bobs.channel_id() == "3." + group.id + "..");

    co_await client.kick_group_users(ada.session, {.group_id = group.id, .user_ids = {bob_id}});
    heard = co_await with_deadline(bobs.next(), patience);
    CHECK(heard.value().code == 6);
    for (auto event = co_await next(ada_sees); !names(event.leaves, bobs.self());)
        event = co_await next(ada_sees);
    failure = co_await failure_of(bobs.send("{}"));
    CHECK(failure.server_message() == "Must join channel before sending messages");
    failure =
        co_await failure_of(client.list_channel_messages(bob.session, {.channel_id = adas.channel_id()}));
    CHECK(failure.server_message() == "Group not found.");

    const auto page =
        co_await client.list_channel_messages(ada.session, {.channel_id = adas.channel_id(), .limit = 10});
    std::vector<std::int32_t> codes;
    for (const channel_message& one : page.messages) codes.push_back(one.code.value());
    std::ranges::sort(codes); // within a second they are in no certain order
    CHECK(codes == std::vector<std::int32_t>{3, 6});
}

CO_TEST_CASE("the sandbox says what a server would, and shows what is kept") {
    test_server server{io};
    auto client = server.make_client();
    auto channels = server.sandbox().channels();
    auto ada = co_await enter(server, client);
    auto room = co_await ada.socket.join_channel({.target = "lobby"});
    const std::string id = room.channel_id();

    const auto ack = channels.send({.channel_id = id, .content = R"({"n":1})", .sender_username = "host"});
    auto heard = co_await with_deadline(room.next(), patience);
    CHECK(heard.value().content == R"({"n":1})");
    CHECK(heard.value().username == "host");
    CHECK(heard.value().sender_id == "00000000-0000-0000-0000-000000000000");
    CHECK(contents_of(channels.history(id)) == numbered(1, 1));

    channels.update(ack.message_id, {.channel_id = id, .content = R"({"n":2})"});
    heard = co_await with_deadline(room.next(), patience);
    CHECK(heard.value().code == 1);
    CHECK(contents_of(channels.history(id)) == numbered(2, 2));
    channels.remove(ack.message_id, {.channel_id = id});
    heard = co_await with_deadline(room.next(), patience);
    CHECK(heard.value().code == 2);
    CHECK(channels.history(id).empty());
    channels.send({.channel_id = id, .persistent = false});
    heard = co_await with_deadline(room.next(), patience);
    CHECK(heard.value().persistent == false);
    CHECK(channels.history(id).empty());

    CHECK_THROWS_AS(channels.send({.channel_id = "lobby"}), std::invalid_argument);
    CHECK_THROWS_AS(channels.send({.channel_id = id, .content = "[]"}), std::invalid_argument);
    CHECK_THROWS_AS(channels.send({.channel_id = id, .sender_id = "nobody"}), std::invalid_argument);
    CHECK_THROWS_AS(channels.update(ack.message_id, {.channel_id = id}), std::invalid_argument);
    CHECK_THROWS_AS(channels.remove("nope", {.channel_id = id}), std::invalid_argument);
    CHECK(channels.history("nowhere").empty());
    server.sandbox().stop();
    CHECK_THROWS_AS(server.sandbox().channels().send({.channel_id = id}), std::logic_error);
}
