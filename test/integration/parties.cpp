#include "support/failure.hpp"
#include "support/party_members.hpp"

using namespace nakama;
using namespace nakama::test;

namespace {

/// A real server's listing is up to a second behind.
asio::awaitable<party_list> list_until(const client& client, const session& session,
                                       list_parties_request request, std::size_t count) {
    for (;;) {
        auto page = co_await client.list_parties(session, request);
        if (page.parties.size() == count) co_return page;
    }
}

} // namespace

CO_TEST_CASE("an open party takes in whoever comes while it has places", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto cyd = co_await enter(server, client);
    auto ada_is_told = ada.socket.stream<party>();
    auto ada_sees = ada.socket.stream<party_presence_event>();

    const std::string label = R"({"mode": "coop", "ü": 1.50})";
    const auto created = co_await ada.socket.party_create({.open = true, .max_size = 2, .label = label});
    CHECK(created.open);
    CHECK(!created.hidden);
    CHECK(created.max_size == 2);
    CHECK(created.label == label);
    CHECK(created.self.user_id == ada.session.user_id());
    CHECK(created.leader == created.self);
    CHECK(created.presences == std::vector{created.self});
    // Once more as an event, which does not tell all.
    auto again = co_await next(ada_is_told);
    CHECK(again.label.empty());
    again.label = label;
    CHECK(again == created);
    co_await see_join(ada_sees, created.self);

    const auto joined = co_await join(bob, created.party_id);
    CHECK(joined.party_id == created.party_id);
    CHECK(joined.self.user_id == bob.session.user_id());
    CHECK(joined.leader == created.self);
    CHECK(joined.presences.size() == 2);
    CHECK(names(joined.presences, joined.self));
    CHECK(joined.label.empty());
    co_await see_join(ada_sees, joined.self);

    const auto failure = co_await failure_of(cyd.socket.party_join({.party_id = created.party_id}));
    CHECK(failure.code() == realtime_code::bad_input);
    CHECK(failure.server_message() == "Error joining party: party full");

    co_await bob.socket.party_leave({.party_id = created.party_id});
    co_await see_leave(ada_sees, joined.self);
    co_await bob.socket.party_leave({.party_id = created.party_id}); // not there, and nobody minds
    const auto instead = co_await join(cyd, created.party_id);
    CHECK(instead.presences.size() == 2);
    co_await see_join(ada_sees, instead.self);
}

CO_TEST_CASE("into a closed party the leader lets in whom he wants", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto cyd = co_await enter(server, client);
    auto requests = ada.socket.stream<party_join_requests>();
    auto ada_sees = ada.socket.stream<party_presence_event>();
    auto bob_is_told = bob.socket.stream<party>(), cyd_is_told = cyd.socket.stream<party>();
    auto bob_is_out = bob.socket.stream<party_close>();

    const auto created = co_await ada.socket.party_create({.max_size = 2});
    const auto& party_id = created.party_id;
    CHECK(!created.open);
    co_await bob.socket.party_join({.party_id = party_id});
    const auto bobs = co_await next(requests);
    REQUIRE(bobs.presences.size() == 1);
    CHECK(bobs.presences[0].user_id == bob.session.user_id());
    auto failure = co_await failure_of(bob.socket.party_join({.party_id = party_id}));
    CHECK(failure.server_message() == "Error joining party: party join request duplicate");
    co_await cyd.socket.party_join({.party_id = party_id});
    const auto cyds = co_await next(requests);
    REQUIRE(cyds.presences.size() == 1);

    auto waiting = co_await ada.socket.party_join_request_list({.party_id = party_id});
    CHECK(waiting.party_id == party_id);
    CHECK(waiting.presences == std::vector{bobs.presences[0], cyds.presences[0]});
    failure = co_await failure_of(bob.socket.party_join_request_list({.party_id = party_id}));
    CHECK(failure.server_message() == "Error listing party join requests: party leader only");

    // Refused, which nobody tells.
    co_await ada.socket.party_remove({.party_id = party_id, .presence = cyds.presences[0]});
    CHECK(!cyd_is_told.try_next());
    // User, session and name have to be right.
    auto wrong = bobs.presences[0];
    wrong.username += "x";
    failure = co_await failure_of(ada.socket.party_accept({.party_id = party_id, .presence = wrong}));
    CHECK(failure.server_message() == "Error accepting party join request: party join request not found");

    co_await ada.socket.party_accept({.party_id = party_id, .presence = bobs.presences[0]});
    const auto joined = co_await next(bob_is_told);
    CHECK(joined.self == bobs.presences[0]);
    CHECK(joined.leader == created.self);
    co_await see_join(ada_sees, joined.self);
    waiting = co_await ada.socket.party_join_request_list({.party_id = party_id});
    CHECK(waiting.presences.empty());
    failure = co_await failure_of(cyd.socket.party_join({.party_id = party_id}));
    CHECK(failure.server_message() == "Error joining party: party full");

    co_await ada.socket.party_remove({.party_id = party_id, .presence = joined.self});
    const auto out = co_await next(bob_is_out);
    CHECK(out.party_id == party_id);
    co_await see_leave(ada_sees, joined.self);
    failure = co_await failure_of(bob.socket.party_data_send({.party_id = party_id}));
    CHECK(failure.server_message() == "Error sending party data: party member not found");
    failure = co_await failure_of(ada.socket.party_remove({.party_id = party_id, .presence = created.self}));
    CHECK(failure.server_message() ==
          "Error removing party member or join request: party cannot remove self");
}

