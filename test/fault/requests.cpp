// What goes wrong between client and server, one thing at a time: which error comes of it, after how many
// attempts and after how much time by the clock.
#include "net/event.hpp"
#include "support/failure.hpp"
#include "support/relay.hpp"
#include "support/tcp_script.hpp"
#include "support/test_server.hpp"
#include "support/tokens.hpp"
#include "support/virtual_run.hpp"

#include <nakama/error.hpp>
#include <nakama/observer.hpp>

#include <boost/asio/detached.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

using milliseconds = std::chrono::milliseconds;

const session somebody{"e30.e30.e30", ""};

/// A server that answers with what a test says, request by request, however many connections that takes.
struct scripted_server {
    using step = std::function<asio::awaitable<void>(tcp_peer&)>;

    explicit scripted_server(asio::io_context& io, std::vector<step> script)
        : steps{std::move(script)}, server{io, [this](tcp_peer& peer, int) -> asio::awaitable<void> {
                                               for (;;) {
                                                   const auto request = co_await peer.request();
                                                   if (request.empty()) co_return;
                                                   const auto number = requests.size();
                                                   requests.push_back(request);
                                                   if (number >= steps.size()) co_return;
                                                   co_await steps[number](peer);
                                               }
                                           }} {}

    std::vector<step> steps;
    std::vector<std::string> requests{};
    tcp_script server;
};

scripted_server::step says(std::string text) {
    return [text = std::move(text)](tcp_peer& peer) -> asio::awaitable<void> { co_await peer.send(text); };
}

scripted_server::step says_and_closes(std::string text) {
    return [text = std::move(text)](tcp_peer& peer) -> asio::awaitable<void> {
        co_await peer.send(text);
        peer.close();
    };
}

const std::string ok = answer(200, R"({"wallet":"{}"})");

struct outcome {
    std::optional<error> failure;
    std::size_t requests = 0;
    milliseconds took{};
    std::size_t alarms = 0; // that are still set
};

/// Makes one call on a server with a script, under a virtual clock.
outcome call_on(std::vector<scripted_server::step> script, bool idempotent, call_options options = {},
                client_config config = {}) {
    asio::io_context io;
    const auto time = std::make_shared<virtual_clock>();
    scripted_server server{io, std::move(script)};
    config.port = server.server.port();
    config.clock = time;
    config.seed = 1;
    client client{io.get_executor(), std::move(config)};
    outcome result;
    const auto began = time->now();
    if (idempotent) {
        spawned<account> call;
        finish(io, *time, call, client.get_account(somebody, options));
        result.failure = call.failed;
    } else {
        spawned<rpc> call;
        finish(io, *time, call, client.rpc(somebody, {.id = "pay"}, options));
        result.failure = call.failed;
    }
    result.took = std::chrono::duration_cast<milliseconds>(time->now() - began);
    result.requests = server.requests.size();
    io.poll(); // alarms go once nothing else begins
    result.alarms = time->pending();
    return result;
}

const call_options patient{.retry = retries::fixed(3, 1s)};

} // namespace

TEST_CASE("statuses about the moment are repeated for idempotent calls, up to the policy's end") {
    for (const int status : {408, 429, 502, 503, 504}) {
        INFO(status);
        const auto refused = answer(status, "busy");
        auto seen = call_on({says(refused), says(refused), says(ok)}, true, patient);
        CHECK(!seen.failure);
        CHECK(seen.requests == 3);
        CHECK(seen.took == 2s);

        seen = call_on({says(refused), says(refused), says(refused), says(refused), says(ok)}, true, patient);
        CHECK(seen.failure.value().http_status() == status);
        CHECK(seen.failure->server_message() == "busy");
        CHECK(seen.failure->attempts() == 4);
        REQUIRE(seen.failure->history().size() == 4);
        for (std::size_t i = 0; i < 4; ++i) {
            CHECK(seen.failure->history()[i].http_status == status);
            CHECK(seen.failure->history()[i].after == i * 1s);
        }
        CHECK(seen.requests == 4);
        CHECK(seen.took == 3s);
        CHECK(seen.alarms == 0);

        seen = call_on({says(refused), says(ok)}, false, patient);
        CHECK(seen.failure.value().http_status() == status);
        CHECK(seen.failure->attempts() == 1);
        CHECK(seen.requests == 1);
    }
}

