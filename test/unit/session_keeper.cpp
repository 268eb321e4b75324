#include "call/session_keeper.hpp"

#include "net/event.hpp"
#include "support/scripted.hpp"
#include "support/spawned.hpp"
#include "support/tokens.hpp"

#include <nakama/observer.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <deque>
#include <optional>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t begin = 1'000'000; // by our clock

/// A world in which the clock stands at `begin`, and tokens that the server gave just then.
struct keeper_world : scripted_world {
    keeper_world() {
        time = std::make_shared<virtual_clock>(session::time_point{std::chrono::seconds{begin}});
    }

    std::string token(int number, std::int64_t skew = 0) const {
        const std::int64_t now = begin + seconds() + skew;
        return make_token(now, now + 60, "t" + std::to_string(number));
    }
    std::string refresh_token(int number, std::int64_t skew = 0) const {
        const std::int64_t now = begin + seconds() + skew;
        return make_token(now, now + 3600, "r" + std::to_string(number));
    }
    std::int64_t seconds() const {
        return std::chrono::duration_cast<std::chrono::seconds>(time->now().time_since_epoch()).count();
    }

    void answer_tokens(int number, std::int64_t skew = 0) {
        script->answer(200, tokens_answer(token(number, skew), refresh_token(number, skew)));
    }
    void refuse(int status, int code, const std::string& message) {
        script->answer(status, R"({"code":)" + std::to_string(code) + R"(,"message":")" + message + R"("})");
    }

    /// Signs in on a server whose clock is ahead by `skew`.
    nakama::session sign_in(client& client, int number = 1, std::int64_t skew = 0) {
        answer_tokens(number, skew);
        std::optional<nakama::session> result;
        run([](class client& c, std::optional<nakama::session>& to) -> asio::awaitable<void> {
            to = co_await c.authenticate_device({.id = "device-0000000001"});
        }(client, result));
        return *result;
    }

    void get_account(client& client, const nakama::session& of) {
        script->answer(200, R"({"wallet":"{}"})");
        run([](class client& c, nakama::session s) -> asio::awaitable<void> {
            co_await c.get_account(s);
        }(client, of));
    }

    std::string sent_target(std::size_t index) const { return script->requests().at(index).target; }
    std::string sent_credentials(std::size_t index) const {
        return std::string{script->requests().at(index).header("Authorization")};
    }
};

const std::string refresh_target = "/v2/account/session/refresh";

} // namespace

TEST_CASE("a session is refreshed once a fifth of its token's life is left, before the call") {
    keeper_world world;
    auto client = world.make_client();
    const auto skew = std::int64_t{3600};
    const auto session = world.sign_in(client, 1, skew);
    CHECK(session.clock_skew() == 3600s);

    world.time->advance(47s);
    world.get_account(client, session);
    REQUIRE(world.script->requests().size() == 2);
    CHECK(world.sent_target(1) == "/v2/account");

    world.time->advance(1s);
    const auto old = session.token();
    world.answer_tokens(2, skew);
    world.get_account(client, session);
    REQUIRE(world.script->requests().size() == 4);
    CHECK(world.sent_target(2) == refresh_target);
    CHECK(world.sent_credentials(2) == "Basic ZGVmYXVsdGtleTo=");
    CHECK(world.sent_credentials(3) == "Bearer " + session.token());
    CHECK(session.token() != old);
}

TEST_CASE("a thousand calls on an expired session cause one refresh") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.time->advance(61s);
    world.answer_tokens(2);
    int done = 0;
    for (int i = 0; i < 1000; ++i) {
        world.script->answer(200, R"({"wallet":"{}"})");
        asio::co_spawn(
            world.io,
            [](class client& c, nakama::session s) -> asio::awaitable<void> {
                co_await c.get_account(s);
            }(client, session),
            [&done](std::exception_ptr failure) {
                if (!failure) ++done;
            });
    }
    settle(world.io);
    CHECK(done == 1000);
    REQUIRE(world.script->requests().size() == 1 + 1 + 1000);
    int refreshes = 0;
    for (const auto& each : world.script->requests()) refreshes += each.target == refresh_target;
    CHECK(refreshes == 1);
    for (std::size_t i = 2; i < 1002; ++i) REQUIRE(world.sent_credentials(i) == "Bearer " + session.token());
}

