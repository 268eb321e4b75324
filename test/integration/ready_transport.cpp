// The short way over a connection that waits for the next request.
#include "net/ready_transport.hpp"

#include "support/failure.hpp"
#include "support/tcp_script.hpp"

#include <nakama/clock.hpp>
#include <nakama/error.hpp>

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

using result = std::optional<http_response>;

std::shared_ptr<net::ready_transport> transport_to(const tcp_script& server, transport_limits limits = {},
                                                   std::shared_ptr<nakama::clock> clock = {}) {
    return std::dynamic_pointer_cast<net::ready_transport>(
        make_beast_transport({.port = server.port()}, limits, {}, std::move(clock)));
}

/// A request under way beside the test.
struct under_way {
    asio::cancellation_signal abort;
    bool is_over = false;
    std::exception_ptr thrown;
    result got;

    void start(const asio::any_io_executor& executor, net::ready_transport& over, http_request request) {
        asio::co_spawn(executor, over.send_if_ready(request, abort.slot()),
                       [this](std::exception_ptr failed, result answer) {
                           is_over = true;
                           thrown = std::move(failed);
                           got = std::move(answer);
                       });
    }

    bool was_aborted() const {
        try {
            if (thrown) std::rethrow_exception(thrown);
        } catch (const boost::system::system_error& failure) {
            return failure.code() == asio::error::operation_aborted;
        }
        return false;
    }
};

asio::awaitable<void> until(std::function<bool()> true_at_last) {
    const auto executor = co_await asio::this_coro::executor;
    while (!true_at_last()) co_await asio::post(executor, asio::use_awaitable);
}

} // namespace

CO_TEST_CASE("a request goes over an idle connection; without one nothing is done") {
    std::vector<std::string> seen;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          for (;;) {
                              seen.push_back(co_await peer.request());
                              if (seen.back().empty()) co_return;
                              co_await peer.send(
                                  answer(200, std::to_string(seen.size()), "Retry-After: 7\r\n"));
                          }
                      }};
    const auto transport = transport_to(server);
    bool maybe_sent = true;
    auto got = co_await transport->send_if_ready({.target = "/a", .maybe_sent = &maybe_sent}, {});
    CHECK(!got);
    CHECK(!maybe_sent);
    CHECK(server.connections() == 0);

    co_await transport->send({.method = "POST", .target = "/b", .body = "a longer text"});
    got = co_await transport->send_if_ready({.target = "/c", .maybe_sent = &maybe_sent}, {});
    REQUIRE(got);
    CHECK(got->status == 200);
    CHECK(got->body == "2");
    CHECK(got->headers.find("retry-after") == "7");
    CHECK(maybe_sent);
    got = co_await transport->send_if_ready({.target = "/d"}, {});
    REQUIRE(got);
    CHECK(got->body == "3");
    CHECK(seen.back() == "GET /d HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\n\r\n");
    CHECK(server.connections() == 1);
}

CO_TEST_CASE("a request that was never awaited leaves its connection as it was") {
    std::string seen;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          for (;;) {
                              seen = co_await peer.request();
                              if (seen.empty()) co_return;
                              co_await peer.send(answer(200, "{}"));
                          }
                      }};
    const auto transport = transport_to(server);
    co_await transport->send({.target = "/a"});
    {
        const auto forgotten = transport->send_if_ready({.target = "/b"}, {});
    }
    const auto got = co_await transport->send_if_ready({.target = "/c"}, {});
    CHECK(got.has_value());
    CHECK(seen.starts_with("GET /c HTTP/1.1\r\n"));
    CHECK(server.connections() == 1);
}

CO_TEST_CASE("what cannot go out fails before a connection is borrowed") {
    tcp_script server{io, [](tcp_peer& peer, int) -> asio::awaitable<void> {
                          while (true) {
                              const auto request = co_await peer.request();
                              if (request.empty()) co_return;
                              co_await peer.send(answer(200, "{}"));
                          }
                      }};
    const auto transport = transport_to(server);
    co_await transport->send({.target = "/"});
    CHECK_THROWS_AS(transport->send_if_ready({.target = "/ HTTP/1.1\r\n"}, {}), error);
    const auto got = co_await transport->send_if_ready({.target = "/"}, {});
    CHECK(got.has_value());
}