CO_TEST_CASE("a leader promotes another one, and the longest present follows a leader who leaves", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto cyd = co_await enter(server, client);
    const auto created = co_await ada.socket.party_create({.open = true, .max_size = 3});
    const auto& party_id = created.party_id;
    const auto bobs = co_await join(bob, party_id);
    const auto cyds = co_await join(cyd, party_id);
    auto ada_sees = ada.socket.stream<party_leader>(), bob_sees = bob.socket.stream<party_leader>(),
         cyd_sees = cyd.socket.stream<party_leader>();

    co_await ada.socket.party_promote({.party_id = party_id, .presence = cyds.self});
    for (auto* const sees : {&ada_sees, &bob_sees, &cyd_sees}) {
        const auto leader = co_await next(*sees);
        CHECK(leader == party_leader{.party_id = party_id, .presence = cyds.self});
    }
    auto failure =
        co_await failure_of(ada.socket.party_promote({.party_id = party_id, .presence = created.self}));
    CHECK(failure.server_message() == "Error promoting new party leader: party leader only");

    co_await cyd.socket.party_leave({.party_id = party_id});
    auto leader = co_await next(bob_sees);
    CHECK(leader.presence == created.self);
    leader = co_await next(ada_sees);
    CHECK(leader.presence == created.self);

    // The same when a leader's socket ends.
    co_await ada.socket.close();
    leader = co_await next(bob_sees);
    CHECK(leader.presence == bobs.self);
    failure = co_await failure_of(bob.socket.party_promote({.party_id = party_id, .presence = cyds.self}));
    CHECK(failure.server_message() == "Error promoting new party leader: party member not found");
}

CO_TEST_CASE("a party that everybody has left is over", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto created = co_await ada.socket.party_create({.open = true, .max_size = 3});
    const auto joined = co_await join(bob, created.party_id);
    auto bob_sees = bob.socket.stream<party_presence_event>();
    co_await ada.socket.party_leave({.party_id = created.party_id});
    co_await see_leave(bob_sees, created.self);
    co_await bob.socket.party_leave({.party_id = created.party_id});
    if (server.is_live()) co_return; // which may take its time
    const auto failure = co_await failure_of(ada.socket.party_join({.party_id = created.party_id}));
    CHECK(failure.server_message() == "Error joining party: party not found");
}

