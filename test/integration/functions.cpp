// Functions and hooks that a test registers with the sandbox.
#include "support/failure.hpp"
#include "support/players.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <vector>

using namespace nakama;
using namespace nakama::test;

namespace {

/// Lets functions wait until the test says.
class gate {
public:
    explicit gate(asio::io_context& io) : timer_{io, asio::steady_timer::time_point::max()} {}

    asio::awaitable<void> pass() {
        ++waiting;
        boost::system::error_code ignored;
        if (!open_) co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    void open() {
        open_ = true;
        timer_.cancel();
    }

    int waiting = 0;

private:
    asio::steady_timer timer_;
    bool open_ = false;
};

sandbox::awaitable_rpc_function slow_echo(gate& gate) {
    return [&gate](sandbox::rpc_context, std::string payload) -> asio::awaitable<std::string> {
        co_await gate.pass();
        co_return payload;
    };
}

} // namespace

CO_TEST_CASE("a function that takes its time holds nobody up but its caller") {
    test_server server{io};
    gate gate{io};
    server.sandbox().register_rpc("slow", slow_echo(gate));
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    std::string answer;
    start(io,
          [](class client& client, nakama::session session, std::string& answer) -> asio::awaitable<void> {
              const auto called = co_await client.rpc(session, {.id = "slow", .payload = "done"});
              answer = called.payload;
          }(client, session, answer));
    const auto executor = io.get_executor();
    while (gate.waiting == 0) co_await asio::post(executor, asio::use_awaitable);
    const auto account = co_await client.get_account(session);
    CHECK(account.user.id == session.user_id());
    CHECK(answer.empty());
    gate.open();
    while (answer.empty()) co_await asio::post(executor, asio::use_awaitable);
    CHECK(answer == "done");
}

CO_TEST_CASE("a socket's messages wait for a function that it called, another's do not") {
    test_server server{io};
    gate gate{io};
    server.sandbox().register_rpc("slow", slow_echo(gate));
    auto client = server.make_client();
    auto ada = co_await enter(server, client);
    auto bob = co_await enter(server, client);
    std::vector<std::string> order;
    const auto call = [](nakama::socket& socket, std::string id,
                         std::vector<std::string>& order) -> asio::awaitable<void> {
        const auto called = co_await socket.rpc({.id = id, .payload = id});
        order.push_back(called.payload);
    };
    server.sandbox().register_rpc(
        "quick", [](const sandbox::rpc_context&, const std::string& payload) { return payload; });
    start(io, call(ada.socket, "slow", order));
    start(io, call(ada.socket, "quick", order));
    const auto executor = io.get_executor();
    while (gate.waiting == 0) co_await asio::post(executor, asio::use_awaitable);
    const auto other = co_await bob.socket.rpc({.id = "quick", .payload = "bob"});
    CHECK(other.payload == "bob");
    CHECK(order.empty());
    gate.open();
    while (order.size() < 2) co_await asio::post(executor, asio::use_awaitable);
    CHECK(order == std::vector<std::string>{"slow", "quick"});
}

CO_TEST_CASE("a function may still run when its caller or the server goes") {
    test_server server{io};
    gate gate{io};
    server.sandbox().register_rpc("slow", slow_echo(gate));
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    auto player = co_await enter(server, client);
    bool failed = false;
    const auto call = [](class client& client, nakama::session session,
                         bool& failed) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(client.rpc(session, {.id = "slow"}));
        failed = failure.code().failed();
    };
    start(io, call(client, session, failed));
    start(io, [](nakama::socket& socket) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(socket.rpc({.id = "slow"}));
        CHECK(failure.code().failed());
    }(player.socket));
    const auto executor = io.get_executor();
    while (gate.waiting < 2) co_await asio::post(executor, asio::use_awaitable);
    server.sandbox().stop();
    while (!failed) co_await asio::post(executor, asio::use_awaitable);
    gate.open();
    settle(io);
}

CO_TEST_CASE("functions see who calls them, and how") {
    test_server server{io};
    sandbox::rpc_context seen;
    server.sandbox().register_rpc("look", [&](const sandbox::rpc_context& context, const std::string&) {
        seen = context;
        return "";
    });
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device(
        {.id = "device-0000000001", .vars = {{"k", "ü"}}, .username = "ada"});
    co_await client.rpc_get(session, {.id = "look", .query = {{"a", "1"}, {"a", "ü&"}, {"b", ""}}});
    CHECK(seen.user_id == session.user_id());
    CHECK(seen.username == "ada");
    CHECK(seen.vars == std::map<std::string, std::string>{{"k", "ü"}});
    CHECK(seen.session_expiry == timestamp{session.expires_at()});
    CHECK(seen.query_params ==
          std::map<std::string, std::vector<std::string>>{{"a", {"1", "ü&"}}, {"b", {""}}});
    CHECK(seen.client_ip == "127.0.0.1");
    CHECK(!seen.client_port.empty());
    CHECK(seen.method == "GET");
    CHECK(seen.headers.contains("Authorization"));
    CHECK(seen.session_id.empty());
    CHECK(seen.lang.empty());

    co_await client.rpc(http_key{"defaulthttpkey"}, {.id = "look"});
    CHECK(seen.user_id.empty());
    CHECK(seen.method == "POST");
    CHECK(seen.query_params.empty());

    auto socket = client.create_socket();
    co_await socket.connect(session);
    co_await socket.rpc({.id = "look"});
    CHECK(seen.user_id == session.user_id());
    CHECK(seen.vars.at("k") == "ü");
    CHECK(seen.lang == "en");
    CHECK(!seen.session_id.empty());
    CHECK(seen.client_ip == "127.0.0.1");
    CHECK(seen.method.empty());

    CHECK(server.sandbox().unregister_rpc("LOOK"));
    CHECK(!server.sandbox().unregister_rpc("look"));
    const auto failure = co_await failure_of(client.rpc(session, {.id = "look"}));
    CHECK(failure.code() == grpc_code::not_found);
}

