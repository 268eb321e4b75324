// A sandbox that speaks TLS.
#include "support/test_server.hpp"
#include "support/tls_front.hpp"

#include <nakama/error.hpp>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <string>

using namespace nakama;
using namespace nakama::test;

namespace {

client_config trusting(const sandbox::server& server, const std::string& host) {
    return {
        .host = host, .port = server.port(), .tls = true, .tls_options = {.ca_pem = server.certificate()}};
}

} // namespace

CO_TEST_CASE("requests and sockets go over TLS to a sandbox with a certificate of its own") {
    sandbox::server server{io.get_executor(), {.tls = sandbox::tls_config{}}};
    for (const std::string host : {"localhost", "127.0.0.1"}) {
        const client client{io.get_executor(), trusting(server, host)};
        const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
        auto socket = client.create_socket();
        co_await socket.connect(session);
        const auto match = co_await socket.match_create();
        CHECK(match.self.user_id == session.user_id());
        co_await socket.close();
        CHECK(socket.last_close()->code == 1000);
    }
}

CO_TEST_CASE("answers larger than a record go over TLS whole") {
    sandbox::server server{io.get_executor(), {.tls = sandbox::tls_config{}}};
    server.register_rpc("grow", [](const sandbox::rpc_context&, const std::string& payload) {
        std::string result;
        for (int i = 0; i < 10; ++i) result += payload;
        return result;
    });
    const client client{io.get_executor(), trusting(server, "localhost")};
    const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    const std::string payload(200'000, 'x');
    const auto answer = co_await client.rpc(session, {.id = "grow", .payload = payload});
    CHECK(answer.payload.size() == 10 * payload.size());
}

CO_TEST_CASE("no two sandboxes trust each other's certificates") {
    sandbox::server one{io.get_executor(), {.tls = sandbox::tls_config{}}};
    sandbox::server other{io.get_executor(), {.tls = sandbox::tls_config{}}};
    CHECK(one.certificate() != other.certificate());
    auto config = trusting(one, "localhost");
    config.port = other.port();
    const client client{io.get_executor(), config};
    const auto result = co_await as_result(client.authenticate_device({.id = "device-0000000001"}));
    REQUIRE(result.has_error());
    CHECK(result.error().code() == errc::tls_failed);
}

CO_TEST_CASE("a sandbox shows a certificate of the user's") {
    const auto authority = make_certificate("authority.example");
    const auto shown = make_certificate("game.example", {.issuer = &authority});
    const temporary_file certificate{shown.pem}, key{shown.key}, both{shown.pem + shown.key};
    for (const sandbox::tls_config& tls :
         {sandbox::tls_config{certificate.path(), key.path()}, sandbox::tls_config{both.path(), ""}}) {
        sandbox::server server{io.get_executor(), {.tls = tls}};
        CHECK(server.certificate().starts_with(shown.pem));
        auto config = trusting(server, "127.0.0.1");
        config.tls_options.ca_pem = authority.pem;
        config.tls_options.verify_name = "game.example";
        const client client{io.get_executor(), config};
        co_await client.authenticate_device({.id = "device-0000000001"});
    }
}

TEST_CASE("certificates that cannot be used are an error of the constructor") {
    asio::io_context io;
    const auto one = make_certificate("localhost"), other = make_certificate("localhost");
    const temporary_file certificate{one.pem}, key{one.key}, foreign{other.key}, nonsense{"nonsense"};
    const temporary_file locked{make_certificate("localhost", {.key_password = "secret"}).key};
    const auto start = [&](const std::string& shown, const std::string& secret) {
        const sandbox::server server{io.get_executor(), {.tls = sandbox::tls_config{shown, secret}}};
    };
    start(certificate.path(), key.path());
    CHECK_THROWS_AS(start("/nowhere", key.path()), std::runtime_error);
    CHECK_THROWS_AS(start("", key.path()), std::runtime_error);
    CHECK_THROWS_AS(start(certificate.path(), foreign.path()), std::runtime_error);
    CHECK_THROWS_AS(start(certificate.path(), locked.path()), std::runtime_error);
    CHECK_THROWS_AS(start(nonsense.path(), key.path()), std::runtime_error);
    CHECK_THROWS_AS(start(certificate.path(), ""), std::runtime_error);
}

CO_TEST_CASE("a request without TLS is told where it has come to") {
    sandbox::server server{io.get_executor(), {.tls = sandbox::tls_config{}}};
    asio::ip::tcp::socket socket{io};
    co_await socket.async_connect({asio::ip::make_address("127.0.0.1"), server.port()}, asio::use_awaitable);
    constexpr std::string_view request = "GET /healthcheck HTTP/1.1\r\nHost: x\r\n\r\n";
    co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
    std::string answer;
    boost::system::error_code ended;
    co_await asio::async_read(socket, asio::dynamic_buffer(answer),
                              asio::redirect_error(asio::use_awaitable, ended));
    CHECK(answer.starts_with("HTTP/1.0 400 Bad Request\r\n"));
}
