#include "support/scripted.hpp"
#include "support/spawned.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <optional>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

/// Writes down what it sees.
class diary final : public observer {
public:
    std::string text;
    void on_call_start(std::string_view operation) noexcept override {
        text += "start " + std::string{operation} + '\n';
    }
    void on_attempt_end(const attempt& seen) noexcept override {
        text += "attempt " + std::to_string(seen.number) + ' ' + std::to_string(seen.http_status) + ' ' +
                seen.error.message() + " next " + std::to_string(seen.next_delay.count()) + '\n';
    }
    void on_call_end(const call& seen) noexcept override {
        text += "end " + std::string{seen.operation} + ' ' + std::to_string(seen.attempts) + ' ' +
                seen.error.message() + '\n';
    }
};

} // namespace

TEST_CASE("a call sends what the operation is made of") {
    scripted_world world;
    auto client = world.make_client();
    world.script->answer(200, R"({"token":")" + some_token + R"(","refresh_token":")" + some_token +
                                  R"(","created":true})");
    world.run([](class client& c) -> asio::awaitable<void> {
        const auto session = co_await c.authenticate_email({.email = "super@heroes.com",
                                                            .password = "batsignal",
                                                            .vars = {{"k", "v"}},
                                                            .create = false,
                                                            .username = "bat man"});
        CHECK(session.user_id() == "522d0b91-46d3-4ccb-bb0a-051cb528ca03");
        CHECK(session.username() == "britzl");
        CHECK(session.created());
    }(client));
    const auto& sent = world.script->requests().at(0);
    CHECK(sent.method == "POST");
    CHECK(sent.target == "/v2/account/authenticate/email?create=false&username=bat%20man");
    CHECK(sent.body == R"({"email":"super@heroes.com","password":"batsignal","vars":{"k":"v"}})");
    CHECK(sent.header("Authorization") == "Basic ZGVmYXVsdGtleTo=");
    CHECK(sent.header("Content-Type") == "application/json");
}

TEST_CASE("a call with a session carries its token in the header") {
    scripted_world world;
    auto client = world.make_client();
    world.script->answer(200, R"({"user":{"id":"u"},"wallet":"{}"})");
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        const auto account = co_await c.get_account(s);
        CHECK(account.user.id == "u");
    }(client, world.session));
    const auto& sent = world.script->requests().at(0);
    CHECK(sent.method == "GET");
    CHECK(sent.target == "/v2/account");
    CHECK(sent.header("Authorization") == "Bearer " + some_token);
    CHECK(sent.body.empty());
}

TEST_CASE("what a request refers to may end before it is awaited") {
    scripted_world world;
    auto client = world.make_client();
    world.script->answer(200, "{}");
    std::optional<asio::awaitable<void>> call;
    {
        std::string name = "a name that is too long to be kept within a string object";
        call = client.update_account(world.session, {.display_name = name, .location = std::string("here")});
        name.assign(name.size(), 'x');
    }
    world.run(std::move(*call));
    CHECK(
        world.script->requests().at(0).body ==
        R"({"display_name":"a name that is too long to be kept within a string object","location":"here"})");
}

TEST_CASE("the path prefix goes before every path") {
    scripted_world world;
    auto config = world.config();
    config.path_prefix = "/game1";
    client client{world.io.get_executor(), config};
    world.script->answer(200, "{}");
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        co_await c.list_friends(s, {.limit = 10, .state = friend_state::friend_, .cursor = "a+b="});
    }(client, world.session));
    CHECK(world.script->requests().at(0).target == "/game1/v2/friend?limit=10&state=0&cursor=a%2Bb%3D");
}

TEST_CASE("an rpc sends its payload as a JSON string") {
    scripted_world world;
    auto client = world.make_client();
    world.script->answer(200, R"({"payload":"{\"a\":1}"})");
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        const auto answer = co_await c.rpc(s, {.id = "a/b", .payload = R"({"x":"y"})"});
        CHECK(answer.payload == R"({"a":1})");
    }(client, world.session));
    CHECK(world.script->requests().at(0).target == "/v2/rpc/a%2Fb");
    CHECK(world.script->requests().at(0).body == R"("{\"x\":\"y\"}")");
}