CO_TEST_CASE("who comes when all connections are lent is not let in before those who wait") {
    bool may_answer = false;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          for (;;) {
                              const auto request = co_await peer.request();
                              if (request.empty()) co_return;
                              co_await until([&] { return may_answer; });
                              co_await peer.send(answer(200, "{}"));
                          }
                      }};
    const auto transport = transport_to(server, {.connections = 1});
    int answered = 0;
    for (int i = 0; i < 2; ++i)
        asio::co_spawn(io, transport->send({.target = "/"}),
                       [&](std::exception_ptr failed, const http_response&) { answered += !failed; });
    co_await until([&] { return server.connections() == 1; });
    auto got = co_await transport->send_if_ready({.target = "/"}, {});
    CHECK(!got);
    may_answer = true;
    co_await until([&] { return answered == 2; });
    got = co_await transport->send_if_ready({.target = "/"}, {});
    CHECK(got.has_value());
    CHECK(server.connections() == 1);
}

CO_TEST_CASE("a connection that died while it was idle leaves the request to send()") {
    tcp_script server{io, [](tcp_peer& peer, int) -> asio::awaitable<void> {
                          co_await peer.request();
                          co_await peer.send(answer(200, "{}"));
                          peer.close();
                      }};
    const auto time = std::make_shared<virtual_clock>();
    const auto transport = transport_to(server, {}, time);
    bool maybe_sent = true;
    co_await transport->send({.target = "/"});
    // Looked at before anything is sent.
    for (const bool idempotent : {false, true}) {
        auto got = co_await transport->send_if_ready(
            {.target = "/", .idempotent = idempotent, .maybe_sent = &maybe_sent}, {});
        CHECK(!got);
        CHECK(!maybe_sent);
        co_await transport->send({.target = "/"});
    }
    CHECK(server.connections() == 3);

    const auto answered = co_await transport->send({.target = "/", .idempotent = true});
    CHECK(answered.status == 200);
}

CO_TEST_CASE("a connection that dies of a request which must not be repeated is an error") {
    tcp_script server{io, [](tcp_peer& peer, int) -> asio::awaitable<void> {
                          co_await peer.request();
                          co_await peer.send(answer(200, "{}"));
                          co_await peer.request();
                          peer.reset();
                      }};
    const auto transport = transport_to(server);
    co_await transport->send({.target = "/"});
    bool maybe_sent = false;
    auto sending = transport->send_if_ready({.target = "/", .maybe_sent = &maybe_sent}, {});
    auto failure = co_await failure_of(std::move(sending));
    CHECK(failure.code() == errc::connection_lost);
    CHECK(failure.request_may_have_been_sent());
    CHECK(maybe_sent);

    // The same of one that may, if a part of its answer has come.
    tcp_script halting{io, [](tcp_peer& peer, int) -> asio::awaitable<void> {
                           co_await peer.request();
                           co_await peer.send(answer(200, "{}"));
                           co_await peer.request();
                           co_await peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
                           peer.close();
                       }};
    const auto other = transport_to(halting);
    co_await other->send({.target = "/"});
    sending = other->send_if_ready({.target = "/", .idempotent = true}, {});
    failure = co_await failure_of(std::move(sending));
    CHECK(failure.code() == errc::connection_lost);
}