TEST_CASE("a token that is refused is renewed, and the call is made again, once") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.refuse(401, 16, "Auth token invalid");
    world.answer_tokens(2);
    world.script->answer(200, "{}");
    world.run([](class client& c, nakama::session s) -> asio::awaitable<void> {
        // Not idempotent: a refused token means that nothing was done.
        co_await c.create_group(s, {.name = "heroes"});
    }(client, session));
    REQUIRE(world.script->requests().size() == 4);
    CHECK(world.sent_target(1) == "/v2/group");
    CHECK(world.sent_target(2) == refresh_target);
    CHECK(world.sent_target(3) == "/v2/group");
    CHECK(world.sent_credentials(3) == "Bearer " + session.token());
    CHECK(world.sent_credentials(1) != world.sent_credentials(3));
}

TEST_CASE("a session that is refused with fresh tokens has expired") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.refuse(401, 16, "Auth token invalid");
    world.answer_tokens(2);
    world.refuse(401, 16, "Auth token invalid");
    world.run([](class client& c, nakama::session s) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(c.get_account(s, {.retry = retries::fixed(3, 1s)}));
        CHECK(failure.code() == errc::session_expired);
        CHECK(failure.http_status() == 401);
        CHECK(failure.operation() == "get_account");
        CHECK(failure.attempts() == 2);
        CHECK(failure.history().size() == 2);
        CHECK(failure.server_message() == "Auth token invalid");
    }(client, session));
    CHECK(world.script->requests().size() == 4);
}

TEST_CASE("a function that answers unauthenticated itself is not called again") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.refuse(401, 16, "not for you");
    world.run([](class client& c, nakama::session s) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(c.rpc(s, {.id = "pay"}));
        CHECK(failure.code() == grpc_code::unauthenticated);
        CHECK(failure.attempts() == 1);
    }(client, session));
    CHECK(world.script->requests().size() == 2);
}

TEST_CASE("calls that are refused with one token cause one refresh") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.refuse(401, 16, "Auth token invalid");
    world.refuse(401, 16, "Auth token invalid");
    world.answer_tokens(2);
    world.script->answer(200, "{}").answer(200, "{}");
    int ended = 0;
    for (int i = 0; i < 2; ++i)
        asio::co_spawn(
            world.io, as_result(client.get_account(session)),
            [&ended](const std::exception_ptr&, const auto& result) { ended += result.has_value(); });
    settle(world.io);
    CHECK(ended == 2);
    int refreshes = 0;
    for (const auto& each : world.script->requests()) refreshes += each.target == refresh_target;
    CHECK(refreshes == 1);
}

TEST_CASE("a spent refresh token is an error of its own, and the server is not asked again") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.time->advance(61s);
    world.refuse(401, 16, "Refresh token invalid or expired.");
    world.run([](class client& c, nakama::session s) -> asio::awaitable<void> {
        auto failure = co_await failure_of(c.get_account(s));
        CHECK(failure.code() == errc::session_expired);
        CHECK(failure.operation() == "get_account");
        CHECK(failure.server_message() == "Refresh token invalid or expired.");
        CHECK(std::string{failure.what()} ==
              "get_account: session expired, sign in again (HTTP 401): session_refresh: its refresh token is "
              "spent: Refresh token invalid or expired.");
        failure = co_await failure_of(c.list_friends(s));
        CHECK(failure.code() == errc::session_expired);
    }(client, session));
    CHECK(world.script->requests().size() == 2);
}

TEST_CASE("a wrong server key does not make a session look spent") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.time->advance(61s);
    world.refuse(401, 16, "Server key invalid");
    world.run([](class client& c, nakama::session s) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(c.get_account(s));
        CHECK(failure.code() == grpc_code::unauthenticated);
        CHECK(failure.server_message() == "Server key invalid");
    }(client, session));
}

