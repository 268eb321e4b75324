#include "net/dialer.hpp"
#include "net/event.hpp"
#include "support/failure.hpp"
#include "support/tcp_script.hpp"
#include "support/test_server.hpp"
#include "support/tls_front.hpp"

#include <nakama/deadline.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

/// A sandbox that speaks TLS.
struct tls_server {
    tls_server(asio::io_context& context, const certificate& made, const tls_front_options& options = {})
        : io{context}, plain{context.get_executor()}, front{context, made, plain.port(), options} {}

    client_config config(const std::string& host, tls_options options) const {
        return {.host = host, .port = front.port(), .tls = true, .tls_options = std::move(options)};
    }
    client make_client(const std::string& host, tls_options options) const {
        return client{io.get_executor(), config(host, std::move(options))};
    }

    asio::io_context& io;
    sandbox::server plain;
    tls_front front;
};

asio::awaitable<void> sign_in(const client& client) {
    co_await client.authenticate_device({.id = "device-0000000001"});
}

asio::awaitable<void> open_socket(const client& client) {
    auto socket = client.create_socket();
    co_await socket.connect(session{"e30.e30.e30", ""});
}

void check_refused(const error& failure, std::string_view reason) {
    INFO(failure.what());
    CHECK(failure.code() == errc::tls_failed);
    CHECK(failure.message().find(reason) != std::string::npos);
}

/// Notes of each connection whether it was resumed.
struct connection_watcher final : observer {
    void on_connection_open(const connection& opened) noexcept override {
        resumed.push_back(opened.tls_resumed);
    }
    std::vector<bool> resumed;
};

/// Sends a request and waits until the answer begins, with which a server's tickets have come.
asio::awaitable<void> ask(net::stream& stream) {
    constexpr std::string_view request = "GET /healthcheck HTTP/1.1\r\nHost: localhost\r\n\r\n";
    std::array<char, 1024> answer{};
    co_await asio::async_write(stream, asio::buffer(request), asio::use_awaitable);
    co_await stream.async_read_some(asio::buffer(answer), asio::use_awaitable);
}

asio::awaitable<void> dial_beside(net::dialer& dialer, std::unique_ptr<net::stream>& stream,
                                  net::event& opened) {
    stream = co_await dialer.dial();
    opened.set();
}

} // namespace

CO_TEST_CASE("requests and sockets go over TLS to a server whose certificate is trusted") {
    const auto shown = make_certificate("localhost");
    const tls_server server{io, shown};
    const auto client = server.make_client("localhost", {.ca_pem = shown.pem});
    const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    co_await client.get_account(session);

    auto socket = client.create_socket();
    co_await socket.connect(session);
    const auto match = co_await socket.match_create();
    CHECK(match.self.user_id == session.user_id());
    auto errors = socket.stream<realtime_error>();
    for (int i = 0; i < 100; ++i)
        co_await socket.match_data_send({.match_id = match.match_id, .data = "tick"});
    co_await socket.match_data_send({.match_id = "no match"});
    const auto said = co_await with_deadline(errors.next(), patience);
    CHECK(said->code == 3);
    co_await socket.close();
    CHECK(socket.last_close()->code == 1000);
}

CO_TEST_CASE("authorities come from a file, from text, or from both") {
    const auto first = make_certificate("first.example"), second = make_certificate("second.example");
    const tls_server one{io, make_certificate("localhost", {.issuer = &first})};
    const tls_server other{io, make_certificate("localhost", {.issuer = &second})};
    const temporary_file file{first.pem};

    co_await sign_in(one.make_client("localhost", {.ca_file = file.path()}));
    co_await sign_in(other.make_client("localhost", {.ca_pem = second.pem}));
    co_await sign_in(other.make_client("localhost", {.ca_pem = first.pem + second.pem}));
    co_await sign_in(one.make_client("localhost", {.ca_file = file.path(), .ca_pem = second.pem}));
    co_await sign_in(other.make_client("localhost", {.ca_file = file.path(), .ca_pem = second.pem}));

    const auto failure =
        co_await failure_of(sign_in(other.make_client("localhost", {.ca_file = file.path()})));
    check_refused(failure, "certificate verify failed: unable to get local issuer certificate");
}

