// A call whose connection breaks after every single byte of its request and of its answer.
#include "support/relay.hpp"
#include "support/test_server.hpp"
#include "support/virtual_run.hpp"

#include <nakama/error.hpp>

#include <string>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

/// A server behind a relay, with a function that counts how often it is called.
struct breaking_world {
    breaking_world() {
        server.sandbox().register_rpc("count", [this](const sandbox::rpc_context&, const std::string&) {
            ++counted;
            return std::string{R"({"counted":true})"};
        });
        spawned<session> signing_in;
        finish(io, *time, signing_in, direct.authenticate_device({.id = "device-0000000001"}));
        ada = signing_in.value.value();
    }

    client_config through_relay() const {
        client_config config = server.config();
        config.port = way.port();
        config.clock = time;
        config.seed = 1;
        return config;
    }

    asio::io_context io;
    std::shared_ptr<virtual_clock> time =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
    // Tokens that outlast the test: a refresh would shift where the others break.
    test_server server{io, {.token_expiry = std::chrono::hours{24 * 365}, .clock = time, .seed = 1}};
    client direct{io.get_executor(), server.config()};
    relay way{io, server.port()};
    session ada;
    int counted = 0;
};

struct lengths {
    std::size_t request = 0, answer = 0;
};

/// How long the exchange is when nothing breaks.
lengths exchange_of_rpc() {
    breaking_world world;
    client client{world.io.get_executor(), world.through_relay()};
    spawned<rpc> call;
    finish(world.io, *world.time, call, client.rpc(world.ada, {.id = "count", .payload = "{}"}));
    return {world.way.request_bytes(), world.way.answer_bytes()};
}

constexpr relay_fault::kind kinds[] = {relay_fault::kind::close, relay_fault::kind::reset,
                                       relay_fault::kind::silence};

} // namespace

TEST_CASE("what is not idempotent never runs twice, wherever its connection breaks") {
    const auto whole = exchange_of_rpc();
    REQUIRE(whole.request > 100);
    REQUIRE(whole.answer > 100);
    breaking_world world;
    auto config = world.through_relay();
    config.retry = retries::exponential(3, 100ms);
    int succeeded = 0, failed = 0, lost_before = 0;
    const auto try_with = [&](relay_fault fault, bool on_kept_connection) {
        client client{world.io.get_executor(), config};
        if (on_kept_connection) {
            // The first exchange goes well, and its bytes count as well.
            if (fault.after_request) *fault.after_request += whole.request;
            if (fault.after_answer) *fault.after_answer += whole.answer;
            world.way.add_fault(fault);
            spawned<rpc> first;
            finish(world.io, *world.time, first, client.rpc(world.ada, {.id = "count", .payload = "{}"}));
            REQUIRE(first.value.has_value());
        } else {
            world.way.add_fault(fault);
        }
        world.counted = 0;
        const auto began = world.time->now();
        spawned<rpc> call;
        finish(world.io, *world.time, call, client.rpc(world.ada, {.id = "count", .payload = "{}"}));
        CHECK(world.counted <= 1);
        if (call.value) {
            ++succeeded;
            CHECK(world.counted == 1);
        } else {
            ++failed;
            const auto& failure = call.failed.value();
            CHECK((failure.code() == errc::connection_lost || failure.code() == errc::timed_out ||
                   failure.code() == errc::malformed_answer));
            // Who is told that nothing was sent may rely on it.
            if (!failure.request_may_have_been_sent()) {
                CHECK(world.counted == 0);
                ++lost_before;
            }
            CHECK(world.time->now() - began <= 10s + 50ms);
        }
    };
    for (const auto how : kinds) {
        // Silence costs real milliseconds at each point.
        const std::size_t step = how == relay_fault::kind::silence ? 22 : 1;
        for (std::size_t at = 0; at <= whole.request; at += step) {
            try_with({.how = how, .after_request = at}, false);
            if (at % 7 == 1) try_with({.how = how, .after_request = at}, true);
        }
        for (std::size_t at = 0; at <= whole.answer; at += step) {
            try_with({.how = how, .after_answer = at}, false);
            if (at % 7 == 1) try_with({.how = how, .after_answer = at}, true);
        }
    }
    CHECK(succeeded > 0);
    CHECK(failed > 300);
}

TEST_CASE("what is idempotent succeeds in the end, wherever its connection breaks") {
    breaking_world world;
    auto config = world.through_relay();
    config.retry = retries::exponential(3, 100ms);
    for (const auto how : {relay_fault::kind::close, relay_fault::kind::reset}) {
        for (std::size_t at = 0; at < 250; at += 3) {
            for (const bool in_answer : {false, true}) {
                client client{world.io.get_executor(), config};
                if (in_answer) world.way.add_fault({.how = how, .after_answer = at});
                else world.way.add_fault({.how = how, .after_request = at});
                spawned<account> call;
                finish(world.io, *world.time, call, client.get_account(world.ada));
                INFO("byte " << at << (in_answer ? " of the answer" : " of the request"));
                REQUIRE(call.value.has_value());
                CHECK(call.value->user.id == world.ada.user_id());
            }
        }
    }
}
