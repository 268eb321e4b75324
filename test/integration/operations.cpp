#include "support/failure.hpp"
#include "support/test_server.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <map>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

CO_TEST_CASE("signing in with a device makes an account once", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto device = server.unique("device"), name = server.unique("name");
    const auto first =
        co_await client.authenticate_device({.id = device, .vars = {{"k", "ü\"x\""}}, .username = name});
    CHECK(first.created());
    CHECK(first.username() == name);
    CHECK(first.vars() == std::map<std::string, std::string>{{"k", "ü\"x\""}});
    CHECK(!first.is_expired());
    CHECK(first.issued_at() <= first.expires_at());
    CHECK(!first.refresh_token().empty());

    const auto second = co_await client.authenticate_device({.id = device, .create = false});
    CHECK(!second.created());
    CHECK(second.user_id() == first.user_id());
    CHECK(second.vars().empty());
}

CO_TEST_CASE("signing in with an email address needs its password", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto email = server.unique("mail") + "@example.com", name = server.unique("name");
    const auto session = co_await client.authenticate_email(
        {.email = email, .password = "correct horse 🐎", .username = name});
    CHECK(session.created());

    auto failure =
        co_await failure_of(client.authenticate_email({.email = email, .password = "wrong password"}));
    CHECK(failure.code() == grpc_code::unauthenticated);
    CHECK(failure.server_message() == "Invalid credentials.");
    failure = co_await failure_of(client.authenticate_email({.email = email, .password = "short"}));
    CHECK(failure.code() == grpc_code::invalid_argument);

    const auto by_name =
        co_await client.authenticate_email({.password = "correct horse 🐎", .username = name});
    CHECK(by_name.user_id() == session.user_id());
}

CO_TEST_CASE("signing in with a custom id", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto id = server.unique("ключ-日本");
    const auto session = co_await client.authenticate_custom({.id = id});
    CHECK(session.created());
    const auto account = co_await client.get_account(session);
    CHECK(account.custom_id == id);
    CHECK(account.user.id == session.user_id());
    CHECK(account.user.lang_tag == "en");
    CHECK(account.wallet == "{}");
    CHECK(account.user.create_time > timestamp{});
}

CO_TEST_CASE("refusals to sign in carry the server's code and text", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto failure =
        co_await failure_of(client.authenticate_device({.id = server.unique("device"), .create = false}));
    CHECK(failure.code() == grpc_code::not_found);
    CHECK(failure.http_status() == 404);
    CHECK(std::string{failure.what()} ==
          "authenticate_device: not found (HTTP 404): User account not found.");
    failure = co_await failure_of(client.authenticate_device({.id = "short"}));
    CHECK(failure.server_message() == "Device ID invalid, must be 10-128 bytes.");
    failure = co_await failure_of(client.authenticate_device({}));
    CHECK(failure.server_message() == "Device ID is required.");

    const auto taken = server.unique("taken");
    co_await client.authenticate_device({.id = server.unique("device"), .username = taken});
    failure =
        co_await failure_of(client.authenticate_device({.id = server.unique("device"), .username = taken}));
    CHECK(failure.code() == grpc_code::already_exists);
}

CO_TEST_CASE("a wrong server key is refused", "[live]") {
    test_server server{io};
    auto config = server.config();
    config.server_key = "wrong";
    const client client{io.get_executor(), config};
    const auto failure = co_await failure_of(client.authenticate_device({.id = "device-0000000001"}));
    CHECK(failure.code() == grpc_code::unauthenticated);
    CHECK(failure.http_status() == 401);
    CHECK(failure.server_message() == "Server key invalid");
}

CO_TEST_CASE("an account keeps what is updated and loses what is cleared", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = server.unique("device")});
    const std::string odd = "Zoë \"q\" \\ / \u2028 日本 🎮 \t<&>";
    co_await client.update_account(
        session, {.display_name = odd, .avatar_url = "a", .lang_tag = "fr", .location = "Paris"});
    auto account = co_await client.get_account(session);
    CHECK(account.user.display_name == odd);
    CHECK(account.user.lang_tag == "fr");
    CHECK(account.user.location == "Paris");

    co_await client.update_account(session, {.display_name = "", .timezone = "Europe/Paris"});
    account = co_await client.get_account(session);
    CHECK(account.user.display_name == "");
    CHECK(account.user.location == "Paris");
    CHECK(account.user.timezone == "Europe/Paris");

    const auto failure = co_await failure_of(client.update_account(session, {}));
    CHECK(failure.code() == grpc_code::invalid_argument);
}