CO_TEST_CASE("the server is asked for by its name, and addresses are no names") {
    const auto named = make_certificate("localhost"), numbered = make_certificate("127.0.0.1");
    const tls_server by_name{io, named}, by_address{io, numbered};
    co_await sign_in(by_name.make_client("localhost", {.ca_pem = named.pem}));
    co_await sign_in(by_name.make_client("localhost.", {.ca_pem = named.pem}));
    co_await sign_in(by_address.make_client("127.0.0.1", {.ca_pem = numbered.pem}));
    REQUIRE(by_name.front.handshakes().size() == 2);
    CHECK(by_name.front.handshakes()[0].server_name == "localhost");
    CHECK(by_name.front.handshakes()[1].server_name == "localhost");
    REQUIRE(by_address.front.handshakes().size() == 1);
    CHECK(by_address.front.handshakes()[0].server_name.empty());
}

CO_TEST_CASE("verify_name takes the place of the host") {
    const auto named = make_certificate("game.example"), numbered = make_certificate("::1");
    const tls_server by_name{io, named}, by_address{io, numbered};
    co_await sign_in(by_name.make_client("127.0.0.1", {.ca_pem = named.pem, .verify_name = "game.example"}));
    CHECK(by_name.front.handshakes().at(0).server_name == "game.example");
    co_await sign_in(by_address.make_client("localhost", {.ca_pem = numbered.pem, .verify_name = "::1"}));
    CHECK(by_address.front.handshakes().at(0).server_name.empty());

    const auto client =
        by_name.make_client("127.0.0.1", {.ca_pem = named.pem, .verify_name = "other.example"});
    const auto failure = co_await failure_of(sign_in(client));
    check_refused(failure, "with 127.0.0.1: certificate verify failed: "
                           "hostname mismatch, expected other.example");
}

CO_TEST_CASE("a name that nobody can have is refused instead of switching the check off") {
    const auto shown = make_certificate("game.example");
    const tls_server server{io, shown};
    for (const std::string& name : {std::string{"."}, std::string{".example"}, std::string(1, '\0')}) {
        const auto client = server.make_client("127.0.0.1", {.ca_pem = shown.pem, .verify_name = name});
        const auto failure = co_await failure_of(sign_in(client));
        check_refused(failure, "not a usable host name");
    }
    CHECK(server.front.handshakes().empty());
}

CO_TEST_CASE("a certificate that cannot be trusted is refused with the reason, and nothing is sent") {
    struct wrong {
        certificate shown;
        std::string host;
        bool trusted;
        std::string reason;
    };
    const auto authority = make_certificate("authority.example");
    const std::vector<wrong> cases{
        {make_certificate("localhost"), "localhost", false,
         "self-signed certificate, no trusted authority vouches for it, see tls_options::ca_file"},
        {make_certificate("localhost", {.issuer = &authority}), "localhost", false,
         "unable to get local issuer certificate, no trusted authority"},
        {make_certificate("elsewhere.example"), "localhost", true, "hostname mismatch, expected localhost"},
        {make_certificate("127.0.0.1"), "localhost", true, "hostname mismatch, expected localhost"},
        {make_certificate("10.1.2.3"), "127.0.0.1", true, "IP address mismatch, expected 127.0.0.1"},
        {make_certificate("localhost"), "127.0.0.1", true, "IP address mismatch, expected 127.0.0.1"},
        {make_certificate("localhost", {.until = -1h}), "localhost", true, "certificate has expired"},
        {make_certificate("localhost", {.from = 1h, .until = 2h}), "localhost", true,
         "certificate is not yet valid"},
    };
    for (const auto& [shown, host, trusted, reason] : cases) {
        const tls_server server{io, shown};
        const auto client = server.make_client(host, {.ca_pem = trusted ? shown.pem : ""});
        const auto failure = co_await failure_of(sign_in(client));
        check_refused(failure, "with " + host + ": certificate verify failed: " + reason);
        CHECK(!failure.request_may_have_been_sent());
        const auto refused = co_await failure_of(open_socket(client));
        check_refused(refused, reason);
        CHECK(server.front.handshakes().empty());
    }
}