CO_TEST_CASE("an aborted request cuts its connection, which is not used again") {
    int asked = 0, dropped = 0;
    const std::vector<std::string> parts{"", "HTTP/1.1 200 OK\r\n", answer(200, "{}").substr(0, 40),
                                         answer(200, std::string(50'000, 'x')).substr(0, 30'000)};
    tcp_script server{io, [&](tcp_peer& peer, int connection) -> asio::awaitable<void> {
                          co_await peer.request();
                          co_await peer.send(answer(200, "{}"));
                          co_await peer.request();
                          co_await peer.send(parts[static_cast<std::size_t>(connection - 1)]);
                          ++asked;
                          co_await peer.closed_by_client();
                          ++dropped;
                      }};
    const auto transport = transport_to(server);
    for (int i = 1; i <= static_cast<int>(parts.size()); ++i) {
        co_await transport->send({.target = "/"});
        CHECK(server.connections() == i);
        under_way request;
        request.start(io.get_executor(), *transport, {.target = "/"});
        co_await until([&] { return asked == i; });
        CHECK(!request.is_over);
        request.abort.emit(asio::cancellation_type::terminal);
        CHECK(!request.is_over); // not while the signal is being emitted
        co_await until([&] { return request.is_over && dropped == i; });
        CHECK(request.was_aborted());
        CHECK(!request.abort.slot().has_handler());
        const auto got = co_await transport->send_if_ready({.target = "/"}, {});
        CHECK(!got);
    }
}

CO_TEST_CASE("a request that was aborted in the very moment of its answer is aborted, once") {
    tcp_script server{io, [](tcp_peer& peer, int) -> asio::awaitable<void> {
                          for (;;) {
                              const auto request = co_await peer.request();
                              if (request.empty()) co_return;
                              co_await peer.send(answer(200, "{}"));
                          }
                      }};
    int aborted = 0, answered = 0;
    // However many handlers run before.
    for (int steps = 0; steps < 12; ++steps) {
        const auto transport = transport_to(server);
        co_await transport->send({.target = "/"});
        under_way request;
        request.start(io.get_executor(), *transport, {.target = "/"});
        const auto executor = io.get_executor();
        for (int i = 0; i < steps; ++i) co_await asio::post(executor, asio::use_awaitable);
        request.abort.emit(asio::cancellation_type::terminal);
        co_await until([&] { return request.is_over; });
        CHECK(request.was_aborted() != request.got.has_value());
        ++(request.got ? answered : aborted);
    }
    CHECK(aborted > 0);
    CHECK(answered > 0);
}

CO_TEST_CASE("answers that are read in several ways leave nothing behind for the next one") {
    const std::string body(100'000, 'x');
    std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const auto* const size : {"ff", "7fff", "10061"})
        chunked.append(size).append("\r\n").append(std::stoul(size, nullptr, 16), 'x').append("\r\n");
    chunked += "0\r\nX-Trailer: of no use\r\n\r\n";
    const std::size_t chunks = 0xff + 0x7fff + 0x10061;
    std::vector<std::string> texts{answer(200, body), chunked, answer(200, body)};
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          for (std::size_t i = 0;; ++i) {
                              const auto request = co_await peer.request();
                              if (request.empty()) co_return;
                              co_await peer.send(i < texts.size() ? texts[i] : answer(200, "{}"));
                          }
                      }};
    const auto transport = transport_to(server);
    auto got = co_await transport->send({.target = "/"});
    CHECK(got.body == body);
    got = co_await transport->send({.target = "/"});
    CHECK(got.body == std::string(chunks, 'x'));
    CHECK(!got.headers.find("X-Trailer"));
    got = co_await transport->send({.target = "/"});
    CHECK(got.body == body);
    CHECK(server.connections() == 1);
    // What comes behind a body that was read to the byte is no answer to the next request.
    texts = {answer(200, body) + answer(200, "unasked")};
    const auto other = transport_to(server);
    co_await other->send({.target = "/", .idempotent = true});
    got = co_await other->send({.target = "/", .idempotent = true});
    CHECK(got.body == body);
    CHECK(server.connections() == 3);
}

CO_TEST_CASE("a request completes on the executor of its caller") {
    tcp_script server{io, [](tcp_peer& peer, int) -> asio::awaitable<void> {
                          for (;;) {
                              const auto request = co_await peer.request();
                              if (request.empty()) co_return;
                              co_await peer.send(answer(200, "{}"));
                          }
                      }};
    const auto transport = transport_to(server);
    co_await transport->send({.target = "/"}); // its connection belongs to this test's executor
    const auto strand = asio::make_strand(io);
    int on_strand = 0;
    const auto ask = [&]() -> asio::awaitable<void> {
        const auto got = co_await transport->send_if_ready({.target = "/"}, {});
        if (got && strand.running_in_this_thread()) ++on_strand;
        co_await transport->send({.target = "/"});
        if (strand.running_in_this_thread()) ++on_strand;
    };
    co_await asio::co_spawn(strand, ask(), asio::use_awaitable);
    CHECK(on_strand == 2);
    CHECK(server.connections() == 1);
}

TEST_CASE("a context that is destroyed takes the requests under way with it") {
    under_way request;
    std::weak_ptr<net::ready_transport> left;
    {
        asio::io_context io;
        int asked = 0;
        tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                              for (;;) {
                                  const auto text = co_await peer.request();
                                  if (text.empty()) co_return;
                                  if (++asked == 1) co_await peer.send(answer(200, "{}"));
                                  else co_await peer.send("HTTP/1.1 200 OK\r\n");
                              }
                          }};
        const auto transport = transport_to(server);
        left = transport;
        run(io, [](net::ready_transport& over) -> asio::awaitable<void> {
            co_await over.send({.target = "/"});
        }(*transport));
        request.start(io.get_executor(), *transport, {.target = "/"});
        while (asked < 2) io.run_one();
        io.poll();
    }
    CHECK(left.expired());
    CHECK(!request.is_over);
    request.abort.emit(asio::cancellation_type::terminal); // of no effect any more
    CHECK(!request.is_over);
}