TEST_CASE("a refresh renews the session in place and asks with the server key") {
    scripted_world world;
    auto client = world.make_client();
    session old{"e30.e30.e30", some_token};
    const session copy = old;
    world.script->answer(200, R"({"token":")" + some_token + R"(","refresh_token":")" + some_token + R"("})");
    world.run(client.session_refresh(old, {.vars = {{"k", "v"}}}));
    CHECK(copy.token() == some_token);
    CHECK(world.script->requests().at(0).header("Authorization").starts_with("Basic "));
    CHECK(world.script->requests().at(0).body == R"({"token":")" + some_token + R"(","vars":{"k":"v"}})");
}

TEST_CASE("what cannot be sent is refused when it is awaited, and nothing is sent") {
    scripted_world world;
    auto client = world.make_client();
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        auto failure = co_await failure_of(c.authenticate_device({.id = "\xff"}));
        CHECK(failure.code() == errc::invalid_argument);
        CHECK(std::string{failure.what()} ==
              "authenticate_device: invalid argument: the text of \"id\" is not UTF-8");
        failure = co_await failure_of(c.rpc(s, {.id = ""}));
        CHECK(failure.code() == errc::invalid_argument);
        failure = co_await failure_of(c.get_account(session{}));
        CHECK(failure.message() == "the session is empty: sign in first");
        failure = co_await failure_of(c.session_refresh(session{some_token, ""}));
        CHECK(failure.message() == "the session has no refresh token: sign in again");
    }(client, world.session));
    CHECK(world.script->requests().empty());
}

TEST_CASE("a configuration that cannot work is refused at once") {
    asio::io_context io;
    const auto refused = [&](client_config config) {
        try {
            client{io.get_executor(), std::move(config)};
        } catch (const error& failure) {
            return failure.code() == errc::invalid_argument;
        }
        return false;
    };
    CHECK(refused({.host = ""}));
    CHECK(refused({.host = "http://127.0.0.1"}));
    CHECK(refused({.port = 0}));
    CHECK(refused({.path_prefix = "game1"}));
    CHECK(refused({.path_prefix = "/game1/"}));
    CHECK(refused({.timeout = 0ms}));
    CHECK(!refused({}));
}

TEST_CASE("an answer that cannot be read names the operation and the field") {
    scripted_world world;
    auto client = world.make_client();
    world.script->answer(200, R"({"user":{"create_time":"soon"}})").answer(200, "<html>").answer(200, "");
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        auto failure = co_await failure_of(c.get_account(s));
        CHECK(failure.code() == errc::malformed_answer);
        CHECK(failure.operation() == "get_account");
        CHECK(failure.message().starts_with("field user.create_time: not a time"));
        failure = co_await failure_of(c.get_account(s));
        CHECK(failure.code() == errc::malformed_answer);
        failure = co_await failure_of(c.get_account(s));
        CHECK(failure.code() == errc::malformed_answer);
    }(client, world.session));
}

TEST_CASE("a refused call throws the server's code and text") {
    scripted_world world;
    auto client = world.make_client();
    world.script->answer(401, R"({"code":16,"message":"Auth token invalid"})");
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(c.get_account(s));
        CHECK(failure.code() == grpc_code::unauthenticated);
        CHECK(failure.http_status() == 401);
        CHECK(failure.attempts() == 1);
        CHECK(std::string{failure.what()} == "get_account: unauthenticated (HTTP 401): Auth token invalid");
    }(client, session{some_token, ""}));
}

TEST_CASE("an idempotent call is repeated after the policy's delays") {
    scripted_world world;
    auto config = world.config();
    config.retry = retries::exponential(3, 500ms);
    const auto seen = std::make_shared<diary>();
    config.observer = seen;
    client client{world.io.get_executor(), config};
    world.script->answer(503, "").fail(error{errc::connect_failed, "refused"}).answer(200, "{}");
    const auto before = world.time->now();
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        co_await c.get_account(s);
    }(client, world.session));
    CHECK(world.script->requests().size() == 3);
    CHECK(world.time->now() - before == 1500ms);
    CHECK(seen->text == "start get_account\n"
                        "attempt 1 503 unavailable next 500\n"
                        "attempt 2 0 cannot connect next 1000\n"
                        "attempt 3 200 Success next -1\n"
                        "end get_account 3 Success\n");
}

