#include "support/compressed.hpp"
#include "support/failure.hpp"
#include "support/spawned.hpp"
#include "support/tcp_script.hpp"

#include <nakama/client.hpp>
#include <nakama/deadline.hpp>
#include <nakama/socket.hpp>
#include <satori/client.hpp>

#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

const std::string token = "e30.e30.e30";

client client_of(asio::io_context& io, const tcp_script& server, client_config config = {}) {
    config.port = server.port();
    return client{io.get_executor(), std::move(config)};
}

/// Answers every request with an account whose user's id is the number of its connection.
asio::awaitable<void> count_connections(tcp_peer& peer, int connection) {
    for (;;) {
        const auto request = co_await peer.request();
        if (request.empty()) co_return;
        co_await peer.send(answer(200, R"({"user":{"id":")" + std::to_string(connection) + "\"}}"));
    }
}

} // namespace

CO_TEST_CASE("a request is plain HTTP/1.1 with what the server needs") {
    std::string seen;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          seen = co_await peer.request();
                          co_await peer.send(answer(200, R"({"payload":"ok"})"));
                      }};
    auto client = client_of(io, server);
    co_await client.rpc(session{token, ""}, {.id = "f", .payload = "p"});
    CHECK(seen == "POST /v2/rpc/f HTTP/1.1\r\n"
                  "Host: 127.0.0.1:" +
                      std::to_string(server.port()) +
                      "\r\n"
                      "Authorization: Bearer e30.e30.e30\r\n"
                      "Accept: application/json\r\n"
                      "Content-Type: application/json\r\n"
                      "Content-Length: 3\r\n\r\n\"p\"");
}

CO_TEST_CASE("connections are kept for the next requests") {
    tcp_script server{io, count_connections};
    auto client = client_of(io, server);
    const session session{token, ""};
    for (int i = 0; i < 5; ++i) {
        const auto account = co_await client.get_account(session);
        CHECK(account.user.id == "1");
    }
    CHECK(server.connections() == 1);
}

CO_TEST_CASE("a connection is not used again when the server says so or sends more than it should") {
    int mode = 0;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          for (;;) {
                              const auto request = co_await peer.request();
                              if (request.empty()) co_return;
                              if (mode == 0) co_await peer.send(answer(200, "{}", "Connection: close\r\n"));
                              if (mode == 1)
                                  co_await peer.send(answer(200, "{}") + "HTTP/1.1 200 Unasked\r\n");
                              if (mode == 2) {
                                  co_await peer.send("HTTP/1.0 200 OK\r\n\r\n{}");
                                  peer.close();
                              }
                          }
                      }};
    auto client = client_of(io, server);
    const session session{token, ""};
    for (mode = 0; mode < 3; ++mode)
        for (int i = 0; i < 2; ++i) co_await client.get_account(session);
    CHECK(server.connections() == 6);
}

CO_TEST_CASE("a connection that the server closed while it was idle is replaced silently") {
    tcp_script server{io, [](tcp_peer& peer, int connection) -> asio::awaitable<void> {
                          co_await peer.request();
                          co_await peer.send(
                              answer(200, R"({"user":{"id":")" + std::to_string(connection) + "\"}}"));
                          peer.close();
                      }};
    auto client = client_of(io, server);
    const session session{token, ""};
    for (int i = 1; i <= 3; ++i) {
        const auto account = co_await client.get_account(session);
        CHECK(account.user.id == std::to_string(i));
    }
}

CO_TEST_CASE("a kept connection that dies before the answer is replaced once, for what may be repeated") {
    // The first connection answers once and then resets whatever comes.
    tcp_script server{io, [](tcp_peer& peer, int connection) -> asio::awaitable<void> {
                          for (int i = 0;; ++i) {
                              const auto request = co_await peer.request();
                              if (request.empty()) co_return;
                              if (connection % 2 == 1 && i == 1) {
                                  peer.reset();
                                  co_return;
                              }
                              co_await peer.send(answer(200, "{}"));
                          }
                      }};
    auto client = client_of(io, server);
    const session session{token, ""};
    co_await client.get_account(session);
    co_await client.get_account(session);
    CHECK(server.connections() == 2);

    // What must not be repeated fails, and says that it may have been carried out.
    auto other = client_of(io, server); // its first connection is the third
    co_await other.get_account(session);
    const auto failure = co_await failure_of(other.rpc(session, {.id = "pay"}));
    CHECK(failure.code() == errc::connection_lost);
    CHECK(failure.request_may_have_been_sent());
    CHECK(server.connections() == 3);
}

