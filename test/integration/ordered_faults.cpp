// The client against faults on order: what its policies make of them.
#include "support/socket_script.hpp"
#include "support/virtual_run.hpp"

#include <nakama/error.hpp>
#include <nakama/retry.hpp>
#include <nakama/sandbox/server.hpp>

#include <catch2/catch_test_macros.hpp>

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;
using sandbox::fault;

namespace {

/// A client that tries three times more, and its server, on a clock that jumps.
struct stormy {
    asio::io_context io;
    std::shared_ptr<virtual_clock> time =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
    sandbox::server server{io.get_executor(), {.token_expiry = 1h, .clock = time, .seed = 1}};
    client user{io.get_executor(),
                {.port = server.port(), .retry = retries::exponential(3, 1s), .clock = time, .seed = 1}};
    sandbox::faults faults = server.faults();
    session ada = value(user.authenticate_device({.id = "device-0000000001", .username = "ada"}));
    int calls = 0;

    stormy() {
        server.register_rpc("count", [this](const sandbox::rpc_context&, const std::string&) {
            return std::to_string(++calls);
        });
    }

    template <class T>
    T value(asio::awaitable<T> operation) {
        spawned<T> call;
        finish(io, *time, call, std::move(operation));
        REQUIRE(call.value.has_value());
        return std::move(*call.value);
    }
    template <class T>
    error failure(asio::awaitable<T> operation) {
        spawned<T> call;
        finish(io, *time, call, std::move(operation));
        REQUIRE(call.failed.has_value());
        return *call.failed;
    }
    std::chrono::milliseconds took(const std::function<void()>& work) const {
        const auto began = time->now();
        work();
        return std::chrono::duration_cast<std::chrono::milliseconds>(time->now() - began);
    }
};

} // namespace

TEST_CASE("an unavailable server is asked again, with growing patience") {
    stormy on;
    on.faults.order({.operation = "get_account", .times = 3, .fault = {.status = 503}});
    const auto span = on.took([&] { CHECK(on.value(on.user.get_account(on.ada)).user.username == "ada"); });
    CHECK(span >= 7s); // 1, 2 and 4
    CHECK(span < 8s);
    CHECK(on.faults.history().size() == 3);
}

TEST_CASE("a server that asks for more time gets it") {
    stormy on;
    on.faults.order({.operation = "get_account", .times = 1, .fault = {.status = 429, .retry_after = 5s}});
    const auto span = on.took([&] { (void)on.value(on.user.get_account(on.ada)); });
    CHECK(span >= 5s);
    CHECK(span < 6s);
}

TEST_CASE("after the last attempt the real error is told") {
    stormy on;
    const auto order = on.faults.order(
        {.operation = "get_account", .fault = {.status = 503, .message = "down for maintenance"}});
    const error failure = on.failure(on.user.get_account(on.ada));
    CHECK(failure.http_status() == 503);
    CHECK(failure.server_message() == "down for maintenance");
    CHECK(on.faults.hits(order) == 4);
}

TEST_CASE("what is idempotent is asked again when its answer is lost, what is not fails") {
    stormy on;
    on.faults.order({.path = "*", .fault = {.cut_at = fault::before}});
    CHECK(on.failure(on.user.rpc(on.ada, {.id = "count", .payload = "{}"})).code() == errc::connection_lost);
    CHECK(on.calls == 1);
    on.faults.clear();
    on.faults.order({.path = "*", .times = 2, .fault = {.reset_at = fault::middle}});
    (void)on.value(on.user.get_account(on.ada));
}

TEST_CASE("connections that are refused are dialled again, whatever the operation") {
    stormy on;
    client fresh{
        on.io.get_executor(),
        {.port = on.server.port(), .retry = retries::exponential(3, 1s), .clock = on.time, .seed = 1}};
    on.faults.order({.times = 1, .fault = {.refuse = fault::refusal::silence}});
    const error late = on.failure(fresh.get_account(on.ada, {.timeout = 5s, .retry = retries::none()}));
    CHECK(late.code() == errc::timed_out);
    CHECK(on.value(fresh.get_account(on.ada)).user.username == "ada");
}

TEST_CASE("an answer that drips is an answer") {
    stormy on;
    on.faults.order({.operation = "get_account", .fault = {.drip = {.bytes = 16, .pause = 50ms}}});
    const auto span = on.took([&] { CHECK(on.value(on.user.get_account(on.ada)).user.username == "ada"); });
    CHECK(span > 500ms);
}

TEST_CASE("a socket whose server ignores everything is given up, and comes back") {
    stormy on;
    auto socket = on.user.create_socket({.reconnect = every_second()});
    const auto order = on.faults.order(
        {.operation = "connect", .times = 1, .fault = {.ignore_pings = true, .stop_pinging = true}});
    spawned<bool> opened;
    finish(on.io, *on.time, opened, ended(socket.connect(on.ada)));
    CHECK(on.faults.hits(order) == 1);
    const auto connections = on.faults.connections();
    run_until(on.io, *on.time,
              [&] { return on.faults.connections() > connections && socket.is_connected(); });
    CHECK(socket.is_connected());
}
