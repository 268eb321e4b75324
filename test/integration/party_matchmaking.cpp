#include "support/failure.hpp"
#include "support/party_members.hpp"

using namespace nakama;
using namespace nakama::test;

namespace {

/// Fails unless the party's ticket is void already.
asio::awaitable<void> miss_ticket(player& leader, party_matchmaker_ticket gone) {
    const auto failure = co_await failure_of(
        leader.socket.party_matchmaker_remove({.party_id = gone.party_id, .ticket = gone.ticket}));
    CHECK(failure.server_message() == "Error closing party: matchmaker ticket not found");
}

} // namespace

CO_TEST_CASE("the members of a party come into the same match", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto cyd = co_await enter(server, client);
    auto ada_matched = ada.socket.stream<matchmaker_matched>(),
         bob_matched = bob.socket.stream<matchmaker_matched>(),
         cyd_matched = cyd.socket.stream<matchmaker_matched>();
    auto bob_is_told = bob.socket.stream<party_matchmaker_ticket>();
    const auto created = co_await ada.socket.party_create({.open = true, .max_size = 2});
    const auto joined = co_await join(bob, created.party_id);
    const auto tag = server.unique("tag");
    const auto query = "+properties.tag:" + tag;

    const auto partys = co_await ada.socket.party_matchmaker_add({.party_id = created.party_id,
                                                                  .min_count = 3,
                                                                  .max_count = 3,
                                                                  .query = query,
                                                                  .string_properties = {{"tag", tag}},
                                                                  .numeric_properties = {{"rank", 1.5}}});
    CHECK(partys.party_id == created.party_id);
    const auto bobs = co_await next(bob_is_told);
    CHECK(bobs == partys);
    const auto cyds = co_await cyd.socket.matchmaker_add(
        {.min_count = 3, .max_count = 3, .query = query, .string_properties = {{"tag", tag}}});

    const auto for_ada = co_await next(ada_matched);
    const auto for_bob = co_await next(bob_matched);
    const auto for_cyd = co_await next(cyd_matched);
    CHECK(for_ada.ticket == partys.ticket);
    CHECK(for_bob.ticket == partys.ticket);
    CHECK(for_cyd.ticket == cyds.ticket);
    REQUIRE(for_ada.users.size() == 3);
    CHECK(for_bob.users == for_ada.users);
    CHECK(for_cyd.users == for_ada.users);
    CHECK(for_bob.self.presence == joined.self);
    CHECK(for_bob.self.party_id == created.party_id);
    CHECK(for_bob.self.numeric_properties == std::map<std::string, double>{{"rank", 1.5}});
    CHECK(for_cyd.self.party_id.empty());

    const auto left = co_await bob.socket.match_join({.token = for_bob.token});
    const auto right = co_await cyd.socket.match_join({.token = for_cyd.token});
    CHECK(left.match_id == right.match_id);
}

CO_TEST_CASE("a change of members cancels a party's tickets", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto ada_sees = ada.socket.stream<party_presence_event>();
    const auto created = co_await ada.socket.party_create({.open = true, .max_size = 3});
    const auto& party_id = created.party_id;
    const auto nobody = "+properties.tag:" + server.unique("tag");
    const party_matchmaker_add_request wish{
        .party_id = party_id, .min_count = 2, .max_count = 9, .query = nobody};

    auto ticket = co_await ada.socket.party_matchmaker_add(wish);
    const auto joined = co_await join(bob, party_id);
    auto failure = co_await failure_of(
        ada.socket.party_matchmaker_remove({.party_id = party_id, .ticket = ticket.ticket}));
    CHECK(failure.code() == realtime_code::bad_input);
    CHECK(failure.server_message() == "Error closing party: matchmaker ticket not found");

    ticket = co_await ada.socket.party_matchmaker_add(wish);
    failure = co_await failure_of(
        bob.socket.party_matchmaker_remove({.party_id = party_id, .ticket = ticket.ticket}));
    CHECK(failure.server_message() == "Error closing party: party leader only");
    failure = co_await failure_of(bob.socket.matchmaker_remove({.ticket = ticket.ticket}));
    CHECK(failure.server_message() == "Matchmaker ticket not found");
    co_await bob.socket.close();
    co_await see_leave(ada_sees, joined.self);
    failure = co_await failure_of(
        ada.socket.party_matchmaker_remove({.party_id = party_id, .ticket = ticket.ticket}));
    CHECK(failure.server_message() == "Error closing party: matchmaker ticket not found");

    // One's own doing takes it away too; and there are three at most.
    for (int i = 0; i < 3; ++i) ticket = co_await ada.socket.party_matchmaker_add(wish);
    failure = co_await failure_of(ada.socket.party_matchmaker_add(wish));
    CHECK(failure.server_message() == "Error adding party to matchmaker: matchmaker too many tickets");
    co_await ada.socket.party_matchmaker_remove({.party_id = party_id, .ticket = ticket.ticket});
    co_await ada.socket.party_matchmaker_add(wish);
}

CO_TEST_CASE("letting in, removing and leaving cancel a party's tickets", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    auto ada_sees = ada.socket.stream<party_presence_event>();
    auto requests = ada.socket.stream<party_join_requests>();
    auto bob_is_told = bob.socket.stream<party>();
    const auto created = co_await ada.socket.party_create({.max_size = 2});
    const auto& party_id = created.party_id;
    const auto nobody = "+properties.tag:" + server.unique("tag");
    const party_matchmaker_add_request wish{
        .party_id = party_id, .min_count = 2, .max_count = 9, .query = nobody};

    for (const bool removed : {true, false}) {
        co_await bob.socket.party_join({.party_id = party_id});
        const auto asked = co_await next(requests);
        const auto bobs = asked.presences.at(0);
        auto ticket = co_await ada.socket.party_matchmaker_add(wish);
        co_await ada.socket.party_accept({.party_id = party_id, .presence = bobs});
        co_await miss_ticket(ada, ticket);
        co_await next(bob_is_told);

        ticket = co_await ada.socket.party_matchmaker_add(wish);
        if (removed) co_await ada.socket.party_remove({.party_id = party_id, .presence = bobs});
        else co_await bob.socket.party_leave({.party_id = party_id});
        co_await see_leave(ada_sees, bobs);
        co_await miss_ticket(ada, ticket);
    }

    // Who is only asked for, or is refused, changes nothing.
    const auto ticket = co_await ada.socket.party_matchmaker_add(wish);
    co_await bob.socket.party_join({.party_id = party_id});
    const auto asked = co_await next(requests);
    co_await ada.socket.party_remove({.party_id = party_id, .presence = asked.presences.at(0)});
    co_await ada.socket.party_matchmaker_remove({.party_id = party_id, .ticket = ticket.ticket});
}

CO_TEST_CASE("a party without members is no party for the matchmaker") {
    test_server server{io};
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    const auto created = co_await ada.socket.party_create({.open = true});
    const auto failure = co_await failure_of(
        ada.socket.party_matchmaker_add({.party_id = created.party_id, .min_count = 2, .max_count = 2}));
    CHECK(failure.code() == realtime_code::bad_input);
    CHECK(ada.socket.is_connected());
}

// Not on a real server, which may take a while to notice.