CO_TEST_CASE("a fresh connection that dies is an error") {
    tcp_script server{io, [](tcp_peer& peer, int connection) -> asio::awaitable<void> {
                          co_await peer.request();
                          if (connection == 2)
                              co_await peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"user\"");
                          peer.close();
                      }};
    auto client = client_of(io, server);
    const session session{token, ""};
    for (int i = 0; i < 2; ++i) {
        const auto failure = co_await failure_of(client.get_account(session));
        CHECK(failure.code() == errc::connection_lost);
        CHECK(failure.request_may_have_been_sent());
    }
    CHECK(server.connections() == 2);
}

CO_TEST_CASE("answers in every shape that HTTP allows are read") {
    const std::string user = R"({"user":{"id":"u"}})";
    const std::vector<std::string> shapes{
        answer(200, user),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
        "chunked\r\n\r\n5\r\n{\"use\r\ne\r\nr\":{\"id\":\"u\"}}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + user,
        "HTTP/1.1 200 OK\r\nX-Large: " + std::string(6000, 'x') + "\r\nContent-Length: 19\r\n\r\n" + user,
    };
    for (const bool in_pieces : {false, true}) {
        tcp_script server{io, [&](tcp_peer& peer, int connection) -> asio::awaitable<void> {
                              co_await peer.request();
                              const auto& text = shapes[static_cast<std::size_t>(connection - 1)];
                              for (std::size_t i = 0; in_pieces && i < text.size(); ++i)
                                  co_await peer.send(text.substr(i, 1));
                              if (!in_pieces) co_await peer.send(text);
                              peer.close();
                          }};
        auto client = client_of(io, server);
        const session session{token, ""};
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            const auto account = co_await client.get_account(session);
            CHECK(account.user.id == "u");
        }
    }
}

CO_TEST_CASE("what is no HTTP is a malformed answer") {
    const std::vector<std::string> texts{"SSH-2.0-OpenSSH_9.2\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"};
    for (const auto& text : texts) {
        tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                              co_await peer.request();
                              co_await peer.send(text);
                              co_await peer.closed_by_client();
                          }};
        auto client = client_of(io, server);
        const auto failure = co_await failure_of(client.get_account(session{token, ""}));
        CHECK(failure.code() == errc::malformed_answer);
    }
}

CO_TEST_CASE("an answer above the limit is refused, whether its length is told or not") {
    const std::string large(5000, ' ');
    const std::vector<std::string> texts{answer(200, large), "HTTP/1.1 200 OK\r\n\r\n" + large};
    for (const auto& text : texts) {
        tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                              co_await peer.request();
                              co_await peer.send(text);
                              co_await peer.closed_by_client();
                          }};
        auto client = client_of(io, server, {.limits = {.response_bytes = 4096}});
        const auto failure = co_await failure_of(client.get_account(session{token, ""}));
        CHECK(failure.code() == errc::message_too_large);
        CHECK(failure.message() == "the answer is larger than the configured limit of 4096 bytes");
    }
}

CO_TEST_CASE("a large answer arrives whole") {
    const std::string text(5'000'000, 'x');
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          co_await peer.request();
                          co_await peer.send(answer(200, "{\"payload\":\"" + text + "\"}"));
                      }};
    auto client = client_of(io, server);
    const auto result = co_await client.rpc(session{token, ""}, {.id = "f"});
    CHECK(result.payload == text);
}

CO_TEST_CASE("compressed answers are asked for, but not of this machine unless the program wants them") {
    std::string seen;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          seen = co_await peer.request();
                          co_await peer.send(answer(200, "{}", "Connection: close\r\n"));
                      }};
    const auto asked = [&] { return seen.find("\r\nAccept-Encoding: gzip\r\n") != std::string::npos; };
    const auto is_silent = [&] { return seen.find("ncoding") == std::string::npos; };
    const session session{token, ""};
    for (const char* host : {"127.0.0.1", "localhost"}) {
        auto client = client_of(io, server, {.host = host});
        co_await client.get_account(session);
        CHECK(is_silent());
    }
    auto client = client_of(io, server, {.compression = compression::never});
    co_await client.get_account(session);
    CHECK(is_silent());
    client = client_of(io, server, {.compression = compression::always});
    co_await client.get_account(session);
    CHECK(asked());
    co_await client.rpc(session, {.id = "f", .payload = "p"});
    CHECK(asked());
    CHECK(seen.ends_with("\r\n\r\n\"p\""));

    // Messages of a socket are not compressed.
    auto socket = client.create_socket();
    co_await failure_of(socket.connect(session));
    CHECK(seen.starts_with("GET /ws?"));
    CHECK(is_silent());

    const satori::client other{io.get_executor(),
                               {.port = server.port(), .compression = compression::always}};
    co_await other.list_properties(satori::session{token, ""});
    CHECK(asked());
}