CO_TEST_CASE("danger_accept_any_certificate does what it says") {
    const tls_server server{io, make_certificate("elsewhere.example", {.until = -1h})};
    const auto client = server.make_client("localhost", {.danger_accept_any_certificate = true});
    const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    auto socket = client.create_socket();
    co_await socket.connect(session);
    CHECK(server.front.handshakes().size() == 2);
}

CO_TEST_CASE("a context of the caller's own is used, and verifies the server whatever its mode says") {
    const auto shown = make_certificate("localhost");
    const tls_server server{io, shown};
    const auto trusting = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    trusting->add_certificate_authority(asio::buffer(shown.pem));
    const auto empty = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    empty->set_verify_mode(asio::ssl::verify_none);

    co_await sign_in(server.make_client("localhost", {.context = trusting}));
    co_await sign_in(server.make_client("127.0.0.1", {.verify_name = "localhost", .context = trusting}));
    auto failure = co_await failure_of(sign_in(server.make_client("127.0.0.1", {.context = trusting})));
    check_refused(failure, "IP address mismatch, expected 127.0.0.1");
    failure = co_await failure_of(sign_in(server.make_client("localhost", {.context = empty})));
    check_refused(failure, "self-signed certificate");
    co_await sign_in(
        server.make_client("localhost", {.danger_accept_any_certificate = true, .context = empty}));

    const auto picky = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    picky->add_certificate_authority(asio::buffer(shown.pem));
    picky->set_verify_callback([](bool, asio::ssl::verify_context&) { return false; });
    failure = co_await failure_of(sign_in(server.make_client("localhost", {.context = picky})));
    check_refused(failure, "with localhost: certificate verify failed");
}

TEST_CASE("options that exclude each other are refused at once") {
    asio::io_context io;
    const auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    struct wrong {
        tls_options options;
        std::string reason;
    };
    const std::vector<wrong> cases{
        {{.ca_file = "a.pem", .context = context}, "context is used as it is"},
        {{.ca_pem = "text", .context = context}, "context is used as it is"},
        {{.certificate_file = "c.pem", .private_key_file = "k.pem", .context = context},
         "context is used as it is"},
        {{.certificate_file = "c.pem"}, "certificate_file and private_key_file go together"},
        {{.private_key_file = "k.pem"}, "certificate_file and private_key_file go together"},
        {{.private_key_password = "secret"}, "private_key_password is of no use"},
    };
    for (const auto& [options, reason] : cases) {
        try {
            const client never{io.get_executor(), {.tls = true, .tls_options = options}};
            FAIL("taken, in spite of: " << reason);
        } catch (const error& failure) {
            INFO(failure.what());
            CHECK(failure.code() == errc::invalid_argument);
            CHECK(failure.operation() == "tls_options");
            CHECK(failure.message().starts_with(reason));
        }
    }
}

CO_TEST_CASE("a client shows its certificate to servers that demand one") {
    const auto shown = make_certificate("localhost"), authority = make_certificate("authority.example");
    const auto plain = make_certificate("bot.example", {.issuer = &authority});
    const auto locked =
        make_certificate("bot.example", {.issuer = &authority, .key_password = "open sesame"});
    const temporary_file chain{plain.pem}, key{plain.key}, together{locked.key + locked.pem};
    for (const auto newest : {tls_version::v1_2, tls_version::v1_3}) {
        const tls_server server{io, shown, {.newest = newest, .client_authority = authority.pem}};
        const auto client = server.make_client(
            "localhost",
            {.ca_pem = shown.pem, .certificate_file = chain.path(), .private_key_file = key.path()});
        const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
        auto socket = client.create_socket();
        co_await socket.connect(session);
        co_await sign_in(server.make_client("localhost", {.ca_pem = shown.pem,
                                                          .certificate_file = together.path(),
                                                          .private_key_file = together.path(),
                                                          .private_key_password = "open sesame"}));
        CHECK(server.front.handshakes().size() == 3);
    }
}

