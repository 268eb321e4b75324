#include "support/co_test.hpp"
#include "support/failure.hpp"

#include <nakama/scripted_transport.hpp>
#include <satori/satori.hpp>

#include <catch2/catch_test_macros.hpp>

#include <boost/json/parse.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

using namespace nakama::test;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

// {"sid":"the-session","iid":"player-1","exp":1795404230,"iat":1795397030}
const std::string token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                          "eyJzaWQiOiJ0aGUtc2Vzc2lvbiIsImlpZCI6InBsYXllci0xIiwiZXhwIjoxNzk1NDA0MjMwLCJpYXQiOj"
                          "E3OTUzOTcwMzB9.c2lnbmVk";

struct satori_world {
    asio::io_context io;
    std::shared_ptr<nakama::virtual_clock> time = std::make_shared<nakama::virtual_clock>();
    std::shared_ptr<nakama::scripted_transport> script = std::make_shared<nakama::scripted_transport>();
    satori::client client{io.get_executor(), config()};
    satori::session session{token, token};

    satori::client_config config() const {
        satori::client_config result;
        result.api_key = "an-api-key";
        result.transport = script;
        result.clock = time;
        result.seed = 1;
        return result;
    }

    void run(asio::awaitable<void> body) { nakama::test::run(io, *time, std::move(body)); }

    json::value body(std::size_t index) const { return json::parse(script->requests().at(index).body); }
};

} // namespace

TEST_CASE("Satori: authenticating gives a session with its claims and properties") {
    satori_world world;
    world.script->answer(200, R"({"token":")" + token + R"(","refresh_token":")" + token +
                                  R"(","properties":{"default":{"country":"NL"}}})");
    world.run([](satori_world& w) -> asio::awaitable<void> {
        const auto session = co_await w.client.authenticate({.id = "player-1", .custom = {{"level", "9"}}});
        CHECK(session.session_id() == "the-session");
        CHECK(session.identity_id() == "player-1");
        CHECK(session.properties().default_.at("country") == "NL");
        CHECK(session.expires_at() - session.issued_at() == 7200s);
    }(world));
    const auto& sent = world.script->requests().front();
    CHECK(sent.target == "/v1/authenticate");
    CHECK(sent.header("Authorization") == "Basic YW4tYXBpLWtleTo=");
    CHECK(world.body(0) == json::parse(R"({"id":"player-1","custom":{"level":"9"}})"));
}

TEST_CASE("Satori: without a session only the properties come back") {
    satori_world world;
    world.script->answer(200, R"({"properties":{"custom":{"level":"9"}}})");
    world.run([](satori_world& w) -> asio::awaitable<void> {
        const auto session = co_await w.client.authenticate({.id = "player-1", .no_session = true});
        CHECK(session.token().empty());
        CHECK(session.properties().custom.at("level") == "9");
        const auto failure = co_await failure_of(w.client.get_flags(session));
        CHECK(failure.code() == nakama::errc::invalid_argument);
    }(world));
}

TEST_CASE("Satori: a flag falls back to its default where there is none, and where the call fails") {
    satori_world world;
    world.script->answer(200, R"({"flags":[{"name":"colour","value":"red"}]})")
        .answer(200, "{}")
        .answer(500, R"({"code":13,"message":"broken"})")
        .fail(nakama::error{nakama::errc::connect_failed, "refused"});
    world.run([](satori_world& w) -> asio::awaitable<void> {
        std::vector<std::string> values;
        for (int i = 0; i < 4; ++i) {
            const auto flag = co_await w.client.get_flag(w.session, "colour", "blue");
            CHECK(flag.name == "colour");
            values.push_back(flag.value);
        }
        CHECK(values == std::vector<std::string>{"red", "blue", "blue", "blue"});
    }(world));
    CHECK(world.script->requests().front().target == "/v1/flag?names=colour");
}

TEST_CASE("Satori: an event without an id gets one, which stays the same in its repetition") {
    satori_world world;
    world.script->answer(503, "").answer(200, "{}").answer(200, "{}");
    world.run([](satori_world& w) -> asio::awaitable<void> {
        co_await w.client.event(w.session, {.events = {{.name = "started"}, {.name = "won", .id = "mine"}}},
                                {.retry = nakama::retries::fixed(1, 10ms)});
        co_await w.client.event(w.session, {.events = {{.name = "started"}}});
    }(world));
    REQUIRE(world.script->requests().size() == 3);
    const auto id = [&](std::size_t request, std::size_t event) {
        const auto body = world.body(request);
        return std::string{body.at("events").at(event).at("id").as_string()};
    };
    CHECK(id(0, 0).size() == 36);
    CHECK(id(0, 0)[14] == '4');
    CHECK(std::string{"89ab"}.find(id(0, 0)[19]) != std::string::npos);
    CHECK(id(1, 0) == id(0, 0));
    CHECK(id(2, 0) != id(0, 0));
    CHECK(id(0, 1) == "mine");
}
