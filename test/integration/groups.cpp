#include "support/failure.hpp"
#include "support/players.hpp"

#include <stdexcept>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;

namespace {

constexpr auto banned = static_cast<group_user_state>(4);

/// What a user is in a group; nothing if that is not listed.
asio::awaitable<std::optional<group_user_state>> state_in(const client& client, const session& asking,
                                                          std::string group_id, std::string user_id,
                                                          std::optional<group_user_state> only = {}) {
    const auto list =
        co_await client.list_group_users(asking, {.group_id = group_id, .limit = 100, .state = only});
    for (const group_user& one : list.group_users)
        if (one.user.id == user_id) co_return one.state;
    co_return std::nullopt;
}

std::vector<std::string> names_of(const group_list& page) {
    std::vector<std::string> names;
    for (const group& one : page.groups) names.push_back(one.name);
    return names;
}

} // namespace

CO_TEST_CASE("who asks to join a closed group is let in, rises, falls and is thrown out", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto bob_id = bob.session.user_id();
    auto ada_is_told = ada.socket.stream<notifications>();
    auto bob_is_told = bob.socket.stream<notifications>();

    const auto name = server.unique("group ü");
    const auto group = co_await client.create_group(ada.session, {.name = name, .max_count = 5});
    CHECK(group.creator_id == ada.session.user_id());
    CHECK(group.name == name);
    CHECK(group.open == false);
    CHECK(group.edge_count == 1);
    CHECK(group.lang_tag == "en");
    const auto state = [&](std::optional<group_user_state> only = {}) {
        return state_in(client, ada.session, group.id, bob_id, only);
    };

    co_await client.join_group(bob.session, {.group_id = group.id});
    auto told = co_await next(ada_is_told);
    CHECK(told.notifications.at(0).code == -5);
    CHECK(told.notifications.at(0).sender_id == bob_id);
    auto is = co_await state();
    CHECK(is == group_user_state::join_request);

    co_await client.add_group_users(ada.session, {.group_id = group.id, .user_ids = {bob_id}});
    told = co_await next(bob_is_told);
    CHECK(told.notifications.at(0).code == -4);
    CHECK(told.notifications.at(0).subject == "You've been added to group " + name);
    is = co_await state();
    CHECK(is == group_user_state::member);

    co_await client.promote_group_users(ada.session, {.group_id = group.id, .user_ids = {bob_id}});
    is = co_await state();
    CHECK(is == group_user_state::admin);
    co_await client.demote_group_users(ada.session, {.group_id = group.id, .user_ids = {bob_id}});
    is = co_await state();
    CHECK(is == group_user_state::member);
    const auto denied = co_await failure_of(
        client.kick_group_users(bob.session, {.group_id = group.id, .user_ids = {ada.session.user_id()}}));
    CHECK(denied.code() == grpc_code::not_found);

    co_await client.kick_group_users(ada.session, {.group_id = group.id, .user_ids = {bob_id}});
    is = co_await state();
    CHECK(!is);
    co_await client.add_group_users(ada.session, {.group_id = group.id, .user_ids = {bob_id}});
    co_await client.ban_group_users(ada.session, {.group_id = group.id, .user_ids = {bob_id}});
    co_await client.join_group(bob.session, {.group_id = group.id});
    is = co_await state();
    CHECK(!is);
    is = co_await state(banned);
    CHECK(is == banned);
    const auto found = co_await client.list_groups(ada.session, {.name = name});
    CHECK(found.groups.at(0).edge_count == 1);
}

CO_TEST_CASE("groups are found by their names, a page at a time", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto ada = co_await client.authenticate_device({.id = server.unique("device")});
    const auto prefix = server.unique("found");
    const std::vector<std::string> names{prefix + " a", prefix + " b", prefix + " c"};
    for (const auto& name : {names[2], names[0], names[1]})
        co_await client.create_group(ada, {.name = name, .lang_tag = "fr", .open = true});

    const auto pattern = prefix + "%";
    auto page = co_await client.list_groups(ada, {.name = pattern, .limit = 2});
    CHECK(names_of(page) == std::vector{names[0], names[1]});
    REQUIRE(!page.cursor.empty());
    page = co_await client.list_groups(ada, {.name = pattern, .cursor = page.cursor, .limit = 2});
    CHECK(names_of(page) == std::vector{names[2]});
    CHECK(page.cursor.empty());
    auto failure = co_await failure_of(client.list_groups(ada, {.name = pattern, .open = true}));
    CHECK(failure.server_message() == "name filter cannot be combined with any other filter");
    failure = co_await failure_of(client.create_group(ada, {.name = names[0]}));
    CHECK(failure.code() == grpc_code::already_exists);

    // The groups of a user, the oldest first.
    std::vector<std::string> own;
    std::string cursor;
    do {
        auto mine =
            co_await client.list_user_groups(ada, {.user_id = ada.user_id(), .limit = 2, .cursor = cursor});
        for (const user_group& one : mine.user_groups) {
            CHECK(one.state == user_group_state::superadmin);
            own.push_back(one.group.name);
        }
        cursor = mine.cursor;
    } while (!cursor.empty());
    CHECK(own == std::vector{names[2], names[0], names[1]});
}