CO_TEST_CASE("a request that says itself which encodings it takes is left alone") {
    std::string seen;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          seen = co_await peer.request();
                          co_await peer.send(
                              answer(200, deflated_without_header("text"), "Content-Encoding: deflate\r\n"));
                      }};
    const auto transport = make_beast_transport({.port = server.port(), .compression = compression::always});
    const std::array own{http_header{"accept-encoding", "deflate"}};
    const auto response = co_await transport->send({.target = "/", .headers = own});
    CHECK(seen.find("accept-encoding: deflate\r\n") != std::string::npos);
    CHECK(seen.find("gzip") == std::string::npos);
    CHECK(response.body == "text");
    CHECK(response.headers.empty());
}

CO_TEST_CASE("a compressed answer is read in every shape, and its connection is used again") {
    const std::string user = R"({"user":{"id":"u"}})", body = gzipped(user);
    std::string chunked = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const char byte : body) chunked.append("1\r\n").append(1, byte).append("\r\n");
    chunked += "0\r\n\r\n";
    const std::vector<std::string> shapes{
        answer(200, body, "Content-Encoding: gzip\r\n"),
        answer(200, body, "cOnTeNt-EnCoDiNg: GZIP\r\n"),
        answer(200, deflated(user), "Content-Encoding: identity, deflate\r\n"),
        answer(200, user, "Content-Encoding: identity\r\n"),
        chunked,
    };
    std::size_t next = 0;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          for (;;) {
                              const auto request = co_await peer.request();
                              if (request.empty()) co_return;
                              co_await peer.send(shapes[next++]);
                          }
                      }};
    auto client = client_of(io, server);
    while (next < shapes.size()) {
        const auto account = co_await client.get_account(session{token, ""});
        CHECK(account.user.id == "u");
    }
    CHECK(server.connections() == 1);
}

CO_TEST_CASE("answers without a body are not decoded") {
    std::string text;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          for (;;) {
                              const auto request = co_await peer.request();
                              if (request.empty()) co_return;
                              co_await peer.send(text);
                          }
                      }};
    const auto transport = make_beast_transport({.port = server.port()});
    for (const char* answer : {"HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n",
                               "HTTP/1.1 304 Not Modified\r\nContent-Encoding: gzip\r\n\r\n",
                               "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n"}) {
        text = answer;
        const auto response = co_await transport->send({.target = "/"});
        CHECK(response.body.empty());
        CHECK(response.headers.find("content-encoding") == "gzip");
    }
    CHECK(server.connections() == 1);
}

CO_TEST_CASE("a refusal is readable when it is compressed") {
    const std::string refusal = R"({"code":16,"message":"Auth token invalid"})";
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          co_await peer.request();
                          co_await peer.send(answer(401, gzipped(refusal), "Content-Encoding: gzip\r\n"));
                      }};
    auto client = client_of(io, server);
    const auto failure = co_await failure_of(client.get_account(session{token, ""}));
    CHECK(failure.code() == grpc_code::unauthenticated);
    CHECK(failure.http_status() == 401);
    CHECK(failure.server_message() == "Auth token invalid");
}

CO_TEST_CASE("an answer that cannot be decompressed is malformed, and its connection is not used again") {
    std::string damaged = gzipped(R"({"user":{"id":"u"}})");
    damaged[damaged.size() - 8] ^= 1; // the checksum's first byte
    const std::vector<std::string> texts{
        answer(200, damaged, "Content-Encoding: gzip\r\n"),
        answer(200, damaged.substr(0, 20), "Content-Encoding: gzip\r\n"),
        answer(200, "{}", "Content-Encoding: gzip\r\n"),
        answer(200, "{}", "Content-Encoding: br\r\n"),
    };
    tcp_script server{io, [&](tcp_peer& peer, int connection) -> asio::awaitable<void> {
                          co_await peer.request();
                          co_await peer.send(texts[static_cast<std::size_t>(connection - 1)]);
                          co_await peer.closed_by_client();
                      }};
    auto client = client_of(io, server);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto failure = co_await failure_of(client.get_account(session{token, ""}));
        CHECK(failure.code() == errc::malformed_answer);
        CHECK(failure.http_status() == 200);
        CHECK(failure.request_may_have_been_sent());
    }
    CHECK(server.connections() == static_cast<int>(texts.size()));
}