TEST_CASE("a server that asks for patience gets it") {
    const auto later = answer(429, "", "Retry-After: 4\r\n");
    auto seen = call_on({says(later), says(ok)}, true, patient);
    CHECK(!seen.failure);
    CHECK(seen.took == 4s);
    // A date is meant as well; the virtual clock begins in 1970.
    seen = call_on({says(answer(503, "", "Retry-After: Thu, 01 Jan 1970 00:00:07 GMT\r\n")), says(ok)}, true,
                   patient);
    CHECK(!seen.failure);
    CHECK(seen.took == 7s);
    // More patience than the call has time for: the refusal comes at once.
    seen = call_on({says(answer(503, "", "Retry-After: 60\r\n")), says(ok)}, true, patient);
    CHECK(seen.failure.value().http_status() == 503);
    CHECK(seen.took == 0s);
    CHECK(seen.requests == 1);
}

TEST_CASE("a failing function runs once, whatever the policy") {
    const auto failed = answer(500, R"({"code":13,"error":"boom","message":"boom"})");
    const auto seen = call_on({says(failed), says(ok)}, false, patient);
    CHECK(seen.failure.value().code() == grpc_code::internal);
    CHECK(seen.failure->attempts() == 1);
    CHECK(seen.requests == 1);
}

TEST_CASE("a reset is repeated for idempotent calls, and told otherwise") {
    const auto resets = [](tcp_peer& peer) -> asio::awaitable<void> {
        peer.reset();
        co_return;
    };
    auto seen = call_on({resets, resets, says(ok)}, true, patient);
    CHECK(!seen.failure);
    CHECK(seen.requests == 3);
    seen = call_on({resets, says(ok)}, false, patient);
    CHECK(seen.failure.value().code() == errc::connection_lost);
    CHECK(seen.failure->request_may_have_been_sent());
    CHECK(seen.requests == 1);
}

TEST_CASE("what may have been sent once may have been sent, whatever becomes of later attempts") {
    asio::io_context io;
    const auto time = std::make_shared<virtual_clock>();
    std::unique_ptr<tcp_script> server;
    server = std::make_unique<tcp_script>(io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
        co_await peer.request();
        server->stop();
        peer.reset();
    });
    client client{io.get_executor(), {.port = server->port(), .clock = time}};
    spawned<account> call;
    finish(io, *time, call, client.get_account(somebody, {.retry = retries::fixed(1, 1s)}));
    REQUIRE(call.failed);
    CHECK(call.failed->code() == errc::connect_failed);
    CHECK(call.failed->attempts() == 2);
    CHECK(call.failed->request_may_have_been_sent());
}

