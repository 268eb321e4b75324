#include "support/failure.hpp"
#include "support/players.hpp"

#include <optional>

using namespace nakama;
using namespace nakama::test;

namespace {

asio::awaitable<session> sign_in(const test_server& server, const client& client) {
    const auto device = server.unique("device"), name = server.unique("name");
    co_return co_await client.authenticate_device({.id = device, .username = name});
}

/// Whom one user sees, and what he sees in them.
asio::awaitable<std::vector<friend_>> friends_of(const client& client, session user) {
    auto page = co_await client.list_friends(user);
    co_return std::move(page.friends);
}

asio::awaitable<void> befriend(const client& client, session one, session other) {
    const auto first = one.user_id(), second = other.user_id();
    co_await client.add_friends(one, {.ids = {second}});
    co_await client.add_friends(other, {.ids = {first}});
}

asio::awaitable<std::int32_t> relations_of(const client& client, session user) {
    const auto account = co_await client.get_account(user);
    co_return account.user.edge_count;
}

} // namespace

CO_TEST_CASE("who is asked and asks back is a friend", "[live]") {
    test_server server{io};
    const auto client = server.make_client();
    const auto ada = co_await sign_in(server, client);
    const auto bob = co_await sign_in(server, client);
    const auto bobs_name = bob.username(), adas_id = ada.user_id();
    co_await client.add_friends(ada, {.usernames = {bobs_name}, .metadata = R"({"met":"here"})"});
    auto adas = co_await friends_of(client, ada);
    REQUIRE(adas.size() == 1);
    CHECK(adas[0].user.id == bob.user_id());
    CHECK(adas[0].state == friend_state::invite_sent);
    CHECK(adas[0].metadata == R"({"met": "here"})");
    auto bobs = co_await friends_of(client, bob);
    REQUIRE(bobs.size() == 1);
    CHECK(bobs[0].state == friend_state::invite_received);
    CHECK(bobs[0].metadata == "{}");

    co_await client.add_friends(bob, {.ids = {adas_id}});
    adas = co_await friends_of(client, ada);
    CHECK(adas.at(0).state == friend_state::friend_);
    bobs = co_await friends_of(client, bob);
    CHECK(bobs.at(0).state == friend_state::friend_);
    const auto relations = co_await relations_of(client, ada);
    CHECK(relations == 1);
}

CO_TEST_CASE("deleting a friend ends it for both", "[live]") {
    test_server server{io};
    const auto client = server.make_client();
    const auto ada = co_await sign_in(server, client);
    const auto bob = co_await sign_in(server, client);
    co_await befriend(client, ada, bob);
    const auto bobs_id = bob.user_id();
    co_await client.delete_friends(ada, {.ids = {bobs_id}});
    for (const auto& one : {ada, bob}) {
        const auto left = co_await friends_of(client, one);
        CHECK(left.empty());
        const auto relations = co_await relations_of(client, one);
        CHECK(relations == 0);
    }
}

CO_TEST_CASE("who is blocked sees nothing of it, and nobody's adding helps", "[live]") {
    test_server server{io};
    const auto client = server.make_client();
    const auto ada = co_await sign_in(server, client);
    const auto bob = co_await sign_in(server, client);
    co_await befriend(client, ada, bob);
    const auto bobs_name = bob.username(), adas_id = ada.user_id(), bobs_id = bob.user_id();
    co_await client.block_friends(ada, {.usernames = {bobs_name}});
    co_await client.add_friends(bob, {.ids = {adas_id}});
    co_await client.delete_friends(bob, {.ids = {adas_id}});
    co_await client.add_friends(ada, {.ids = {bobs_id}});
    auto adas = co_await friends_of(client, ada);
    REQUIRE(adas.size() == 1);
    CHECK(adas[0].state == friend_state::blocked);
    const auto bobs = co_await friends_of(client, bob);
    CHECK(bobs.empty());

    co_await client.delete_friends(ada, {.ids = {bobs_id}});
    co_await client.add_friends(bob, {.ids = {adas_id}});
    adas = co_await friends_of(client, ada);
    CHECK(adas.at(0).state == friend_state::invite_received);
}