CO_TEST_CASE("data goes to all of a party but the sender", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto cyd = co_await enter(server, client);
    const auto created = co_await ada.socket.party_create({.open = true, .max_size = 3});
    const auto& party_id = created.party_id;
    const auto joined = co_await join(bob, party_id);
    co_await join(cyd, party_id);
    auto ada_gets = ada.socket.stream<party_data>(), bob_gets = bob.socket.stream<party_data>(),
         cyd_gets = cyd.socket.stream<party_data>();

    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    co_await ada.socket.party_data_send({.party_id = party_id, .op_code = -1, .data = bytes});
    for (auto* const gets : {&bob_gets, &cyd_gets}) {
        const auto data = co_await next(*gets);
        CHECK(data ==
              party_data{.party_id = party_id, .presence = created.self, .op_code = -1, .data = bytes});
    }
    co_await bob.socket.party_data_send({.party_id = party_id});
    const auto data = co_await next(ada_gets);
    CHECK(data == party_data{.party_id = party_id, .presence = joined.self});
    CHECK(!bob_gets.try_next());
}

CO_TEST_CASE("an update replaces what is known of a party, and everybody hears of it first", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto cyd = co_await enter(server, client);
    const auto created =
        co_await ada.socket.party_create({.open = true, .max_size = 3, .label = R"({"a":1})"});
    const auto& party_id = created.party_id;
    co_await join(bob, party_id);
    auto ada_hears = ada.socket.stream<party_update>(), bob_hears = bob.socket.stream<party_update>();

    co_await ada.socket.party_update({.party_id = party_id, .label = R"({"a":2})"});
    const auto own = ada_hears.try_next();
    CHECK(own == party_update{.party_id = party_id, .label = R"({"a":2})"});
    auto heard = co_await next(bob_hears);
    CHECK(heard == *own);
    // It is closed now.
    auto requests = ada.socket.stream<party_join_requests>();
    co_await cyd.socket.party_join({.party_id = party_id});
    const auto asked = co_await next(requests);
    CHECK(asked.presences.size() == 1);

    co_await ada.socket.party_update({.party_id = party_id, .open = true, .hidden = true});
    heard = co_await next(bob_hears);
    CHECK(heard == party_update{.party_id = party_id, .open = true, .hidden = true});

    auto failure = co_await failure_of(
        ada.socket.party_update({.party_id = party_id, .label = R"({"a":3})", .hidden = true}));
    CHECK(failure.code() == realtime_code::bad_input);
    CHECK(failure.server_message() ==
          "Error updating party: party is hidden and label is not empty, invalid operation");
    failure = co_await failure_of(bob.socket.party_update({.party_id = party_id, .open = true}));
    CHECK(failure.server_message() == "Error updating party: party leader only");
    failure = co_await failure_of(ada.socket.party_update({.party_id = party_id, .label = "[]"}));
    CHECK(failure.server_message().starts_with("Error updating party: failed to unmarshal party label"));
}

CO_TEST_CASE("closing a party is told to its members, and it is gone", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto created = co_await ada.socket.party_create({.open = true, .max_size = 3, .hidden = true});
    CHECK(created.hidden);
    const auto& party_id = created.party_id;
    co_await join(bob, party_id);
    auto ada_hears = ada.socket.stream<party_close>(), bob_hears = bob.socket.stream<party_close>();

    auto failure = co_await failure_of(bob.socket.party_close({.party_id = party_id}));
    CHECK(failure.server_message() == "Error closing party: party leader only");
    const auto nobody = "+properties.tag:" + server.unique("tag");
    for (int i = 0; i < 3; ++i)
        co_await ada.socket.party_matchmaker_add(
            {.party_id = party_id, .min_count = 2, .max_count = 9, .query = nobody});
    co_await ada.socket.party_close({.party_id = party_id});
    // Its tickets are gone, else this would be one too many.
    co_await bob.socket.matchmaker_add({.min_count = 2, .max_count = 9, .query = nobody});
    CHECK(ada_hears.try_next() == party_close{.party_id = party_id});
    const auto heard = co_await next(bob_hears);
    CHECK(heard.party_id == party_id);
    failure = co_await failure_of(ada.socket.party_close({.party_id = party_id}));
    CHECK(failure.code() == realtime_code::bad_input);
    CHECK(failure.server_message() == "Error closing party: party not found");
}

