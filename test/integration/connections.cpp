// How many connections a client opens, to which address, and who gets one.
#include "net/event.hpp"
#include "net/race.hpp"
#include "support/failure.hpp"
#include "support/spawned.hpp"
#include "support/tcp_script.hpp"
#include "support/test_server.hpp"

#include <nakama/client.hpp>
#include <nakama/socket.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

using tcp = asio::ip::tcp;

const session somebody{"e30.e30.e30", ""};

/// Answers requests only when the test says so, in the order in which they came.
struct slow_server {
    explicit slow_server(asio::io_context& io)
        : script{io, [this](tcp_peer& peer, int) -> asio::awaitable<void> {
                     const auto executor = co_await asio::this_coro::executor;
                     for (;;) {
                         const auto request = co_await peer.request();
                         if (request.empty()) {
                             ++closed;
                             co_return;
                         }
                         const auto gate = std::make_shared<net::event>(executor);
                         asked.push_back(request.substr(0, request.find(" HTTP")));
                         gates.push_back(gate);
                         if (asked.size() <= answered) gate->set();
                         co_await gate->wait();
                         co_await peer.send(answer(200, R"({"payload":"ok"})"));
                     }
                 }} {}

    /// Answers the first `count` requests, present and future ones.
    void answer_up_to(std::size_t count) {
        answered = count;
        for (std::size_t i = 0; i < std::min(count, gates.size()); ++i) gates[i]->set();
    }

    std::vector<std::string> asked{};
    std::vector<std::shared_ptr<net::event>> gates{};
    std::size_t answered = 0; // how many of them may be answered
    int closed = 0;
    tcp_script script;
};

struct pool_watcher final : observer {
    pool last{};
    std::size_t most_open = 0, most_waiting = 0;
    int opened = 0, failed = 0, reused = 0, closed = 0;
    void on_connection_open(const connection& seen) noexcept override { ++(seen.error ? failed : opened); }
    void on_connection_reuse(std::string_view) noexcept override { ++reused; }
    void on_connection_close(std::string_view) noexcept override { ++closed; }
    void on_pool_change(const pool& now) noexcept override {
        last = now;
        most_open = std::max(most_open, now.open);
        most_waiting = std::max(most_waiting, now.waiting);
    }
};

asio::awaitable<void> until(std::function<bool()> true_at_last) {
    const auto executor = co_await asio::this_coro::executor;
    while (!true_at_last()) co_await asio::post(executor, asio::use_awaitable);
}

} // namespace

CO_TEST_CASE("no more connections are opened than allowed, and whoever waits is served in order") {
    slow_server server{io};
    const auto watcher = std::make_shared<pool_watcher>();
    client client{io.get_executor(),
                  {.port = server.script.port(), .limits = {.connections = 2}, .observer = watcher}};
    std::deque<spawned<rpc>> calls(6);
    for (std::size_t i = 0; i < calls.size(); ++i)
        calls[i].start(io, client.rpc(somebody, {.id = "f" + std::to_string(i)}));
    co_await until([&] { return server.asked.size() == 2; });
    CHECK(watcher->last.open == 2);
    CHECK(watcher->last.waiting == 4);
    for (std::size_t i = 1; i <= calls.size(); ++i) {
        server.answer_up_to(i);
        co_await until([&] { return server.asked.size() == std::min(i + 2, calls.size()); });
    }
    co_await until([&] { return std::ranges::all_of(calls, [](auto& c) { return c.completions == 1; }); });
    for (std::size_t i = 0; i < calls.size(); ++i) {
        CHECK(calls[i].value.has_value());
        CHECK(server.asked[i] == "POST /v2/rpc/f" + std::to_string(i));
    }
    CHECK(server.script.connections() == 2);
    CHECK(watcher->most_open == 2);
    CHECK(watcher->opened == 2);
    CHECK(watcher->reused == 4);
    CHECK(watcher->last.open == 2);
    CHECK(watcher->last.idle == 2);
    CHECK(watcher->last.waiting == 0);
}

CO_TEST_CASE("whoever gives up waiting leaves the turn to the next") {
    slow_server server{io};
    const auto watcher = std::make_shared<pool_watcher>();
    client client{io.get_executor(),
                  {.port = server.script.port(), .limits = {.connections = 1}, .observer = watcher}};
    std::deque<spawned<rpc>> calls(4);
    for (std::size_t i = 0; i < calls.size(); ++i)
        calls[i].start(io, client.rpc(somebody, {.id = "f" + std::to_string(i)}));
    co_await until([&] { return server.asked.size() == 1; });
    calls[1].cancel.emit(asio::cancellation_type::terminal); // while it waits
    co_await until([&] { return calls[1].completions == 1; });
    calls[0].cancel.emit(asio::cancellation_type::terminal); // its connection goes, its place goes on
    server.answer_up_to(10);
    co_await until([&] { return calls[2].completions + calls[3].completions == 2; });
    CHECK(calls[0].failed.value().code() == errc::cancelled);
    CHECK(calls[1].failed.value().code() == errc::cancelled);
    CHECK(calls[2].value.has_value());
    CHECK(calls[3].value.has_value());
    CHECK(server.asked == std::vector<std::string>{"POST /v2/rpc/f0", "POST /v2/rpc/f2", "POST /v2/rpc/f3"});
    CHECK(watcher->closed == 1);
    CHECK(watcher->last.open == 1);
}