TEST_CASE("a refresh that fails while the token is good is left for later") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.time->advance(48s);
    world.script->fail(error{errc::connect_failed, "refused"});
    world.get_account(client, session);
    CHECK(world.script->requests().size() == 3);
    // Not before half of what is left has passed.
    world.time->advance(5s);
    world.get_account(client, session);
    CHECK(world.script->requests().size() == 4);
    world.time->advance(1s);
    world.answer_tokens(2);
    world.get_account(client, session);
    CHECK(world.sent_target(4) == refresh_target);
}

TEST_CASE("a refresh that fails when the token is over fails the call with the reason") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.time->advance(61s);
    world.script->fail(error{errc::connect_failed, "to 127.0.0.1:7350: refused"});
    world.run([](class client& c, nakama::session s) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(c.get_account(s));
        CHECK(failure.code() == errc::connect_failed);
        CHECK(failure.attempts() == 0);
        CHECK(std::string{failure.what()} ==
              "get_account: cannot connect: session_refresh: to 127.0.0.1:7350: refused");
    }(client, session));
    // The next call tries again.
    world.answer_tokens(2);
    world.get_account(client, session);
    CHECK(world.script->requests().size() == 4);
}

TEST_CASE("whoever gives up does not take the refresh from the others") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.time->advance(61s);
    world.script->hang();
    spawned<account> first, second;
    first.start(world.io, client.get_account(session));
    second.start(world.io, client.get_account(session, {.timeout = 5s}));
    first.cancel.emit(asio::cancellation_type::terminal);
    settle(world.io);
    CHECK(first.failed.value().code() == errc::cancelled);
    CHECK(second.completions == 0);
    CHECK(world.script->hanging() == 1);
    // The second ends by its own deadline, the refresh by the client's.
    world.time->advance(5s);
    settle(world.io);
    CHECK(second.failed.value().code() == errc::timed_out);
    CHECK(world.script->hanging() == 1);
    world.time->advance(5s);
    settle(world.io);
    CHECK(world.script->hanging() == 0);
    world.answer_tokens(2);
    world.get_account(client, session);
    CHECK(world.script->requests().size() == 4);
}

TEST_CASE("destroying the client ends a refresh and whoever waits for it") {
    keeper_world world;
    std::optional<client> client{world.make_client()};
    const auto session = world.sign_in(*client);
    world.time->advance(61s);
    world.script->hang();
    spawned<account> call;
    call.start(world.io, client->get_account(session));
    client.reset();
    settle(world.io);
    CHECK(call.failed.value().code() == errc::closed);
    CHECK(world.script->hanging() == 0);
    // The session goes on with another client.
    auto other = world.make_client();
    world.answer_tokens(2);
    world.get_account(other, session);
}

TEST_CASE("a session whose context was destroyed during a refresh goes on with another") {
    std::optional<nakama::session> kept;
    {
        keeper_world world;
        auto client = world.make_client();
        kept = world.sign_in(client);
        world.time->advance(61s);
        world.script->hang();
        asio::co_spawn(
            world.io,
            [](class client& c, nakama::session s) -> asio::awaitable<void> {
                co_await c.get_account(s);
            }(client, *kept),
            asio::detached);
        settle(world.io);
        CHECK(world.script->hanging() == 1);
    }
    keeper_world world;
    auto client = world.make_client();
    world.time->advance(61s);
    world.answer_tokens(2);
    world.get_account(client, *kept);
    CHECK(world.script->requests().size() == 2);
}

TEST_CASE("refreshing can be left to the program") {
    keeper_world world;
    auto config = world.config();
    config.refresh_lead = 0;
    client client{world.io.get_executor(), config};
    const auto session = world.sign_in(client);
    world.time->advance(61s);
    world.refuse(401, 16, "Auth token invalid");
    world.run([](class client& c, nakama::session s) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(c.get_account(s));
        CHECK(failure.code() == grpc_code::unauthenticated);
    }(client, session));
    CHECK(world.script->requests().size() == 2);
}

TEST_CASE("a session without a refresh token is used as long as the server takes it") {
    keeper_world world;
    auto client = world.make_client();
    const nakama::session session{make_token(begin - 100, begin - 40), ""};
    world.get_account(client, session);
    CHECK(world.script->requests().size() == 1);
}