CO_TEST_CASE("a group is changed by its admins, left by all but the last superadmin, and deleted", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto ada = co_await client.authenticate_device({.id = server.unique("device")});
    const auto bob = co_await client.authenticate_device({.id = server.unique("device")});
    const auto cyd = co_await client.authenticate_device({.id = server.unique("device")});
    const auto name = server.unique("group");
    const auto group = co_await client.create_group(ada, {.name = name, .open = true, .max_count = 2});

    co_await client.join_group(bob, {.group_id = group.id});
    auto failure = co_await failure_of(client.join_group(cyd, {.group_id = group.id}));
    CHECK(failure.code() == grpc_code::invalid_argument);
    CHECK(failure.server_message() == "Group is full.");
    failure = co_await failure_of(client.leave_group(ada, {.group_id = group.id}));
    CHECK(failure.server_message() == "Cannot leave group when you are the last superadmin.");
    failure = co_await failure_of(client.update_group(bob, {.group_id = group.id, .description = "mine"}));
    CHECK(failure.code() == grpc_code::not_found);

    co_await client.update_group(ada, {.group_id = group.id, .description = "ours", .open = false});
    auto found = co_await client.list_groups(ada, {.name = name});
    CHECK(found.groups.at(0).description == "ours");
    CHECK(found.groups.at(0).open == false);
    CHECK(found.groups.at(0).edge_count == 2);
    co_await client.leave_group(bob, {.group_id = group.id});
    found = co_await client.list_groups(ada, {.name = name});
    CHECK(found.groups.at(0).edge_count == 1);

    failure = co_await failure_of(client.delete_group(bob, {.group_id = group.id}));
    CHECK(failure.code() == grpc_code::invalid_argument);
    co_await client.delete_group(ada, {.group_id = group.id});
    found = co_await client.list_groups(ada, {.name = name});
    CHECK(found.groups.empty());
}

CO_TEST_CASE("the last one to leave a group takes it along", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto ada = co_await client.authenticate_device({.id = server.unique("device")});
    const auto name = server.unique("group");
    const auto group = co_await client.create_group(ada, {.name = name});
    co_await client.leave_group(ada, {.group_id = group.id});
    const auto found = co_await client.list_groups(ada, {.name = name});
    CHECK(found.groups.empty());
}

CO_TEST_CASE("groups are put into the sandbox and looked at there") {
    test_server server{io};
    auto client = server.make_client();
    auto groups = server.sandbox().groups();
    const auto ada = co_await client.authenticate_device({.id = "device-0000000001"});
    const auto bob = server.sandbox().accounts().add({.username = "bob"});
    const auto cyd = server.sandbox().accounts().add({.username = "cyd"});
    const auto id = groups.create({.name = "the old ones",
                                   .creator_id = bob,
                                   .metadata = R"({"long":1,"a":[]})",
                                   .open = true,
                                   .max_count = 2});
    groups.add(id, ada.user_id());
    groups.add(id, cyd, banned);
    CHECK(groups.size() == 1);
    CHECK(groups.find(id)->edge_count == 2);
    CHECK(groups.find_by_name("the old ones")->id == id);
    CHECK(!groups.find_by_name("the new ones"));
    const auto members = groups.members(id);
    REQUIRE(members.size() == 3);
    CHECK(members[0].user_id == bob);
    CHECK(members[0].state == group_user_state::superadmin);
    CHECK(members[1].user_id == ada.user_id());
    CHECK(members[2].state == banned);

    const auto list = co_await client.list_user_groups(ada, {.user_id = ada.user_id()});
    CHECK(list.user_groups.at(0).state == user_group_state::member);
    CHECK(list.user_groups.at(0).group.metadata == R"({"a": [], "long": 1})");

    CHECK_THROWS_AS(groups.add(id, cyd), std::invalid_argument); // full
    CHECK_THROWS_AS(groups.add(id, "nobody"), std::invalid_argument);
    CHECK_THROWS_AS(groups.add(bob, cyd), std::invalid_argument);
    CHECK_THROWS_AS(groups.add(id, cyd, static_cast<group_user_state>(5)), std::invalid_argument);
    CHECK_THROWS_AS(groups.create({.name = "the old ones", .creator_id = bob}), std::invalid_argument);
    CHECK_THROWS_AS(groups.create({.id = id, .name = "new", .creator_id = bob}), std::invalid_argument);
    CHECK_THROWS_AS(groups.create({.name = "new", .creator_id = "nobody"}), std::invalid_argument);
    CHECK_THROWS_AS(groups.create({.name = "new", .creator_id = bob, .metadata = "{"}),
                    std::invalid_argument);
    CHECK_THROWS_AS(groups.create({.name = "new", .creator_id = bob, .max_count = 0}), std::invalid_argument);
    server.sandbox().stop();
    CHECK(server.sandbox().groups().size() == 0);
    CHECK_THROWS_AS(server.sandbox().groups().create({.name = "new", .creator_id = bob}), std::logic_error);
}