CO_TEST_CASE("a compressed answer above the limit is refused, as it comes or decompressed") {
    std::string noise(5000, '\0');
    std::mt19937 random{1};
    for (char& byte : noise) byte = static_cast<char>(random());
    std::string text(5000, ' ');
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          co_await peer.request();
                          co_await peer.send(answer(200, gzipped(text), "Content-Encoding: gzip\r\n"));
                          co_await peer.closed_by_client();
                      }};
    auto client = client_of(io, server, {.limits = {.response_bytes = 4096}});
    auto failure = co_await failure_of(client.get_account(session{token, ""}));
    CHECK(failure.code() == errc::message_too_large);
    CHECK(failure.message() == "the answer, decompressed, is larger than the configured limit of 4096 bytes");
    text = noise;
    failure = co_await failure_of(client.get_account(session{token, ""}));
    CHECK(failure.code() == errc::message_too_large);
    CHECK(failure.message() == "the answer is larger than the configured limit of 4096 bytes");
}

CO_TEST_CASE("a server that does not answer times out, and its connection is dropped") {
    bool dropped = false;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          co_await peer.request();
                          co_await peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
                          co_await peer.closed_by_client();
                          dropped = true;
                      }};
    const auto time = std::make_shared<virtual_clock>();
    auto client = client_of(io, server, {.clock = time});
    spawned<account> call;
    call.start(io, client.get_account(session{token, ""}));
    const auto executor = io.get_executor();
    while (server.connections() == 0) co_await asio::post(executor, asio::use_awaitable);
    time->advance(9s);
    CHECK(call.completions == 0);
    time->advance(2s);
    while (!dropped) co_await asio::post(executor, asio::use_awaitable);
    CHECK(call.failed->code() == errc::timed_out);
}

CO_TEST_CASE("cancelling a request closes its connection at once") {
    bool asked = false, dropped = false;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          co_await peer.request();
                          asked = true;
                          co_await peer.closed_by_client();
                          dropped = true;
                      }};
    auto client = client_of(io, server);
    spawned<account> call;
    call.start(io, client.get_account(session{token, ""}));
    const auto executor = io.get_executor();
    while (!asked) co_await asio::post(executor, asio::use_awaitable);
    call.cancel.emit(asio::cancellation_type::terminal);
    while (!dropped) co_await asio::post(executor, asio::use_awaitable);
    CHECK(call.failed->code() == errc::cancelled);
}

CO_TEST_CASE("where nobody listens, connecting is refused and says where") {
    std::uint16_t port = 0;
    {
        boost::asio::ip::tcp::acceptor taken{io, {boost::asio::ip::address_v4::loopback(), 0}};
        port = taken.local_endpoint().port();
    }
    const client client{io.get_executor(), {.port = port}};
    const auto failure = co_await failure_of(client.get_account(session{token, ""}));
    CHECK(failure.code() == errc::connect_failed);
    CHECK(!failure.request_may_have_been_sent());
    CHECK(failure.message().starts_with("to 127.0.0.1:" + std::to_string(port) + ": "));
    auto socket = client.create_socket();
    const auto refused = co_await failure_of(socket.connect(session{token, ""}));
    CHECK(refused.code() == errc::connect_failed);
}

CO_TEST_CASE("a host without an address is told by name") {
    const client client{io.get_executor(), {.host = "no-such-host.invalid"}};
    const auto failure = co_await failure_of(client.get_account(session{token, ""}));
    CHECK(failure.code() == errc::resolve_failed);
    CHECK(failure.message().starts_with("\"no-such-host.invalid\": "));
}

CO_TEST_CASE("this machine is found by its name, even where no hosts file tells it") {
    tcp_script server{io, count_connections};
    int connections = 0;
    for (const char* name : {"localhost", "LocalHost.", "game.localhost"}) {
        const client client{io.get_executor(), {.host = name, .port = server.port()}};
        const auto account = co_await client.get_account(session{token, ""});
        CHECK(account.user.id == std::to_string(++connections));
    }
}