CO_TEST_CASE("a place that was given to somebody who gave up in that moment is not lost") {
    // However many handlers run between the end of one call and the cancellation of the next.
    for (int steps = 0; steps < 12; ++steps) {
        asio::io_context own;
        slow_server server{own};
        client client{own.get_executor(), {.port = server.script.port(), .limits = {.connections = 1}}};
        std::deque<spawned<rpc>> calls(3);
        for (auto& call : calls) call.start(own, client.rpc(somebody, {.id = "f"}));
        while (server.asked.empty()) own.run_one();
        server.answer_up_to(1);
        while (calls[0].completions == 0) own.run_one();
        for (int i = 0; i < steps; ++i) own.poll_one();
        calls[1].cancel.emit(asio::cancellation_type::terminal);
        server.answer_up_to(10);
        while (calls[2].completions == 0) own.run_one();
        CHECK(calls[2].value.has_value());
        CHECK(calls[1].completions == 1);
    }
    co_return;
}

CO_TEST_CASE("a place whose connection cannot be opened goes on to the next") {
    std::optional<tcp::acceptor> taken{std::in_place, io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    const auto port = taken->local_endpoint().port();
    taken.reset(); // nobody listens there now
    const auto watcher = std::make_shared<pool_watcher>();
    client client{io.get_executor(), {.port = port, .limits = {.connections = 1}, .observer = watcher}};
    std::deque<spawned<rpc>> calls(5);
    for (auto& call : calls) call.start(io, client.rpc(somebody, {.id = "f"}));
    co_await until([&] { return std::ranges::all_of(calls, [](auto& c) { return c.completions == 1; }); });
    for (auto& call : calls) CHECK(call.failed.value().code() == errc::connect_failed);
    CHECK(watcher->failed == 5);
    CHECK(watcher->last.open == 0);
    CHECK(watcher->last.waiting == 0);
}

CO_TEST_CASE("an observer that ends the client when a connection is used again ends the call") {
    struct ender final : observer {
        std::function<void()> reused;
        void on_connection_reuse(std::string_view) noexcept override { reused(); }
    };
    slow_server server{io};
    server.answer_up_to(1);
    const auto watcher = std::make_shared<ender>();
    std::optional<client> ended{std::in_place, io.get_executor(),
                                client_config{.port = server.script.port(), .observer = watcher}};
    watcher->reused = [&] { ended.reset(); };
    co_await ended->rpc(somebody, {.id = "first"});
    spawned<rpc> second;
    second.start(io, ended->rpc(somebody, {.id = "second"}));
    co_await until([&] { return second.completions == 1; });
    REQUIRE(second.failed);
    CHECK(second.failed->code() == errc::closed);
    CHECK(server.asked.size() == 1);
}

CO_TEST_CASE("connections that have idled for too long are not used again, and not too many are kept") {
    slow_server server{io};
    const auto time = std::make_shared<virtual_clock>();
    client client{io.get_executor(),
                  {.port = server.script.port(), .limits = {.idle_connections = 1}, .clock = time}};
    std::deque<spawned<rpc>> calls(3);
    for (auto& call : calls) call.start(io, client.rpc(somebody, {.id = "f"}));
    co_await until([&] { return server.asked.size() == 3; });
    server.answer_up_to(100);
    co_await until([&] { return std::ranges::all_of(calls, [](auto& c) { return c.completions == 1; }); });
    CHECK(server.script.connections() == 3);
    co_await until([&] { return server.closed == 2; });
    time->advance(50s);
    co_await client.rpc(somebody, {.id = "f"});
    CHECK(server.script.connections() == 3);
    time->advance(51s);
    co_await client.rpc(somebody, {.id = "f"});
    CHECK(server.script.connections() == 4);
    co_await until([&] { return server.closed == 3; });
}

CO_TEST_CASE("ten thousand calls at once need few connections and all complete") {
    test_server server{io};
    const auto watcher = std::make_shared<pool_watcher>();
    auto config = server.config();
    config.observer = watcher;
    config.timeout = 5min;
    client client{io.get_executor(), config};
    const auto session = co_await client.authenticate_device({.id = server.unique("device")});
    int succeeded = 0, ended = 0;
    for (int i = 0; i < 10'000; ++i)
        asio::co_spawn(
            io,
            [](class client& c, nakama::session s) -> asio::awaitable<void> {
                co_await c.get_account(s);
            }(client, session),
            [&](const std::exception_ptr& failure) {
                ++ended;
                if (!failure) ++succeeded;
            });
    co_await until([&] { return ended == 10'000; });
    CHECK(succeeded == 10'000);
    CHECK(watcher->most_open == 32);
    CHECK(watcher->most_waiting == 10'000 - 32);
    CHECK(watcher->opened == 32);
    CHECK(watcher->last.open == watcher->last.idle);
}

TEST_CASE("addresses are tried by family in turn, beginning with the resolver's first") {
    const auto v4 = [](unsigned n) { return tcp::endpoint{asio::ip::address_v4{n}, 1}; };
    const auto v6 = [](unsigned char n) {
        asio::ip::address_v6::bytes_type bytes{};
        bytes[15] = n;
        return tcp::endpoint{asio::ip::address_v6{bytes}, 1};
    };
    CHECK(net::in_turn({v6(1), v6(2), v6(3), v4(1), v4(2)}) ==
          std::vector<tcp::endpoint>{v6(1), v4(1), v6(2), v4(2), v6(3)});
    CHECK(net::in_turn({v4(1), v4(2)}) == std::vector<tcp::endpoint>{v4(1), v4(2)});
    CHECK(net::in_turn({}).empty());
}

namespace {

/// An address that neither accepts nor refuses: its queue is full.
struct silent_address {
    explicit silent_address(asio::io_context& io) : acceptor{io, tcp::v4()} {
        acceptor.bind({asio::ip::address_v4::loopback(), 0});
        acceptor.listen(0);
        for (int i = 0; i < 4; ++i) {
            fillers.emplace_back(io);
            fillers.back().async_connect(acceptor.local_endpoint(), [](const boost::system::error_code&) {});
        }
    }
    tcp::acceptor acceptor;
    std::deque<tcp::socket> fillers;
};

} // namespace

CO_TEST_CASE("an address that stays silent holds the next one up for a quarter of a second") {
    silent_address silent{io};
    tcp::acceptor open{io, {asio::ip::address_v4::loopback(), 0}};
    const auto time = std::make_shared<virtual_clock>();
    spawned<tcp::endpoint> connecting;
    connecting.start(io,
                     [](std::vector<tcp::endpoint> to,
                        std::shared_ptr<nakama::clock> by) -> asio::awaitable<tcp::endpoint> {
                         auto socket = co_await net::connect_to_first(std::move(to), std::move(by));
                         co_return socket.remote_endpoint();
                     }({silent.acceptor.local_endpoint(), open.local_endpoint()}, time));
    const auto executor = io.get_executor();
    for (int i = 0; i < 50; ++i) co_await asio::post(executor, asio::use_awaitable);
    CHECK(connecting.completions == 0);
    CHECK(time->pending() == 1);
    time->advance(250ms);
    co_await until([&] { return connecting.completions == 1; });
    CHECK(connecting.value == open.local_endpoint());
    CHECK(time->pending() == 0);
}

CO_TEST_CASE("an address that refuses holds nobody up, and if all refuse the first reason is told") {
    std::vector<tcp::endpoint> closed;
    for (int i = 0; i < 2; ++i) {
        tcp::acceptor gone{io, {asio::ip::address_v4::loopback(), 0}};
        closed.push_back(gone.local_endpoint());
    }
    tcp::acceptor open{io, {asio::ip::address_v4::loopback(), 0}};
    const auto time = std::make_shared<virtual_clock>();
    auto socket = co_await net::connect_to_first({closed[0], closed[1], open.local_endpoint()}, time);
    CHECK(socket.remote_endpoint() == open.local_endpoint());
    bool refused = false;
    try {
        co_await net::connect_to_first(closed, time);
    } catch (const boost::system::system_error& failure) {
        refused = failure.code() == asio::error::connection_refused;
    }
    CHECK(refused);
}

CO_TEST_CASE("giving up while connecting ends all attempts") {
    silent_address silent{io}, second{io};
    const auto time = std::make_shared<virtual_clock>();
    auto client =
        nakama::client{io.get_executor(), {.port = silent.acceptor.local_endpoint().port(), .clock = time}};
    spawned<account> call;
    call.start(io, client.get_account(somebody));
    co_await until([&] { return time->pending() > 0; });
    time->advance(10s);
    co_await until([&] { return call.completions == 1; });
    CHECK(call.failed.value().code() == errc::timed_out);
    CHECK(!call.failed.value().request_may_have_been_sent());
}

CO_TEST_CASE("requests and sockets go through a proxy when there is one") {
    std::vector<std::string> seen;
    tcp_script proxy{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                         seen.push_back(co_await peer.request());
                         co_await peer.send("HTTP/1.1 200 Connection established\r\n\r\n");
                         // From here on it is the server.
                         for (;;) {
                             const auto request = co_await peer.request();
                             if (request.empty()) co_return;
                             seen.push_back(request);
                             co_await peer.send(answer(200, R"({"payload":"ok"})"));
                         }
                     }};
    client client{
        io.get_executor(),
        {.host = "game.example.com",
         .port = 7350,
         .proxy = {.host = "127.0.0.1", .port = proxy.port(), .user = "ada", .password = "secret"}}};
    co_await client.rpc(somebody, {.id = "f"});
    co_await client.rpc(somebody, {.id = "g"});
    REQUIRE(seen.size() == 3);
    CHECK(seen[0] == "CONNECT game.example.com:7350 HTTP/1.1\r\nHost: game.example.com:7350\r\n"
                     "Proxy-Authorization: Basic YWRhOnNlY3JldA==\r\n\r\n");
    CHECK(seen[1].starts_with("POST /v2/rpc/f HTTP/1.1\r\nHost: game.example.com:7350\r\n"));
    CHECK(seen[1].find("Proxy-Authorization") == std::string::npos);
    CHECK(seen[2].starts_with("POST /v2/rpc/g"));

    auto socket = client.create_socket();
    co_await failure_of(socket.connect(somebody));
    REQUIRE(seen.size() == 5);
    CHECK(seen[3].starts_with("CONNECT game.example.com:7350"));
    CHECK(seen[4].starts_with("GET /ws?"));
}

CO_TEST_CASE("a proxy that refuses is named, with what it said") {
    const std::vector<std::pair<std::string, std::string>> answers{
        {"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 5\r\n\r\nno...",
         "HTTP 407 Proxy Authentication Required (set user and password of http_proxy)"},
        {"HTTP/1.1 502 Bad Gateway\r\n\r\n", "HTTP 502 Bad Gateway"},
        {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "bad version"},
        {"HTTP/1.1 200 OK\r\n\r\nmore", "it sent more than the answer to CONNECT"},
    };
    for (const auto& [said, told] : answers) {
        tcp_script proxy{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                             co_await peer.request();
                             co_await peer.send(said);
                         }};
        client client{io.get_executor(),
                      {.host = "game.example.com",
                       .proxy = {.host = "127.0.0.1", .port = proxy.port(), .password = "secret"}}};
        const auto failure = co_await failure_of(client.rpc(somebody, {.id = "f"}));
        CHECK(failure.code() == errc::connect_failed);
        INFO(failure.what());
        CHECK(failure.message().find("through the proxy 127.0.0.1:" + std::to_string(proxy.port())) == 0);
        CHECK(failure.message().find(told) != std::string::npos);
        CHECK(!failure.request_may_have_been_sent());
    }
}

CO_TEST_CASE("further headers go with every request and handshake") {
    std::vector<std::string> seen;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          for (;;) {
                              const auto request = co_await peer.request();
                              if (request.empty()) co_return;
                              seen.push_back(request);
                              co_await peer.send(answer(200, "{}"));
                          }
                      }};
    client client{io.get_executor(),
                  {.port = server.port(), .headers = {{"X-Game", "heroes"}, {"X-Region", "eu"}}}};
    co_await client.rpc(somebody, {.id = "f"});
    auto socket = client.create_socket();
    co_await failure_of(socket.connect(somebody));
    REQUIRE(seen.size() == 2);
    for (const auto& request : seen) {
        CHECK(request.find("\r\nX-Game: heroes\r\n") != std::string::npos);
        CHECK(request.find("\r\nX-Region: eu\r\n") != std::string::npos);
    }
    for (const auto& [name, value, told] :
         std::vector<std::array<std::string, 3>>{{"authorization", "x", "which the client sets itself"},
                                                 {"Host", "x", "which the client sets itself"},
                                                 {"Sec-WebSocket-Key", "x", "which the client sets itself"},
                                                 {"X Game", "x", "a header's name may have"},
                                                 {"", "x", "a header's name may have"},
                                                 {"X-Game", "a\r\nEvil: b", "line break"}}) {
        try {
            nakama::client{io.get_executor(), {.headers = {{name, value}}}};
            FAIL("accepted " << name);
        } catch (const error& failure) {
            CHECK(failure.code() == errc::invalid_argument);
            CHECK(failure.message().find(told) != std::string::npos);
        }
    }
}