CO_TEST_CASE("a refreshed session goes on, with new variables if asked for", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    auto session = co_await client.authenticate_device({.id = server.unique("device"), .vars = {{"a", "1"}}});
    const auto copy = session;
    const auto user = session.user_id();
    co_await client.session_refresh(session);
    CHECK(copy.user_id() == user);
    CHECK(copy.vars() == std::map<std::string, std::string>{{"a", "1"}});
    co_await client.session_refresh(session, {.vars = {{"b", "2"}}});
    CHECK(copy.vars() == std::map<std::string, std::string>{{"b", "2"}});
    co_await client.get_account(copy);
}

CO_TEST_CASE("a session that was logged out is over", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = server.unique("device")});
    co_await client.session_logout(session);
    auto failure = co_await failure_of(client.get_account(session));
    CHECK(failure.code() == errc::session_expired);
    CHECK(failure.http_status() == 401);
    failure = co_await failure_of(client.session_refresh(session));
    CHECK(failure.code() == errc::session_expired);
    // Without its refresh token it is refused as it is.
    const nakama::session bare{session.token(), ""};
    failure = co_await failure_of(client.get_account(bare));
    CHECK(failure.code() == grpc_code::unauthenticated);
    CHECK(failure.server_message() == "Auth token invalid");
}

CO_TEST_CASE("somebody new has no friends", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = server.unique("device")});
    const auto page = co_await client.list_friends(session, {.limit = 10, .state = friend_state::friend_});
    CHECK(page.friends.empty());
    CHECK(page.cursor.empty());
    auto failure = co_await failure_of(client.list_friends(session, {.limit = 1001}));
    CHECK(failure.code() == grpc_code::invalid_argument);
    failure = co_await failure_of(client.list_friends(session, {.cursor = "no cursor"}));
    CHECK(failure.code() == grpc_code::invalid_argument);
}

CO_TEST_CASE("a function that is not there is not found", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = server.unique("device")});
    const auto failure = co_await failure_of(client.rpc(session, {.id = "no_such_function"}));
    CHECK(failure.code() == grpc_code::not_found);
    CHECK(failure.server_message() == "RPC function not found");
}

CO_TEST_CASE("functions get their payload as it is and fail with their own code") {
    test_server server{io};
    server.sandbox().register_rpc(
        "Echo", [](const sandbox::rpc_context&, const std::string& payload) { return payload; });
    server.sandbox().register_rpc(
        "whoami", [](const sandbox::rpc_context& context, const std::string&) { return context.user_id; });
    server.sandbox().register_rpc("fail", [](const sandbox::rpc_context&, const std::string&) -> std::string {
        throw sandbox::rpc_failure{"not today", 8};
    });
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    const std::vector<std::string> payloads{"", R"({"a":"ü\n\"🎮"})", std::string(100'000, 'x')};
    for (const auto& payload : payloads) {
        const auto answer = co_await client.rpc(session, {.id = "echo", .payload = payload});
        CHECK(answer.payload == payload);
    }
    const auto who = co_await client.rpc(session, {.id = "whoami"});
    CHECK(who.payload == session.user_id());
    const auto failure = co_await failure_of(client.rpc(session, {.id = "fail"}));
    CHECK(failure.code() == grpc_code::resource_exhausted);
    CHECK(failure.http_status() == 429);
    CHECK(failure.server_message() == "not today");
}

CO_TEST_CASE("calls of many sessions on one client do not disturb each other", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    std::vector<session> sessions;
    for (int i = 0; i < 5; ++i) {
        auto session = co_await client.authenticate_device({.id = server.unique("device")});
        sessions.push_back(session);
    }
    int ended = 0;
    for (int i = 0; i < 50; ++i)
        start(io, [](class client& c, session s, int& count) -> asio::awaitable<void> {
            const auto account = co_await c.get_account(s);
            CHECK(account.user.id == s.user_id());
            ++count;
        }(client, sessions[static_cast<std::size_t>(i) % sessions.size()], ended));
    const auto executor = io.get_executor();
    while (ended < 50) co_await asio::post(executor, asio::use_awaitable);
}

CO_TEST_CASE("a token that the server holds for expired is renewed, also behind a clock that is wrong") {
    const auto time =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
    test_server server{io, {.clock = time}};
    auto client = server.make_client(); // on this machine's clock
    const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    CHECK(session.expires_at() - session.issued_at() == 60s);
    CHECK(!session.is_expired());
    const nakama::session bare{session.token(), ""};
    time->advance(59s);
    co_await client.get_account(session);
    time->advance(2s);
    auto failure = co_await failure_of(client.get_account(bare));
    CHECK(failure.code() == grpc_code::unauthenticated);
    const auto old = session.token();
    co_await client.get_account(session);
    CHECK(session.token() != old);
    co_await client.get_account(session);
    time->advance(3601s);
    failure = co_await failure_of(client.get_account(session));
    CHECK(failure.code() == errc::session_expired);
}