TEST_CASE("an operation that is not idempotent is not repeated once it may have been carried out") {
    scripted_world world;
    auto client = world.make_client();
    world.script->answer(503, "").fail(error{errc::connection_lost, error_details{.maybe_sent = true}});
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        const call_options options{.retry = retries::fixed(5, 1s)};
        auto failure = co_await failure_of(c.rpc(s, {.id = "pay"}, options));
        CHECK(failure.http_status() == 503);
        failure = co_await failure_of(c.rpc(s, {.id = "pay"}, options));
        CHECK(failure.code() == errc::connection_lost);
        CHECK(failure.request_may_have_been_sent());
    }(client, world.session));
    CHECK(world.script->requests().size() == 2);
}

TEST_CASE("a call that gives up throws the last real error, with the number of attempts") {
    scripted_world world;
    auto client = world.make_client();
    world.script->answer(503, "").answer(503, "").answer(502, "bad gateway");
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(c.get_account(s, {.retry = retries::fixed(2, 1s)}));
        CHECK(failure.http_status() == 502);
        CHECK(failure.attempts() == 3);
        CHECK(failure.server_message() == "bad gateway");
    }(client, world.session));
}

TEST_CASE("a call that is never answered times out at its deadline") {
    scripted_world world;
    auto client = world.make_client();
    world.script->hang().hang();
    world.run([](scripted_world& w, class client& c) -> asio::awaitable<void> {
        const auto before = w.time->now();
        auto failure = co_await failure_of(c.get_account(w.session));
        CHECK(failure.code() == errc::timed_out);
        CHECK(failure.operation() == "get_account");
        CHECK(w.time->now() - before == 10s);
        failure = co_await failure_of(c.get_account(w.session, {.timeout = 3s}));
        CHECK(failure.code() == errc::timed_out);
        CHECK(w.time->now() - before == 13s);
    }(world, client));
    CHECK(world.script->hanging() == 0);
    CHECK(world.time->pending() == 0);
}

TEST_CASE("many calls with different deadlines each time out at their own") {
    scripted_world world;
    auto client = world.make_client();
    std::vector<std::chrono::seconds> ended;
    for (const auto timeout : {5s, 1s, 3s, 2s, 4s}) {
        world.script->hang();
        start(world.io,
              [](scripted_world& w, class client& c, std::chrono::seconds t,
                 std::vector<std::chrono::seconds>& out) -> asio::awaitable<void> {
                  co_await failure_of(c.get_account(w.session, {.timeout = t}));
                  CHECK(w.time->now().time_since_epoch() == t);
                  out.push_back(t);
              }(world, client, timeout, ended));
    }
    world.run(world.time->sleep_for(10s));
    CHECK(ended == std::vector<std::chrono::seconds>{1s, 2s, 3s, 4s, 5s});
}

TEST_CASE("a cancelled call aborts its transport and throws cancelled") {
    scripted_world world;
    auto client = world.make_client();
    world.script->hang();
    spawned<account> call;
    call.start(world.io, client.get_account(world.session));
    settle(world.io);
    CHECK(world.script->hanging() == 1);
    call.cancel.emit(asio::cancellation_type::terminal);
    settle(world.io);
    CHECK(call.completions == 1);
    CHECK(call.failed->code() == errc::cancelled);
    CHECK(world.script->hanging() == 0);
    CHECK(world.time->pending() == 0);
}

TEST_CASE("cancelling a call while it waits to try again ends it at once") {
    scripted_world world;
    auto client = world.make_client();
    world.script->answer(503, "");
    spawned<account> call;
    call.start(world.io, client.get_account(world.session, {.retry = retries::fixed(3, 5s)}));
    settle(world.io);
    CHECK(world.time->pending() > 0);
    call.cancel.emit(asio::cancellation_type::terminal);
    settle(world.io);
    CHECK(call.failed->code() == errc::cancelled);
    CHECK(world.time->pending() == 0);
    CHECK(world.script->requests().size() == 1);
}