CO_TEST_CASE("a server that demands a client certificate says so where it misses one") {
    const auto shown = make_certificate("localhost"), authority = make_certificate("authority.example");
    const tls_server newer{io, shown, {.client_authority = authority.pem}};
    const tls_server older{io, shown, {.newest = tls_version::v1_2, .client_authority = authority.pem}};

    // It comes after the handshake, when the request is already under way.
    const auto client = newer.make_client("localhost", {.ca_pem = shown.pem});
    auto failure = co_await failure_of(sign_in(client));
    check_refused(failure, "certificate required; the server demands a client certificate, "
                           "see tls_options::certificate_file");
    CHECK(failure.request_may_have_been_sent());
    failure = co_await failure_of(open_socket(client));
    check_refused(failure, "certificate required; the server demands a client certificate");

    const auto client_of_older = older.make_client("localhost", {.ca_pem = shown.pem});
    failure = co_await failure_of(sign_in(client_of_older));
    check_refused(failure, "handshake failure; the server asked for a client certificate, "
                           "see tls_options::certificate_file");
    CHECK(!failure.request_may_have_been_sent());
    failure = co_await failure_of(open_socket(client_of_older));
    check_refused(failure, "handshake failure; the server asked for a client certificate");
}

CO_TEST_CASE("a server that does not accept the client's certificate says so") {
    const auto shown = make_certificate("localhost"), authority = make_certificate("authority.example");
    const auto foreign = make_certificate("bot.example");
    const temporary_file chain{foreign.pem}, key{foreign.key};
    for (const auto newest : {tls_version::v1_2, tls_version::v1_3}) {
        const tls_server server{io, shown, {.newest = newest, .client_authority = authority.pem}};
        const auto client = server.make_client(
            "localhost",
            {.ca_pem = shown.pem, .certificate_file = chain.path(), .private_key_file = key.path()});
        auto failure = co_await failure_of(sign_in(client));
        check_refused(failure, "unknown ca; the server does not accept the client certificate");
        failure = co_await failure_of(open_socket(client));
        check_refused(failure, "unknown ca; the server does not accept the client certificate");
    }
}

CO_TEST_CASE("connections after the first one resume its session, sockets as well") {
    const auto shown = make_certificate("localhost");
    for (const auto newest : {tls_version::v1_2, tls_version::v1_3}) {
        const tls_server server{io, shown, {.newest = newest}};
        const auto watcher = std::make_shared<connection_watcher>();
        auto config = server.config("localhost", {.ca_pem = shown.pem});
        config.limits.idle_connections = 0; // so that every request opens one
        config.observer = watcher;
        const client client{io.get_executor(), config};
        const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
        co_await client.get_account(session);
        co_await client.get_account(session);
        CHECK(watcher->resumed == std::vector<bool>{false, true, true});

        auto socket = client.create_socket();
        co_await socket.connect(session);
        std::vector<bool> resumed;
        for (const auto& handshake : server.front.handshakes()) resumed.push_back(handshake.resumed);
        CHECK(resumed == std::vector<bool>{false, true, true, true});
    }
}

CO_TEST_CASE("a ticket of TLS 1.3 is used once, a session of TLS 1.2 for as long as the server likes") {
    const auto shown = make_certificate("localhost");
    for (const auto newest : {tls_version::v1_2, tls_version::v1_3}) {
        const tls_server server{io, shown, {.newest = newest}};
        const auto dialer = std::make_shared<net::dialer>(endpoint{.host = "localhost",
                                                                   .port = server.front.port(),
                                                                   .tls = true,
                                                                   .tls_options = {.ca_pem = shown.pem}},
                                                          0s, real_clock());
        const auto first = co_await dialer->dial();
        co_await ask(*first);
        CHECK(!first->tls_resumed());

        std::unique_ptr<net::stream> second;
        net::event opened{io.get_executor()};
        start(io, dial_beside(*dialer, second, opened));
        const auto third = co_await dialer->dial(); // while the second does its handshake
        co_await opened.wait();
        const int resumed = (second->tls_resumed() ? 1 : 0) + (third->tls_resumed() ? 1 : 0);
        CHECK(resumed == (newest == tls_version::v1_2 ? 2 : 1));

        co_await ask(*third);
        const auto fourth = co_await dialer->dial();
        CHECK(fourth->tls_resumed());
    }
}