TEST_CASE("signing one user in leaves the sessions of others alone") {
    keeper_world world;
    auto client = world.make_client();
    const auto ada = world.sign_in(client, 1);
    const auto bob = world.sign_in(client, 2);
    world.refuse(404, 5, "User account not found.");
    world.run([](class client& c) -> asio::awaitable<void> {
        co_await failure_of(c.authenticate_device({.id = "device-0000000003", .create = false}));
    }(client));
    world.get_account(client, ada);
    world.get_account(client, bob);
    CHECK(world.sent_credentials(3) == "Bearer " + ada.token());
    CHECK(world.sent_credentials(4) == "Bearer " + bob.token());
}

TEST_CASE("whoever listens to a session hears of its new tokens") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    std::vector<std::string> heard;
    listener first = session.on_change([&](const session_handle& changed) {
        heard.push_back("first " + changed.token());
        first.remove(); // takes itself off
    });
    session.on_change([&](const session_handle& changed) { heard.push_back("second " + changed.token()); });
    world.time->advance(50s);
    world.answer_tokens(2);
    world.get_account(client, session);
    const auto token = session.token();
    CHECK(heard == std::vector<std::string>{"first " + token, "second " + token});
    world.time->advance(50s);
    world.answer_tokens(3);
    world.get_account(client, session);
    CHECK(heard.size() == 3);
    CHECK(heard.back() == "second " + session.token());
}

TEST_CASE("observers hear of refreshes") {
    struct counting final : observer {
        std::vector<std::string> seen;
        void on_session_refresh(boost::system::error_code error) noexcept override {
            seen.push_back(error.message());
        }
    };
    keeper_world world;
    auto config = world.config();
    const auto watcher = std::make_shared<counting>();
    config.observer = watcher;
    client client{world.io.get_executor(), config};
    const auto session = world.sign_in(client);
    world.time->advance(61s);
    world.answer_tokens(2);
    world.get_account(client, session);
    world.time->advance(61s);
    world.refuse(401, 16, "Refresh token invalid or expired.");
    world.run([](class client& c, nakama::session s) -> asio::awaitable<void> {
        co_await failure_of(c.get_account(s));
    }(client, session));
    CHECK(watcher->seen ==
          std::vector<std::string>{boost::system::error_code{}.message(), "session expired, sign in again"});
}

TEST_CASE("a socket connects with a fresh token, and with a new one if that is refused") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.time->advance(61s);
    world.answer_tokens(2);
    const auto line = world.script->next_line();
    auto socket = client.create_socket();
    world.run(socket.connect(session));
    CHECK(world.sent_target(1) == refresh_target);
    CHECK(line->headers().at(0).second == "Bearer " + session.token());

    const auto refusing = world.script->next_line(), accepting = world.script->next_line();
    refusing->refuse(error{errc::upgrade_refused, error_details{.http_status = 401}});
    world.answer_tokens(3);
    auto second = client.create_socket();
    world.run(second.connect(session));
    CHECK(world.sent_target(2) == refresh_target);
    CHECK(accepting->headers().at(0).second == "Bearer " + session.token());
    CHECK(refusing->headers().at(0).second != accepting->headers().at(0).second);
    CHECK(second.is_connected());
}

TEST_CASE("a socket that cannot be refreshed says why, and can try again") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.time->advance(61s);
    world.refuse(401, 16, "Refresh token invalid or expired.");
    auto socket = client.create_socket();
    world.run([](nakama::socket& s, nakama::session of) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(s.connect(of));
        CHECK(failure.code() == errc::session_expired);
        CHECK(failure.operation() == "connect");
        CHECK(!s.is_connected());
    }(socket, session));
    const auto line = world.script->next_line();
    world.run(socket.connect(world.sign_in(client, 2)));
    CHECK(socket.is_connected());
}

TEST_CASE("closing a socket while its session is refreshed ends the connecting") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.time->advance(61s);
    world.script->hang();
    auto socket = client.create_socket();
    spawned<int> connecting;
    connecting.start(world.io, [](nakama::socket& s, nakama::session of) -> asio::awaitable<int> {
        co_await s.connect(of);
        co_return 1;
    }(socket, session));
    world.run(socket.close());
    CHECK(connecting.failed.value().code() == errc::closed);
    CHECK(!socket.is_connected());
}

