// Who somebody is: identities, those who vouch for them, what was bought, and how an account ends.
#include "support/failure.hpp"
#include "support/test_server.hpp"

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;
using sandbox::provider;

CO_TEST_CASE("an identity more lets in, and may go while there is another", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto device = server.unique("device"), custom = server.unique("custom"),
               email = server.unique("mail") + "@example.com";
    const auto session = co_await client.authenticate_device({.id = device});
    auto failure = co_await failure_of(client.unlink_device(session, {.id = device}));
    CHECK(failure.http_status() == 403);

    co_await client.link_custom(session, {.id = custom});
    co_await client.link_email(session, {.email = email, .password = "correct horse"});
    const auto again =
        co_await client.authenticate_email({.email = email, .password = "correct horse", .create = false});
    CHECK(again.user_id() == session.user_id());
    const auto other = co_await client.authenticate_device({.id = server.unique("device")});
    failure = co_await failure_of(client.link_custom(other, {.id = custom}));
    CHECK(failure.code() == grpc_code::already_exists);

    co_await client.unlink_device(session, {.id = device});
    co_await client.unlink_custom(session, {.id = custom});
    co_await client.link_custom(other, {.id = custom});
    const auto account = co_await client.get_account(session);
    CHECK(account.devices.empty());
    CHECK(account.custom_id.empty());
    CHECK(account.email == email);
    failure = co_await failure_of(client.unlink_email(session, {.email = email}));
    CHECK(failure.http_status() == 403);
}

CO_TEST_CASE("a provider vouches for whom it was told to") {
    test_server server{io};
    auto client = server.make_client();
    auto providers = server.sandbox().providers();
    auto failure = co_await failure_of(client.authenticate_apple({.token = "apple token"}));
    CHECK(failure.server_message() == "Apple authentication is not configured.");

    providers.accept(provider::apple, "apple token", {.id = "apple-1", .email = "ada@example.com"});
    providers.accept(provider::google, "google token",
                     {.id = "google-1", .display_name = "Ada", .avatar_url = "https://example.com/a"});
    const auto session = co_await client.authenticate_apple({.token = "apple token", .username = "ada"});
    CHECK(session.created());
    failure = co_await failure_of(client.authenticate_apple({.token = "another"}));
    CHECK(failure.server_message() == "Could not authenticate Apple profile.");
    co_await client.link_google(session, {.token = "google token"});

    auto account = co_await client.get_account(session);
    CHECK(account.email == "ada@example.com");
    CHECK(account.user.apple_id == "apple-1");
    CHECK(account.user.google_id == "google-1");
    CHECK(account.user.display_name == "Ada");
    co_await client.unlink_apple(session, {.token = "apple token"});
    account = co_await client.get_account(session);
    CHECK(account.user.apple_id.empty());

    providers.refuse(provider::google, "google token");
    failure = co_await failure_of(client.authenticate_google({.token = "google token"}));
    CHECK(failure.code() == grpc_code::unauthenticated);
}

CO_TEST_CASE("Game Center's signature is good for one player") {
    test_server server{io};
    auto client = server.make_client();
    server.sandbox().providers().accept(provider::game_center, "c2ln", {.id = "player-1"});
    authenticate_game_center_request shown{.player_id = "player-1",
                                           .bundle_id = "com.example",
                                           .timestamp_seconds = 1,
                                           .salt = "c2FsdA==",
                                           .signature = "c2ln",
                                           .public_key_url = "https://example.com/key"};
    const auto session = co_await client.authenticate_game_center(shown);
    CHECK(server.sandbox().accounts().find(session.user_id())->user.gamecenter_id == "player-1");
    shown.player_id = "player-2";
    const auto failure = co_await failure_of(client.authenticate_game_center(shown));
    CHECK(failure.server_message() == "Could not authenticate GameCenter profile.");
}

CO_TEST_CASE("friends at a provider become friends here") {
    test_server server{io};
    auto client = server.make_client();
    auto accounts = server.sandbox().accounts();
    const auto bob = accounts.add({.username = "bob", .facebook_id = "fb-bob"});
    accounts.add({.username = "carol", .facebook_id = "fb-carol"});
    server.sandbox().providers().accept(provider::facebook, "token",
                                        {.id = "fb-ada", .friends = {"fb-bob", "fb-nobody"}});
    const auto session = co_await client.authenticate_facebook({.token = "token", .sync = true});
    auto list = co_await client.list_friends(session);
    REQUIRE(list.friends.size() == 1);
    CHECK(list.friends[0].user.id == bob);
    CHECK(list.friends[0].state == friend_state::friend_);
    CHECK(list.friends[0].metadata == R"({"provider": "facebook"})");

    co_await client.import_facebook_friends(session, {.token = "token"});
    list = co_await client.list_friends(session);
    CHECK(list.friends.size() == 1);
}