CO_TEST_CASE("files that cannot be used are named, with the reason") {
    const auto shown = make_certificate("localhost"), other = make_certificate("localhost");
    const auto locked = make_certificate("bot.example", {.key_password = "open sesame"});
    const auto unlike = make_certificate("localhost", {.edwards = true});
    const std::string damaged = "-----BEGIN CERTIFICATE-----\nwhat is this?\n-----END CERTIFICATE-----\n";
    const tls_server server{io, shown};
    const temporary_file empty{""}, broken{damaged}, certificate{shown.pem}, key{shown.key},
        other_key{other.key}, unlike_key{unlike.key}, locked_certificate{locked.pem}, locked_key{locked.key};
    struct wrong {
        tls_options options;
        std::string message;
        std::string advice{};
    };
    const std::string encrypted = "; it is encrypted, see tls_options::private_key_password";
    const std::vector<wrong> cases{
        {{.ca_file = "no/such.pem"},
         "cannot read the authorities to trust from no/such.pem: No such file or directory"},
        {{.ca_file = empty.path()}, "cannot read the authorities to trust from " + empty.path() + ": "},
        {{.ca_file = broken.path()}, "cannot read the authorities to trust from " + broken.path() + ": "},
        {{.ca_pem = damaged}, "cannot read the authorities to trust from tls_options::ca_pem: "},
        {{.ca_pem = "not PEM"},
         "cannot read the authorities to trust from tls_options::ca_pem: no start line"},
        {{.certificate_file = "no/such.pem", .private_key_file = key.path()},
         "cannot read the client certificate from no/such.pem: No such file or directory"},
        {{.certificate_file = broken.path(), .private_key_file = key.path()},
         "cannot read the client certificate from " + broken.path() + ": "},
        {{.certificate_file = certificate.path(), .private_key_file = "no/such.pem"},
         "cannot read the private key from no/such.pem: No such file or directory"},
        {{.certificate_file = certificate.path(), .private_key_file = certificate.path()},
         "cannot read the private key from " + certificate.path() + ": "},
        {{.certificate_file = certificate.path(), .private_key_file = other_key.path()},
         "the private key in " + other_key.path() + " does not belong to the certificate in " +
             certificate.path()},
        {{.certificate_file = certificate.path(), .private_key_file = unlike_key.path()},
         "the private key in " + unlike_key.path() + " does not belong to the certificate in " +
             certificate.path()},
        {{.certificate_file = locked_certificate.path(), .private_key_file = locked_key.path()},
         "cannot read the private key from " + locked_key.path() + ": ",
         encrypted},
        {{.certificate_file = locked_certificate.path(),
          .private_key_file = locked_key.path(),
          .private_key_password = "hocus pocus"},
         "cannot read the private key from " + locked_key.path() + ": ",
         encrypted},
    };
    for (const auto& [options, message, advice] : cases) {
        const auto client = server.make_client("localhost", options);
        const auto failure = co_await failure_of(sign_in(client));
        check_refused(failure, "with localhost: " + message);
        CHECK(failure.message().ends_with(advice));
        CHECK(failure.message().find("hocus") == std::string::npos);
    }
}

CO_TEST_CASE("a server that does not speak TLS is told from one with a bad certificate") {
    const tcp_script plain{io, [](tcp_peer& peer, int) -> asio::awaitable<void> {
                               co_await peer.send(answer(400, ""));
                               co_await peer.closed_by_client();
                           }};
    const tcp_script mute{io, [](tcp_peer& peer, int) -> asio::awaitable<void> {
                              co_await peer.anything();
                              peer.close();
                          }};
    const client client{io.get_executor(), {.port = plain.port(), .tls = true}};
    auto failure = co_await failure_of(sign_in(client));
    check_refused(failure, "wrong version number; the server does not seem to speak TLS on this port");
    failure = co_await failure_of(open_socket(client));
    check_refused(failure, "wrong version number; the server does not seem to speak TLS on this port");

    const nakama::client client_of_mute{io.get_executor(), {.port = mute.port(), .tls = true}};
    failure = co_await failure_of(sign_in(client_of_mute));
    check_refused(failure, "with 127.0.0.1: the server closed the connection before the handshake was done");
}

CO_TEST_CASE("a server of the time before TLS 1.2 is refused") {
    const auto shown = make_certificate("localhost");
    const tls_server server{io, shown, {.newest = tls_version::v1_1}};
    const auto client = server.make_client("localhost", {.ca_pem = shown.pem});
    const auto failure = co_await failure_of(sign_in(client));
    check_refused(failure, "the server speaks no version of TLS that is allowed here");
}
