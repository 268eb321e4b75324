#include "support/failure.hpp"
#include "support/players.hpp"

using namespace nakama;
using namespace nakama::test;

namespace {

std::vector<std::int32_t> codes_of(const std::vector<notification>& notices) {
    std::vector<std::int32_t> codes;
    for (const auto& each : notices) codes.push_back(each.code);
    return codes;
}

} // namespace

CO_TEST_CASE("friendship is notified of, at once and in the list", "[live]") {
    test_server server{io};
    const auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto adas_id = ada.session.user_id(), bobs_id = bob.session.user_id();
    auto ada_hears = ada.socket.stream<notifications>();
    auto bob_hears = bob.socket.stream<notifications>();
    co_await client.add_friends(ada.session, {.ids = {bobs_id}});
    const auto asked = co_await next(bob_hears);
    REQUIRE(codes_of(asked.notifications) == std::vector{-2});
    CHECK(asked.notifications[0].subject == ada.session.username() + " wants to add you as a friend");
    CHECK(asked.notifications[0].content == R"({"username":")" + ada.session.username() + R"("})");
    CHECK(asked.notifications[0].sender_id == adas_id);
    CHECK(asked.notifications[0].persistent);
    co_await client.add_friends(bob.session, {.ids = {adas_id}});
    const auto accepted = co_await next(ada_hears);
    CHECK(codes_of(accepted.notifications) == std::vector{-3});
    co_await client.delete_friends(ada.session, {.ids = {bobs_id}});
    const auto removed = co_await next(bob_hears);
    CHECK(codes_of(removed.notifications) == std::vector{-9});

    const auto kept = co_await client.list_notifications(bob.session, {.limit = 10});
    REQUIRE(codes_of(kept.notifications) == std::vector{-2, -9});
    CHECK(kept.notifications[0].id == asked.notifications[0].id);
    CHECK(kept.notifications[0].content == R"({"username": ")" + ada.session.username() + R"("})");
}

CO_TEST_CASE("what is newer than a cursor is listed, also when the rest is deleted", "[live]") {
    test_server server{io};
    const auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto adas_id = ada.session.user_id();
    const auto nothing = co_await client.list_notifications(ada.session);
    CHECK(nothing.notifications.empty());
    CHECK(!nothing.cacheable_cursor.empty());

    co_await client.add_friends(bob.session, {.ids = {adas_id}});
    const auto first = co_await client.list_notifications(
        ada.session, {.limit = 10, .cacheable_cursor = nothing.cacheable_cursor});
    REQUIRE(codes_of(first.notifications) == std::vector{-2});
    const auto id = first.notifications[0].id;
    co_await client.delete_notifications(ada.session, {.ids = {id}});
    co_await client.delete_friends(bob.session, {.ids = {adas_id}});
    const auto newer = co_await client.list_notifications(
        ada.session, {.limit = 10, .cacheable_cursor = first.cacheable_cursor});
    CHECK(codes_of(newer.notifications) == std::vector{-9});
    const auto all = co_await client.list_notifications(ada.session, {.limit = 10});
    CHECK(all.notifications == newer.notifications);

    auto failure = co_await failure_of(client.list_notifications(ada.session, {.cacheable_cursor = "x"}));
    CHECK(failure.code() == grpc_code::internal);
    failure = co_await failure_of(client.delete_notifications(ada.session, {.ids = {"x"}}));
    CHECK(failure.code() == grpc_code::internal);
}

CO_TEST_CASE("a sandbox sends one, several and everybody a notification") {
    test_server server{io};
    const auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    const auto absent = server.sandbox().accounts().add({});
    const auto adas_id = ada.session.user_id(), bobs_id = bob.session.user_id();
    auto ada_hears = ada.socket.stream<notifications>();
    auto bob_hears = bob.socket.stream<notifications>();
    auto notices = server.sandbox().notifications();

    notices.send(adas_id, {{.subject = "won", .content = R"({"b": "<ü>", "a": 1.50})", .code = 7},
                           {.subject = "seen", .code = 100'000, .sender_id = bobs_id, .persistent = false}});
    const auto both = co_await next(ada_hears);
    REQUIRE(both.notifications.size() == 2);
    CHECK(both.notifications[0].content == R"({"a":1.50,"b":"\u003cü\u003e"})");
    CHECK(both.notifications[0].sender_id == "00000000-0000-0000-0000-000000000000");
    CHECK(both.notifications[1].sender_id == bobs_id);
    CHECK(!both.notifications[1].persistent);
    const auto kept = co_await client.list_notifications(ada.session, {.limit = 10});
    REQUIRE(codes_of(kept.notifications) == std::vector{7});
    CHECK(kept.notifications[0].content == R"({"a": 1.50, "b": "<ü>"})");
    CHECK(kept.notifications[0].sender_id.empty());
    CHECK(notices.all(adas_id) == kept.notifications);

    notices.send_to_all({.subject = "soon", .code = 8, .persistent = false});
    notices.send_to_all({.subject = "maintenance", .code = 9});
    for (auto* hears : {&ada_hears, &bob_hears}) {
        const auto soon = co_await next(*hears);
        CHECK(codes_of(soon.notifications) == std::vector{8});
        const auto later = co_await next(*hears);
        CHECK(codes_of(later.notifications) == std::vector{9});
    }
    CHECK(codes_of(notices.all(absent)) == std::vector{9});

    CHECK_THROWS_AS(notices.send("nobody", {.subject = "x"}), std::invalid_argument);
    CHECK_THROWS_AS(notices.send(adas_id, {.code = 1}), std::invalid_argument);
    CHECK_THROWS_AS(notices.send(adas_id, {.subject = "x", .content = "[]"}), std::invalid_argument);
    CHECK_THROWS_AS(notices.send(adas_id, {.subject = "x", .code = 32768}), std::invalid_argument);
    CHECK_THROWS_AS(notices.send(adas_id, {.subject = std::string(256, 'x')}), std::invalid_argument);
    CHECK_THROWS_AS(notices.send(adas_id, {.subject = "x", .sender_id = "bob"}), std::invalid_argument);
    CHECK(notices.all(adas_id).size() == 2);
}