TEST_CASE("answers that are not whole, or no answers, fail with what is wrong with them") {
    struct broken {
        std::string text;
        errc code;
        std::string told;
        bool repeated;
    };
    const std::vector<broken> all{
        {"HTTP/1.1 200 OK\r\nContent-Le", errc::connection_lost, "while reading the answer", true},
        {"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"wallet\"", errc::connection_lost,
         "while reading the answer", true},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"wa", errc::connection_lost,
         "while reading the answer", true},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", errc::malformed_answer, "not HTTP",
         false},
        {"HTTP/1.1 200 OK\r\nContent-Length: lots\r\n\r\n{}", errc::malformed_answer, "not HTTP", false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{}", errc::message_too_large, "limit", false},
        {"SSH-2.0-OpenSSH_9.2\r\n", errc::malformed_answer, "not HTTP", false},
        {std::string("\x15\x03\x01\x00\x02\x02\x46", 7), errc::malformed_answer, "not HTTP", false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n[1,2]", errc::malformed_answer, "byte", false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"wallet\"", errc::malformed_answer, "byte", false},
    };
    for (const auto& each : all) {
        INFO(each.text);
        auto seen = call_on({says_and_closes(each.text), says(ok)}, true, {});
        CHECK(seen.failure.value().code() == each.code);
        CHECK(std::string{seen.failure->what()}.find(each.told) != std::string::npos);
        CHECK(seen.failure->operation() == "get_account");
        CHECK(seen.failure->attempts() == 1);
        CHECK(seen.took == 0s);

        seen = call_on({says_and_closes(each.text), says(ok)}, true, patient);
        CHECK(seen.failure.has_value() == !each.repeated);
        CHECK(seen.requests == (each.repeated ? 2 : 1));
    }
}

TEST_CASE("bodies that are not the server's own JSON are kept in part") {
    const std::string page = "<html>" + std::string(100'000, 'x') + "</html>";
    const auto seen = call_on({says(answer(502, page))}, true);
    CHECK(seen.failure.value().code() == grpc_code::unavailable);
    CHECK(seen.failure->server_message().starts_with("<html>xxx"));
    CHECK(seen.failure->server_message().size() < 2000);
}

TEST_CASE("a server that accepts and never answers is left at the deadline") {
    const auto silent = [](tcp_peer& peer) -> asio::awaitable<void> { co_await peer.closed_by_client(); };
    for (const bool idempotent : {true, false}) {
        const auto seen = call_on({silent, says(ok)}, idempotent, patient);
        CHECK(seen.failure.value().code() == errc::timed_out);
        CHECK(seen.failure->request_may_have_been_sent());
        CHECK(seen.failure->attempts() == 1);
        CHECK(seen.took >= 10s);
        CHECK(seen.took <= 10s + 50ms);
        CHECK(seen.alarms == 0);
    }
    const auto seen = call_on({silent}, true, {.timeout = 700ms});
    CHECK(seen.took >= 700ms);
    CHECK(seen.took <= 750ms);
}

TEST_CASE("a server that drips is left at the deadline") {
    asio::io_context io;
    const auto time = std::make_shared<virtual_clock>();
    bool gone = false;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          co_await peer.request();
                          for (const char c : answer(200, std::string(1000, ' ') + "{}")) {
                              if (gone) co_return;
                              co_await time->sleep_for(100ms);
                              co_await peer.send(std::string(1, c));
                          }
                      }};
    client client{io.get_executor(), {.port = server.port(), .clock = time}};
    spawned<account> call;
    finish(io, *time, call, client.get_account(somebody));
    gone = true;
    CHECK(call.failed.value().code() == errc::timed_out);
    CHECK(time->now().time_since_epoch() >= 10s);
    CHECK(time->now().time_since_epoch() <= 10s + 50ms);
}

TEST_CASE("the deadline covers all attempts and the pauses between them") {
    const auto refused = answer(503, "");
    // The next pause would end after the deadline, so the refusal is told at once.
    const auto seen = call_on(std::vector<scripted_server::step>(20, says(refused)), true,
                              {.timeout = 5s, .retry = retries::fixed(100, 2s)});
    CHECK(seen.failure.value().http_status() == 503);
    CHECK(seen.failure->attempts() == 3);
    CHECK(seen.took == 4s);
}

TEST_CASE("a last attempt that is cut off by the deadline is told with those before it") {
    const auto silent = [](tcp_peer& peer) -> asio::awaitable<void> { co_await peer.closed_by_client(); };
    const auto seen = call_on({says(answer(503, "")), silent}, true, patient);
    CHECK(seen.failure.value().code() == errc::timed_out);
    CHECK(seen.failure->attempts() == 2);
    REQUIRE(seen.failure->history().size() == 2);
    CHECK(seen.failure->history()[0].code == grpc_code::unavailable);
    CHECK(seen.failure->history()[1].code == errc::timed_out);
}