CO_TEST_CASE("what makes no sense to a party is refused, and the socket stays open", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto& socket = ada.socket;
    const auto said = [](const error& failure) {
        CHECK(failure.code() == realtime_code::bad_input);
        return failure.server_message();
    };

    auto failure = co_await failure_of(socket.party_create({.max_size = 257}));
    CHECK(said(failure) == "Invalid party max size, must be 1-256");
    failure = co_await failure_of(socket.party_create({.max_size = 2, .label = "no"}));
    CHECK(said(failure).starts_with("Error creating party: failed to unmarshal party label"));
    const auto long_label = "{\"a\":\"" + std::string(2041, 'x') + "\"}";
    failure = co_await failure_of(socket.party_create({.max_size = 2, .label = long_label}));
    CHECK(said(failure) == "Error creating party: party label too long");
    failure = co_await failure_of(socket.party_join({.party_id = "no party"}));
    CHECK(said(failure) == "Invalid party ID");
    failure = co_await failure_of(socket.party_leave({.party_id = "no party."}));
    CHECK(said(failure) == "Invalid party ID");
    const std::string unknown = "11111111-2222-4333-8444-555555555555.nakama";
    failure = co_await failure_of(socket.party_data_send({.party_id = unknown}));
    CHECK(said(failure) == "Error sending party data: party not found");
    co_await socket.party_leave({.party_id = unknown}); // not there, and nobody minds

    // On creation a hidden party may have a label.
    const auto created =
        co_await socket.party_create({.open = true, .max_size = 2, .label = R"({"a":1})", .hidden = true});
    const auto& party_id = created.party_id;
    const user_presence nameless{.user_id = created.self.user_id, .session_id = created.self.session_id};
    failure = co_await failure_of(socket.party_promote({.party_id = party_id, .presence = nameless}));
    CHECK(said(failure) == "Invalid presence");
    failure = co_await failure_of(
        socket.party_matchmaker_add({.party_id = party_id, .min_count = 1, .max_count = 2}));
    CHECK(said(failure) == "Invalid minimum count, must be >= 2");
    failure = co_await failure_of(socket.party_matchmaker_add(
        {.party_id = party_id, .min_count = 2, .max_count = 2, .query = "+properties.a:\"open"}));
    CHECK(said(failure) == "Error adding party to matchmaker: matchmaker query invalid");
    failure = co_await failure_of(
        bob.socket.party_matchmaker_add({.party_id = party_id, .min_count = 2, .max_count = 2}));
    CHECK(said(failure) == "Error adding party to matchmaker: party leader only");
    failure = co_await failure_of(socket.party_matchmaker_remove({.party_id = party_id}));
    CHECK(said(failure) == "Invalid matchmaker ticket");
    CHECK(socket.is_connected());
}

CO_TEST_CASE("a party without places is only good for being closed", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto ada_hears = ada.socket.stream<party_close>();
    const auto created = co_await ada.socket.party_create({.open = true});
    auto failure = co_await failure_of(bob.socket.party_join({.party_id = created.party_id}));
    CHECK(failure.server_message() == "Error joining party: party full");
    failure = co_await failure_of(ada.socket.party_data_send({.party_id = created.party_id}));
    CHECK(failure.server_message() == "Error sending party data: party member not found");
    co_await ada.socket.party_close({.party_id = created.party_id});
    const auto heard = co_await next(ada_hears);
    CHECK(heard.party_id == created.party_id);
}

// Not on a real server: a party without places and without a member would end it.
CO_TEST_CASE("who asked and is gone cannot be let in") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto requests = ada.socket.stream<party_join_requests>();
    const auto created = co_await ada.socket.party_create({.max_size = 2});
    co_await bob.socket.party_join({.party_id = created.party_id});
    const auto asked = co_await next(requests);
    co_await bob.socket.close();
    const auto accept = [&] {
        return ada.socket.party_accept({.party_id = created.party_id, .presence = asked.presences.at(0)});
    };
    auto failure = co_await failure_of(accept());
    CHECK(failure.server_message() == "Error accepting party join request: party could not accept request");
    failure = co_await failure_of(accept());
    CHECK(failure.server_message() == "Error accepting party join request: party join request not found");
}

