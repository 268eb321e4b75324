#include "support/failure.hpp"
#include "support/test_server.hpp"
#include "support/tls_front.hpp"

#include <nakama/deadline.hpp>

#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

/// A sandbox that speaks TLS.
struct tls_server {
    tls_server(asio::io_context& context, const certificate& made)
        : io{context}, plain{context.get_executor()}, front{context, made, plain.port()},
          authority{made.pem} {}

    client make_client(const std::string& host, bool trusting = true) const {
        return client{io.get_executor(),
                      {.host = host,
                       .port = front.port(),
                       .tls = true,
                       .tls_ca_file = trusting ? authority.path() : std::string{}}};
    }

    asio::io_context& io;
    sandbox::server plain;
    tls_front front;
    temporary_file authority;
};

} // namespace

CO_TEST_CASE("requests and sockets go over TLS to a server whose certificate is trusted") {
    const tls_server server{io, make_certificate("localhost")};
    const auto client = server.make_client("localhost");
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

CO_TEST_CASE("a certificate may be for an address") {
    const tls_server server{io, make_certificate("127.0.0.1")};
    const auto client = server.make_client("127.0.0.1");
    co_await client.authenticate_device({.id = "device-0000000001"});
}

CO_TEST_CASE("a certificate that cannot be trusted is refused with the reason, and nothing is sent") {
    struct wrong {
        certificate shown;
        std::string host;
        bool trusting;
        std::string reason;
    };
    const std::vector<wrong> cases{
        {make_certificate("localhost"), "localhost", false, "self-signed certificate"},
        {make_certificate("elsewhere.example"), "localhost", true, "certificate verify failed"},
        {make_certificate("10.1.2.3"), "127.0.0.1", true, "certificate verify failed"},
        {make_certificate("localhost", true), "localhost", true, "certificate has expired"},
    };
    for (const auto& [shown, host, trusting, reason] : cases) {
        const tls_server server{io, shown};
        const auto client = server.make_client(host, trusting);
        const auto failure = co_await failure_of(client.authenticate_device({.id = "device-0000000001"}));
        CHECK(failure.code() == errc::tls_failed);
        CHECK(!failure.request_may_have_been_sent());
        INFO(failure.what());
        CHECK(failure.message().find(reason) != std::string::npos);
        auto socket = client.create_socket();
        const auto refused = co_await failure_of(socket.connect(session{"e30.e30.e30", ""}));
        CHECK(refused.code() == errc::tls_failed);
    }
}

CO_TEST_CASE("a file of authorities that cannot be read is told by name") {
    test_server server{io};
    auto config = server.config();
    config.tls = true;
    config.tls_ca_file = "no/such.pem";
    const client client{io.get_executor(), config};
    const auto failure = co_await failure_of(client.get_account(session{"e30.e30.e30", ""}));
    CHECK(failure.code() == errc::tls_failed);
    CHECK(failure.message().find("cannot read the authorities to trust from no/such.pem") !=
          std::string::npos);
}

CO_TEST_CASE("TLS with a server that does not speak it fails") {
    test_server server{io};
    auto config = server.config();
    config.tls = true;
    const client client{io.get_executor(), config};
    const auto failure = co_await failure_of(client.authenticate_device({.id = "device-0000000001"}));
    CHECK(failure.code() == errc::tls_failed);
}