CO_TEST_CASE("a block ends the chat of the two, and no new one begins", "[live]") {
    test_server server{io};
    const auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto adas_id = ada.session.user_id(), bobs_id = bob.session.user_id();
    auto chat = co_await bob.socket.join_channel({.target = adas_id, .type = channel_type::direct_message});
    co_await client.block_friends(ada.session, {.ids = {bobs_id}});
    auto failure = co_await failure_of(chat.send(R"({"n":1})"));
    CHECK(failure.server_message() == "Must join channel before sending messages");
    failure = co_await failure_of(
        bob.socket.join_channel({.target = adas_id, .type = channel_type::direct_message}));
    CHECK(failure.server_message() == "User ID not found: Invalid channel target");
}

CO_TEST_CASE("pages of friends go by state, then by age", "[live]") {
    test_server server{io};
    const auto client = server.make_client();
    const auto ada = co_await sign_in(server, client);
    std::vector<session> others;
    for (int i = 0; i < 4; ++i) others.push_back(co_await sign_in(server, client));
    for (const auto& other : others) {
        const auto id = other.user_id();
        co_await client.add_friends(ada, {.ids = {id}});
    }
    const auto adas_id = ada.user_id(), first = others[0].user_id();
    co_await client.add_friends(others[3], {.ids = {adas_id}});
    co_await client.block_friends(ada, {.ids = {first}});

    std::vector<std::string> listed;
    std::string cursor;
    do {
        const auto page = co_await client.list_friends(ada, {.limit = 3, .cursor = cursor});
        for (const auto& each : page.friends) listed.push_back(each.user.id);
        cursor = page.cursor;
    } while (!cursor.empty());
    CHECK(listed == std::vector{others[3].user_id(), others[1].user_id(), others[2].user_id(), first});

    const auto invited = co_await client.list_friends(ada, {.limit = 1, .state = friend_state::invite_sent});
    REQUIRE(invited.friends.size() == 1);
    CHECK(invited.friends[0].user.id == others[1].user_id());
    const auto failure = co_await failure_of(
        client.list_friends(ada, {.state = friend_state::blocked, .cursor = invited.cursor}));
    CHECK(failure.server_message() == "Cursor is invalid.");
}

CO_TEST_CASE("friends of friends name who is in between", "[live]") {
    test_server server{io};
    const auto client = server.make_client();
    const auto ada = co_await sign_in(server, client);
    const auto bob = co_await sign_in(server, client);
    const auto cyd = co_await sign_in(server, client);
    co_await befriend(client, ada, bob);
    co_await befriend(client, bob, cyd);
    const auto page = co_await client.list_friends_of_friends(ada, {.limit = 10});
    REQUIRE(page.friends_of_friends.size() == 1);
    CHECK(page.friends_of_friends[0].referrer == bob.user_id());
    CHECK(page.friends_of_friends[0].user.id == cyd.user_id());
    CHECK(page.cursor.empty());
}

CO_TEST_CASE("relations are put into a sandbox and looked at") {
    test_server server{io};
    const auto client = server.make_client();
    const auto ada = co_await sign_in(server, client);
    const auto bob = co_await sign_in(server, client);
    auto friends = server.sandbox().friends();
    friends.put(ada.user_id(), bob.user_id(), friend_state::invite_sent, R"({"n":1})");
    auto bobs = co_await friends_of(client, bob);
    REQUIRE(bobs.size() == 1);
    CHECK(bobs[0].state == friend_state::invite_received);
    CHECK(friends.find(ada.user_id(), bob.user_id())->metadata == R"({"n": 1})");
    CHECK(friends.all(bob.user_id()) == bobs);

    friends.put(bob.user_id(), ada.user_id(), friend_state::blocked);
    CHECK(!friends.find(ada.user_id(), bob.user_id()));
    CHECK(friends.find(bob.user_id(), ada.user_id())->state == friend_state::blocked);
    friends.remove(ada.user_id(), bob.user_id());
    bobs = co_await friends_of(client, bob);
    CHECK(bobs.empty());
    const auto relations = co_await relations_of(client, bob);
    CHECK(relations == 0);

    CHECK_THROWS_AS(friends.put(ada.user_id(), ada.user_id()), std::invalid_argument);
    CHECK_THROWS_AS(friends.put(ada.user_id(), "nobody"), std::invalid_argument);
    CHECK_THROWS_AS(friends.put(ada.user_id(), bob.user_id(), friend_state{4}), std::invalid_argument);
    CHECK_THROWS_AS(friends.put(ada.user_id(), bob.user_id(), friend_state::friend_, "no"),
                    std::invalid_argument);
}