CO_TEST_CASE("parties are found by their labels, the hidden ones are not", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    const auto tag = server.unique("tag");
    const auto label = R"({"tag": ")" + tag + R"(", "deep": {"on": true, "n": 3}, "of": ["a", "b"]})";
    const auto open = co_await ada.socket.party_create({.open = true, .max_size = 4, .label = label});
    co_await ada.socket.party_create({.open = true, .max_size = 4, .label = label, .hidden = true});
    const auto other = "{\"tag\":\"" + tag + "\"}";
    const auto closed = co_await ada.socket.party_create({.max_size = 2, .label = other});

    const auto query = "+label.tag:" + tag;
    const auto both = co_await with_deadline(list_until(client, ada.session, {.query = query}, 2), patience);
    CHECK(both.cursor.empty());
    const std::size_t at = both.parties[0].open ? 0 : 1; // their order is not promised
    CHECK(both.parties[at] ==
          listed_party{.party_id = open.party_id, .open = true, .max_size = 4, .label = label});
    CHECK(both.parties[1 - at] == listed_party{.party_id = closed.party_id, .max_size = 2, .label = other});

    for (const char* more : {" +label.deep.on:T", " +label.deep.n:>2", " +label.of:b"}) {
        const auto narrowed = query + more;
        const auto page = co_await client.list_parties(ada.session, {.open = true, .query = narrowed});
        REQUIRE(page.parties.size() == 1);
        CHECK(page.parties[0].party_id == open.party_id);
    }
    auto page = co_await client.list_parties(ada.session, {.open = false, .query = query});
    REQUIRE(page.parties.size() == 1);
    CHECK(page.parties[0].party_id == closed.party_id);

    page = co_await client.list_parties(ada.session, {.limit = 1, .query = query});
    REQUIRE(page.parties.size() == 1);
    REQUIRE(!page.cursor.empty());
    const auto first = page.parties[0].party_id;
    const auto cursor = page.cursor;
    page = co_await client.list_parties(ada.session, {.limit = 1, .query = query, .cursor = cursor});
    REQUIRE(page.parties.size() == 1);
    CHECK(page.parties[0].party_id != first);
    CHECK(page.cursor.empty());
    const auto failure =
        co_await failure_of(client.list_parties(ada.session, {.limit = 2, .query = query, .cursor = cursor}));
    CHECK(failure.http_status() == 500);

    co_await ada.socket.party_close({.party_id = open.party_id});
    page = co_await with_deadline(list_until(client, ada.session, {.query = query}, 1), patience);
    CHECK(page.parties[0].party_id == closed.party_id);
}

CO_TEST_CASE("one is told of a party before its joins, and of a new leader before the old one's leave",
             "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto ada_sees = ada.socket.stream<party_presence_event>(),
         bob_sees = bob.socket.stream<party_presence_event>();
    std::vector<std::string> told;
    bob.socket.on_party([&](const party&) { told.emplace_back("party"); });
    bob.socket.on_party_leader([&](const party_leader&) { told.emplace_back("leader"); });
    bob.socket.on_party_presence_event([&](const party_presence_event& event) {
        told.emplace_back(event.leaves.empty() ? "join" : "leave");
    });

    const auto created = co_await ada.socket.party_create({.open = true, .max_size = 2});
    co_await see_join(ada_sees, created.self); // else a real server may tell those who come next
    const auto joined = co_await join(bob, created.party_id);
    co_await see_join(bob_sees, joined.self);
    co_await ada.socket.party_leave({.party_id = created.party_id});
    co_await see_leave(bob_sees, created.self);
    CHECK(told == std::vector<std::string>{"party", "join", "leader", "leave"});
}

// Not on a real server, which may remember the party for a while.
CO_TEST_CASE("a party does not outlive its members' sockets") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto ada_ends = ada.socket.stream<party_close>(), bob_ends = bob.socket.stream<party_close>();
    const auto created = co_await ada.socket.party_create({.open = true, .max_size = 2});
    co_await join(bob, created.party_id);
    server.sandbox().disconnect_all();
    for (auto* const ends : {&ada_ends, &bob_ends}) {
        const auto end = co_await with_deadline(ends->next(), patience);
        CHECK(!end);
    }
    const auto page = co_await client.list_parties(ada.session);
    CHECK(page.parties.empty());
}