TEST_CASE("closing a socket twice while its session is refreshed does no harm") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.time->advance(61s);
    world.script->hang();
    auto socket = client.create_socket();
    const auto as_value = [](asio::awaitable<void> operation) -> asio::awaitable<int> {
        co_await std::move(operation);
        co_return 1;
    };
    spawned<int> connecting;
    connecting.start(world.io, as_value(socket.connect(session)));
    asio::co_spawn(world.io, socket.close(), asio::detached);
    asio::co_spawn(world.io, socket.close(), asio::detached);
    settle(world.io);
    CHECK(connecting.failed.value().code() == errc::closed);
    CHECK(!socket.is_connected());
}

TEST_CASE("what a hook or a function refuses with 401 stays what it is") {
    keeper_world world;
    auto client = world.make_client();
    const auto session = world.sign_in(client);
    world.refuse(401, 16, "not for you");
    world.answer_tokens(2);
    world.refuse(401, 16, "not for you");
    world.run([](class client& c, nakama::session s) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(c.rpc_get(s, {.id = "look"}));
        CHECK(failure.code() == grpc_code::unauthenticated);
        CHECK(failure.server_message() == "not for you");
    }(client, session));
    world.get_account(client, session);
}

TEST_CASE("a refusal condemns the tokens that it was about, not those that replaced them meanwhile") {
    for (const bool replaced : {false, true}) {
        keeper_world world;
        nakama::session session{world.token(1), world.refresh_token(1)};
        const auto state = call::session_access::state(session);
        net::event answered{world.io.get_executor()};
        const auto keeper = std::make_shared<call::session_keeper>(
            world.io.get_executor(), world.time, nullptr, 0.2,
            [&](const std::shared_ptr<call::session_state>&) -> asio::awaitable<void> {
                co_await answered.wait();
                throw error{errc::session_expired, "spent"};
            });
        asio::co_spawn(world.io, keeper->renew(state, session.token()), [](const std::exception_ptr&) {});
        settle(world.io);
        if (replaced) session.update({.token = world.token(7), .refresh_token = world.refresh_token(7)});
        answered.set();
        settle(world.io);
        CHECK(state->is_spent == !replaced);
    }
}

TEST_CASE("a token that was renewed since it was refused is not renewed again") {
    keeper_world world;
    const nakama::session session{world.token(2), world.refresh_token(2)};
    int refreshes = 0;
    const auto keeper = std::make_shared<call::session_keeper>(
        world.io.get_executor(), world.time, nullptr, 0.2,
        [&](const std::shared_ptr<call::session_state>&) -> asio::awaitable<void> {
            ++refreshes;
            co_return;
        });
    const auto state = call::session_access::state(session);
    world.run(keeper->renew(state, world.token(1)));
    CHECK(refreshes == 0);
    world.run(keeper->renew(state, world.token(2)));
    CHECK(refreshes == 1);
}

TEST_CASE("the end of one client does not fail a refresh that another waits for") {
    keeper_world world;
    std::optional<client> first{world.make_client()};
    auto second = world.make_client();
    const auto session = world.sign_in(*first);
    world.time->advance(61s);
    world.script->hang();
    spawned<account> of_first, of_second;
    of_first.start(world.io, first->get_account(session));
    of_second.start(world.io, second.get_account(session));
    world.answer_tokens(2);
    world.script->answer(200, "{}");
    first.reset();
    settle(world.io);
    CHECK(of_first.failed.value().code() == errc::closed);
    CHECK(of_second.value.has_value());
}

TEST_CASE("a socket that outlives its client is told of the token, not of a client that was moved from") {
    keeper_world world;
    std::optional<client> client{world.make_client()};
    const auto session = world.sign_in(*client);
    auto socket = client->create_socket();
    client.reset();
    world.time->advance(61s);
    world.script->next_line()->refuse(
        error{errc::upgrade_refused,
              error_details{.server_message = "Missing or invalid token", .http_status = 401}});
    world.run([](nakama::socket& s, nakama::session of) -> asio::awaitable<void> {
        const auto failure = co_await failure_of(s.connect(of));
        CHECK(failure.code() == errc::upgrade_refused);
        CHECK(failure.http_status() == 401);
    }(socket, session));
}