CO_TEST_CASE("a store confirms the receipts it was told to") {
    test_server server{io};
    auto client = server.make_client();
    auto purchases = server.sandbox().purchases();
    const auto session = co_await client.authenticate_device({.id = server.unique("device")});
    purchases.accept(store_provider::google_play_store, "receipt",
                     {{.product_id = "sword", .transaction_id = "t-1"}});
    auto sold = co_await client.validate_purchase_google(session, {.purchase = "receipt", .persist = false});
    CHECK(purchases.list().empty());
    for (const bool seen_before : {false, true}) {
        sold = co_await client.validate_purchase_google(session, {.purchase = "receipt"});
        REQUIRE(sold.validated_purchases.size() == 1);
        CHECK(sold.validated_purchases[0].product_id == "sword");
        CHECK(sold.validated_purchases[0].seen_before == seen_before);
    }
    CHECK(purchases.list(session.user_id()).size() == 1);
    const auto failure = co_await failure_of(client.validate_purchase_apple(session, {.receipt = "receipt"}));
    CHECK(failure.server_message() == "Apple IAP is not configured.");
}

CO_TEST_CASE("subscriptions are listed and run out") {
    const auto clock =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
    test_server server{io, {.clock = clock}};
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = server.unique("device")});
    auto purchases = server.sandbox().purchases();
    purchases.accept_subscription(store_provider::apple_app_store, "receipt",
                                  {.product_id = "gold",
                                   .original_transaction_id = "t-1",
                                   .purchase_time = clock->wall_now(),
                                   .expiry_time = clock->wall_now() + 5s});
    const auto answer = co_await client.validate_subscription_apple(session, {.receipt = "receipt"});
    CHECK(answer.validated_subscription.active);
    const auto list = co_await client.list_subscriptions(session);
    CHECK(list.validated_subscriptions.size() == 1);
    auto gold = co_await client.get_subscription(session, {.product_id = "gold"});
    CHECK(gold.active);
    CHECK(gold.store == store_provider::apple_app_store);
    clock->advance(6s);
    gold = co_await client.get_subscription(session, {.product_id = "gold"});
    CHECK(!gold.active);
}

CO_TEST_CASE("the events that clients send can be looked at") {
    test_server server{io};
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = server.unique("device")});
    co_await client.event(session, {.name = "level up", .properties = {{"level", "7"}}});
    const auto events = server.sandbox().events().list();
    REQUIRE(events.size() == 1);
    CHECK(events[0] == sandbox::received_event{.user_id = session.user_id(),
                                               .username = session.username(),
                                               .name = "level up",
                                               .properties = {{"level", "7"}}});
}

CO_TEST_CASE("a banned user is told, shut out and let in again") {
    test_server server{io};
    auto client = server.make_client();
    auto accounts = server.sandbox().accounts();
    const auto device = server.unique("device");
    const auto session = co_await client.authenticate_device({.id = device});
    auto socket = client.create_socket();
    co_await socket.connect(session);
    auto news = socket.stream<notifications>();
    CHECK(accounts.ban(session.user_id()));
    const auto told = co_await news.next();
    REQUIRE(told);
    CHECK(told->notifications.at(0).code == -8);
    const auto more = co_await news.next();
    CHECK(!more);
    CHECK(socket.last_close()->cause == close_cause::banned);
    const auto failure = co_await failure_of(client.authenticate_device({.id = device}));
    CHECK(failure.code() == grpc_code::permission_denied);

    CHECK(accounts.unban(session.user_id()));
    const auto again = co_await client.authenticate_device({.id = device});
    CHECK(again.user_id() == session.user_id());
    CHECK(!accounts.ban("nobody"));
}

CO_TEST_CASE("a deleted account leaves nothing behind") {
    test_server server{io};
    auto client = server.make_client();
    const auto device = server.unique("device");
    const auto ada = co_await client.authenticate_device({.id = device, .username = "ada"});
    const auto bob = co_await client.authenticate_device({.id = server.unique("device")});
    co_await client.add_friends(bob, {.usernames = {"ada"}});
    auto socket = client.create_socket();
    co_await socket.connect(ada);
    auto news = socket.stream<notifications>();
    co_await client.delete_account(ada);
    const auto more = co_await news.next();
    CHECK(!more);
    const auto list = co_await client.list_friends(bob);
    CHECK(list.friends.empty());
    CHECK(server.sandbox().accounts().size() == 1);
    const auto reborn = co_await client.authenticate_device({.id = device, .username = "ada"});
    CHECK(reborn.created());
    CHECK(reborn.user_id() != ada.user_id());
}

CO_TEST_CASE("with single sessions signing in ends the session before") {
    const auto clock =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
    test_server server{io, {.single_session = true, .clock = clock}};
    auto config = server.config();
    config.refresh_lead = 0;
    config.clock = clock;
    const client client{io.get_executor(), config};
    const auto device = server.unique("device");
    const auto first = co_await client.authenticate_device({.id = device});
    clock->advance(1s);
    const auto second = co_await client.authenticate_device({.id = device});
    const auto account = co_await client.get_account(second);
    CHECK(account.user.id == first.user_id());
    const auto failure = co_await failure_of(client.get_account(first));
    CHECK(failure.http_status() == 401);
}