TEST_CASE("destroying the client ends its calls with closed and tells the observer nothing more") {
    scripted_world world;
    const auto seen = std::make_shared<diary>();
    auto config = world.config();
    config.observer = seen;
    std::optional<client> client{std::in_place, world.io.get_executor(), config};
    world.script->hang();
    spawned<account> call, later;
    auto not_started = client->get_account(world.session);
    call.start(world.io, client->get_account(world.session));
    settle(world.io);
    seen->text.clear();
    client.reset();
    settle(world.io);
    CHECK(call.completions == 1);
    CHECK(call.failed->code() == errc::closed);
    CHECK(seen->text == "");
    later.start(world.io, std::move(not_started));
    settle(world.io);
    CHECK(later.failed->code() == errc::closed);
    CHECK(world.script->requests().size() == 1);
}

TEST_CASE("nothing keeps the context running once the calls are done") {
    scripted_world world;
    auto config = world.config();
    config.clock = nullptr; // a real one: an alarm left on would keep run() for ten seconds
    client client{world.io.get_executor(), config};
    world.script->answer(200, "{}");
    start(world.io, [](class client& c, session s) -> asio::awaitable<void> {
        co_await c.get_account(s);
    }(client, session{some_token, ""}));
    const auto started = std::chrono::steady_clock::now();
    world.io.run();
    CHECK(std::chrono::steady_clock::now() - started < 5s);
}

TEST_CASE("a call that was cut short says that it may have been carried out, in whichever attempt") {
    scripted_world world;
    auto client = world.make_client();
    world.script->hang().answer(503, "").fail(error{errc::connect_failed, "refused"});
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        auto failure = co_await failure_of(c.rpc(s, {.id = "buy"}));
        CHECK(failure.code() == errc::timed_out);
        CHECK(failure.request_may_have_been_sent());
        failure = co_await failure_of(c.get_account(s, {.retry = retries::fixed(1, 1s)}));
        CHECK(failure.code() == errc::connect_failed);
        CHECK(failure.request_may_have_been_sent());
    }(client, world.session));
    const auto nothing_sent = std::make_shared<scripted_transport>();
    nothing_sent->fail(error{errc::connect_failed, "refused"});
    auto config = world.config();
    config.transport = nothing_sent;
    class client other{world.io.get_executor(), config};
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(c.get_account(s));
        CHECK(!failure.request_may_have_been_sent());
    }(other, world.session));
}

TEST_CASE("a timeout too long to be told never passes") {
    scripted_world world;
    auto client = world.make_client();
    world.script->answer(200, "{}").hang();
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        co_await c.get_account(s, {.timeout = std::chrono::milliseconds::max()});
    }(client, world.session));
    spawned<account> call;
    call.start(world.io, client.get_account(world.session, {.timeout = std::chrono::milliseconds::max()}));
    world.time->advance(24h * 365);
    settle(world.io);
    CHECK(call.completions == 0);
    call.cancel.emit(asio::cancellation_type::terminal);
    settle(world.io);
    CHECK(call.failed->code() == errc::cancelled);
}

TEST_CASE("a server that answers with no token is to blame, not the caller") {
    scripted_world world;
    auto client = world.make_client();
    world.script->answer(200, "{}").answer(200, R"({"token":"x"})");
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        auto failure = co_await failure_of(c.authenticate_device({.id = "device-0000000001"}));
        CHECK(failure.code() == errc::malformed_answer);
        CHECK(failure.operation() == "authenticate_device");
        failure = co_await failure_of(c.session_refresh(s));
        CHECK(failure.code() == errc::malformed_answer);
        CHECK(s.token() == some_token);
    }(client, world.session));
}

TEST_CASE("a moved-from client says so") {
    scripted_world world;
    auto client = world.make_client();
    const auto owner = std::move(client);
    CHECK_THROWS_AS(client.create_socket(), error);
    world.run([](class client& c, session s) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(c.get_account(s));
        CHECK(failure.message() == "the client has been moved from");
    }(client, world.session));
}