CO_TEST_CASE("nothing can smuggle headers in, and what was tried is not told") {
    tcp_script server{io, count_connections};
    const auto transport = make_beast_transport({.port = server.port()});
    const std::array evil{http_header{"Authorization", "secret\r\nX-Admin: yes"}};
    auto failure = co_await failure_of(transport->send({.target = "/v2/account", .headers = evil}));
    CHECK(failure.code() == errc::invalid_argument);
    CHECK(std::string{failure.what()}.find("secret") == std::string::npos);
    failure = co_await failure_of(transport->send({.target = "/v2/account HTTP/1.1\r\nX-Admin: yes"}));
    CHECK(failure.code() == errc::invalid_argument);
    const auto socket = transport->make_websocket();
    failure = co_await failure_of(socket->connect({.target = "/ws", .headers = evil}));
    CHECK(failure.code() == errc::invalid_argument);
    CHECK_THROWS_AS((session{"e30.e30.e30\r\nX-Admin: yes", ""}), error);
}

CO_TEST_CASE("interim answers are passed over") {
    tcp_script server{io, [](tcp_peer& peer, int) -> asio::awaitable<void> {
                          for (;;) {
                              const auto request = co_await peer.request();
                              if (request.empty()) co_return;
                              co_await peer.send(
                                  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" +
                                  answer(200, R"({"user":{"id":"u"}})"));
                          }
                      }};
    auto client = client_of(io, server);
    for (int i = 0; i < 2; ++i) {
        const auto account = co_await client.get_account(session{token, ""});
        CHECK(account.user.id == "u");
    }
    CHECK(server.connections() == 1);
}

CO_TEST_CASE("a socket that is refused tells status and text") {
    const std::vector<std::string> refusals{answer(401, "Missing or invalid token\n"),
                                            answer(502, "<html>Bad gateway</html>"), answer(200, "{}")};
    for (const auto& text : refusals) {
        tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                              co_await peer.request();
                              co_await peer.send(text);
                              co_await peer.closed_by_client();
                          }};
        auto client = client_of(io, server);
        auto socket = client.create_socket();
        const auto failure = co_await failure_of(socket.connect(session{token, ""}));
        CHECK(failure.code() == errc::upgrade_refused);
        CHECK(failure.http_status() == std::stoi(text.substr(9, 3)));
        CHECK(text.find(failure.server_message()) != std::string::npos);
        CHECK(!failure.server_message().empty());
    }
}

CO_TEST_CASE("a handshake that never ends times out, and can be cancelled") {
    int asked = 0, dropped = 0;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          co_await peer.request();
                          ++asked;
                          co_await peer.closed_by_client();
                          ++dropped;
                      }};
    const auto time = std::make_shared<virtual_clock>();
    auto client = client_of(io, server, {.clock = time});
    const auto executor = io.get_executor();
    auto socket = client.create_socket();
    std::optional<error> failed;
    const auto connect = [&](asio::cancellation_slot slot) {
        failed.reset();
        asio::co_spawn(io, as_result(socket.connect(session{token, ""})),
                       asio::bind_cancellation_slot(
                           slot, [&](std::exception_ptr, auto result) { failed = result.error(); }));
    };
    connect({});
    while (asked < 1) co_await asio::post(executor, asio::use_awaitable);
    time->advance(11s);
    while (dropped < 1 || !failed) co_await asio::post(executor, asio::use_awaitable);
    CHECK(failed->code() == errc::timed_out);

    asio::cancellation_signal cancel;
    connect(cancel.slot());
    while (asked < 2) co_await asio::post(executor, asio::use_awaitable);
    cancel.emit(asio::cancellation_type::terminal);
    while (dropped < 2 || !failed) co_await asio::post(executor, asio::use_awaitable);
    CHECK(failed->code() == errc::cancelled);
}

CO_TEST_CASE("a server that does not answer a close is left after the timeout") {
    bool dropped = false;
    tcp_script server{io, [&](tcp_peer& peer, int) -> asio::awaitable<void> {
                          const auto request = co_await peer.request();
                          const auto at = request.find("Sec-WebSocket-Key: ") + 19;
                          const auto key = request.substr(at, request.find('\r', at) - at);
                          co_await peer.send(websocket_accept(key));
                          co_await peer.closed_by_client();
                          dropped = true;
                      }};
    const auto time = std::make_shared<virtual_clock>();
    auto client = client_of(io, server, {.clock = time});
    auto socket = client.create_socket();
    co_await socket.connect(session{token, ""});
    asio::co_spawn(io, socket.close(), asio::detached);
    const auto executor = io.get_executor();
    while (time->pending() == 0) co_await asio::post(executor, asio::use_awaitable);
    CHECK(!dropped);
    time->advance(11s);
    while (!dropped) co_await asio::post(executor, asio::use_awaitable);
    CHECK(!socket.is_connected());
    CHECK(socket.last_close()->initiator == close_info::by::local);
}