TEST_CASE("nobody listening is repeated whatever the operation, and told with the address") {
    asio::io_context io;
    const auto time = std::make_shared<virtual_clock>();
    std::optional<asio::ip::tcp::acceptor> taken{
        std::in_place, io, asio::ip::tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    const auto port = taken->local_endpoint().port();
    taken.reset();
    client client{io.get_executor(), {.port = port, .clock = time}};
    spawned<rpc> call;
    finish(io, *time, call, client.rpc(somebody, {.id = "pay"}, patient));
    CHECK(call.failed.value().code() == errc::connect_failed);
    CHECK(call.failed->attempts() == 4);
    CHECK(!call.failed->request_may_have_been_sent());
    CHECK(call.failed->message().find("127.0.0.1:" + std::to_string(port)) != std::string::npos);
    CHECK(time->now().time_since_epoch() == 3s);
}

TEST_CASE("a connection that breaks while TLS is set up is no call's fault") {
    asio::io_context io;
    const auto time = std::make_shared<virtual_clock>();
    for (const bool reset : {false, true}) {
        tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                              if (reset) peer.reset();
                              else peer.close();
                              co_return;
                          }};
        client client{io.get_executor(), {.port = server.port(), .tls = true, .clock = time}};
        spawned<rpc> call;
        finish(io, *time, call, client.rpc(somebody, {.id = "pay"}));
        CHECK(call.failed.value().code() == errc::tls_failed);
        CHECK(!call.failed->request_may_have_been_sent());
    }
    // And one that hangs there ends at the deadline.
    tcp_script silent{
        io, [&](tcp_peer& peer, int) -> asio::awaitable<void> { co_await peer.closed_by_client(); }};
    client client{io.get_executor(), {.port = silent.port(), .tls = true, .clock = time}};
    const auto began = time->now();
    spawned<rpc> call;
    finish(io, *time, call, client.rpc(somebody, {.id = "pay"}));
    CHECK(call.failed.value().code() == errc::timed_out);
    CHECK(!call.failed->request_may_have_been_sent());
    CHECK(time->now() - began <= 10s + 50ms);
}

TEST_CASE("sessions go on through whatever happens to their tokens") {
    asio::io_context io;
    // The server's clock is an hour ahead of ours.
    const auto server_time =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 1h);
    const auto time =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
    test_server server{io, {.clock = server_time, .seed = 1}};
    relay way{io, server.port()};
    auto config = server.config();
    config.port = way.port();
    config.clock = time;
    config.seed = 1;
    client client{io.get_executor(), config};
    const auto pass = [&](std::chrono::seconds span) {
        time->advance(span);
        server_time->advance(span);
    };
    spawned<session> signing_in;
    finish(io, *time, signing_in, client.authenticate_device({.id = "device-0000000001"}));
    const auto ada = signing_in.value.value();
    CHECK(ada.clock_skew() == 3600s);
    // A day of play, a call a minute: every token is used up.
    std::string last = ada.token();
    int renewed = 0;
    for (int minute = 0; minute < 24 * 60; ++minute) {
        pass(60s);
        spawned<account> call;
        finish(io, *time, call, client.get_account(ada));
        REQUIRE(call.value.has_value());
        renewed += ada.token() != last;
        last = ada.token();
    }
    CHECK(renewed == 24 * 60);
    // Two hours of nothing: the refresh token is over as well.
    pass(7200s);
    spawned<account> call;
    finish(io, *time, call, client.get_account(ada));
    CHECK(call.failed.value().code() == errc::session_expired);
    spawned<session> again;
    finish(io, *time, again, client.authenticate_device({.id = "device-0000000001"}));
    spawned<account> at_last;
    finish(io, *time, at_last, client.get_account(again.value.value()));
    CHECK(at_last.value.value().user.id == ada.user_id());
}