CO_TEST_CASE("a hook before an operation looks at it, changes, refuses or disables it") {
    test_server server{io};
    auto client = server.make_client();
    auto& sandbox = server.sandbox();
    sandbox.before("authenticate_device",
                   [](const sandbox::rpc_context& context, sandbox::hooked_request request) {
                       CHECK(context.user_id.empty());
                       request.query["username"] = {"ä name"};
                       return std::optional{std::move(request)};
                   });
    const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    CHECK(session.username() == "ä name");

    std::string seen;
    sandbox.before("list_storage_objects", [&](const sandbox::rpc_context& context,
                                               sandbox::hooked_request request) {
        seen = context.user_id + ' ' + request.path.at("collection") + ' ' + request.query.at("limit").at(0);
        return std::optional{std::move(request)};
    });
    co_await client.list_storage_objects(session, {.collection = "a b", .limit = 7});
    CHECK(seen == session.user_id() + " a b 7");

    sandbox.before("write_storage_objects", [](const sandbox::rpc_context&, sandbox::hooked_request request) {
        request.body = R"({"objects":[{"collection":"changed","key":"k","value":"{}"}]})";
        return std::optional{std::move(request)};
    });
    const auto acks = co_await client.write_storage_objects(session, {});
    CHECK(acks.acks.at(0).collection == "changed");

    const sandbox::before_hook refuse = [](const sandbox::rpc_context&, const sandbox::hooked_request&)
        -> std::optional<sandbox::hooked_request> { throw sandbox::rpc_failure{"not you", 7}; };
    sandbox.before("get_account", refuse);
    auto failure = co_await failure_of(client.get_account(session));
    CHECK(failure.code() == grpc_code::permission_denied);
    CHECK(failure.server_message() == "not you");
    // Who asks is looked at first.
    const nakama::session forged{"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjQwMDAwMDAwMDB9.c2ln", ""};
    failure = co_await failure_of(client.get_account(forged));
    CHECK(failure.code() == grpc_code::unauthenticated);
    sandbox.before("get_account", [](const sandbox::rpc_context&, const sandbox::hooked_request&) {
        return std::optional<sandbox::hooked_request>{};
    });
    failure = co_await failure_of(client.get_account(session));
    CHECK(failure.code() == grpc_code::not_found);
    CHECK(failure.server_message() == "Requested resource was not found.");
    sandbox.before("get_account", {});
    co_await client.get_account(session);
    CHECK_THROWS_AS(sandbox.before("no_such_thing", refuse), std::invalid_argument);
    CHECK_THROWS_AS(sandbox.before("healthcheck", refuse), std::invalid_argument);
    CHECK_THROWS_AS(sandbox.before("rpc", refuse), std::invalid_argument);
    CHECK_THROWS_AS(sandbox.after("match_create", {}), std::invalid_argument);
}

CO_TEST_CASE("a hook after an operation is told of what succeeded") {
    test_server server{io};
    auto client = server.make_client();
    std::vector<std::string> told;
    const auto tell = [&](const sandbox::rpc_context& context, const sandbox::hooked_request&,
                          const std::string& answer) {
        told.push_back(context.user_id);
        CHECK(answer.starts_with('{'));
        throw std::runtime_error{"nobody hears of this"};
    };
    server.sandbox().after("authenticate_device", tell);
    server.sandbox().after("update_account", tell);
    const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    co_await failure_of(client.update_account(session, {}));
    co_await client.update_account(session, {.location = "here"});
    CHECK(told == std::vector<std::string>{session.user_id(), session.user_id()});
    server.sandbox().after("update_account", {});
    co_await client.update_account(session, {.location = "there"});
    CHECK(told.size() == 2);
}

CO_TEST_CASE("a hook before a message changes it, refuses it, or disables its kind") {
    test_server server{io};
    auto client = server.make_client();
    auto [session, socket] = co_await enter(server, client);
    auto& sandbox = server.sandbox();
    const auto id = session.user_id();
    sandbox.before("channel_join",
                   [id](const sandbox::rpc_context& context, sandbox::hooked_request request) {
                       CHECK(context.user_id == id);
                       CHECK(!context.session_id.empty());
                       CHECK(request.body.find("\"wanted\"") != std::string::npos);
                       request.body = R"({"target":"given","type":1})";
                       return std::optional{std::move(request)};
                   });
    const auto channel = co_await socket.channel_join({.target = "wanted"});
    CHECK(channel.id.find("given") != std::string::npos);

    sandbox.before("match_create",
                   [](const sandbox::rpc_context&,
                      const sandbox::hooked_request&) -> std::optional<sandbox::hooked_request> {
                       throw std::runtime_error{"no matches today"};
                   });
    const auto failure = co_await failure_of(socket.match_create());
    CHECK(failure.server_message() == "no matches today");
    CHECK(socket.is_connected());

    sandbox.before("party_create", [](const sandbox::rpc_context&, const sandbox::hooked_request&) {
        return std::optional<sandbox::hooked_request>{};
    });
    co_await failure_of(socket.party_create({.max_size = 2}));
    REQUIRE(socket.last_close());
    CHECK(socket.last_close()->reason == "error processing message");
}
