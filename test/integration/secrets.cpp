// No secret in anything that is written for people: logs, metrics, observers' events, errors.
#include "support/failure.hpp"
#include "support/tcp_script.hpp"
#include "support/test_server.hpp"

#include <nakama/fan_out.hpp>
#include <nakama/file_session_store.hpp>
#include <nakama/log_sink.hpp>
#include <nakama/metrics_sink.hpp>
#include <nakama/nakama.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

const std::string server_key = "server-key-4711", http_key_text = "http-key-4712", password = "password-4713",
                  wrong_password = "password-4714", proxy_password = "proxy-password-4715",
                  header_value = "api-key-4716", payload = R"({"secret":"payload-4717"})";

/// Everything that observers are told, as text.
struct everything final : observer {
    std::ostringstream text;
    void on_call_start(std::string_view operation) noexcept override { text << operation << '\n'; }
    void on_attempt_start(std::string_view operation, int) noexcept override { text << operation << '\n'; }
    void on_attempt_end(const attempt& seen) noexcept override {
        text << seen.operation << seen.error.message() << '\n';
    }
    void on_call_end(const call& seen) noexcept override {
        text << seen.operation << seen.error.message() << '\n';
    }
    void on_connection_open(const connection& seen) noexcept override {
        text << seen.host << seen.error.message() << '\n';
    }
    void on_connection_reuse(std::string_view host) noexcept override { text << host << '\n'; }
    void on_connection_close(std::string_view host) noexcept override { text << host << '\n'; }
    void on_socket_close(const close_info& seen) noexcept override { text << seen.reason << '\n'; }
};

struct folder {
    folder() : path{std::filesystem::temp_directory_path() / "nakama-secrets-test"} {
        std::filesystem::remove_all(path);
    }
    ~folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

} // namespace

CO_TEST_CASE("no secret is in anything that is written for people") {
    std::ostringstream log;
    const auto seen = std::make_shared<everything>();
    const auto metrics = std::make_shared<metrics_sink>();
    const auto time =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
    sandbox::server server{io.get_executor(),
                           {.server_key = server_key,
                            .http_key = http_key_text,
                            .clock = time,
                            .log = [&](const std::string& line) { log << line << '\n'; }}};
    server.register_rpc("echo", [](const sandbox::rpc_context&, const std::string& given) { return given; });
    const client_config config{.port = server.port(),
                               .headers = {{"X-Api-Key", header_value}},
                               .server_key = server_key,
                               .observer = fan_out({log_to(log, log_level::debug), metrics, seen})};
    client client{io.get_executor(), config};
    int told = 0;
    const auto tell = [&](const error& failure) {
        ++told;
        log << failure.what() << '\n' << failure.message() << '\n' << failure.server_message() << '\n';
    };
    std::vector<std::string> secrets{server_key,   http_key_text,  password,      wrong_password,
                                     header_value, proxy_password, "payload-4717"};
    // Also in the form in which it travels: Basic credentials begin with the key.
    for (const char* encoded : {"c2VydmVyLWtleS00NzEx", "aHR0cC1rZXktNDcxM", "cHJveHktcGFzc3dvcmQtNDcxN"})
        secrets.emplace_back(encoded);
    const auto keep = [&](const session& session) {
        for (const auto* token : {&session.token(), &session.refresh_token()}) {
            secrets.push_back(*token);
            secrets.push_back(token->substr(token->rfind('.') + 1)); // its signature
        }
    };

    // What goes well.
    auto ada = co_await client.authenticate_email(
        {.email = "ada@example.com", .password = password, .create = true});
    keep(ada);
    co_await client.get_account(ada);
    co_await client.rpc(ada, {.id = "echo", .payload = payload});
    co_await client.rpc(http_key{http_key_text}, {.id = "echo", .payload = payload});
    auto socket = client.create_socket();
    co_await socket.connect(ada);
    co_await socket.rpc({.id = "echo", .payload = payload});
    tell(co_await failure_of(socket.rpc({.id = "no_such_function", .payload = payload})));
    co_await socket.close();
    time->advance(61s); // the server refuses the token, and it is renewed
    co_await client.get_account(ada);
    keep(ada);

    // What the server refuses.
    tell(co_await failure_of(client.authenticate_email(
        {.email = "ada@example.com", .password = wrong_password, .create = false})));
    tell(co_await failure_of(client.rpc(http_key{"wrong-" + http_key_text}, {.id = "echo"})));
    tell(co_await failure_of(client.rpc(ada, {.id = "no_such_function", .payload = payload})));
    auto wrong = config;
    wrong.server_key = "wrong-" + server_key;
    nakama::client stranger{io.get_executor(), wrong};
    tell(
        co_await failure_of(stranger.authenticate_email({.email = "ada@example.com", .password = password})));
    time->advance(7200s); // both tokens are over
    tell(co_await failure_of(client.get_account(ada)));
    tell(co_await failure_of(socket.connect(ada)));

    // What goes wrong on the way.
    tcp_script odd{io, [](tcp_peer& peer, int number) -> asio::awaitable<void> {
                       co_await peer.request();
                       if (number == 1) co_await peer.send("SSH-2.0 whatever\r\n");
                       if (number == 2) co_await peer.send(answer(200, R"({"token":"not.a.token-at all"})"));
                       if (number == 3) peer.reset();
                       if (number == 4) co_await peer.closed_by_client();
                   }};
    auto elsewhere = config;
    elsewhere.port = odd.port();
    elsewhere.timeout = 50ms;
    nakama::client lost{io.get_executor(), elsewhere};
    const session restored{ada.token(), ""};
    for (int i = 0; i < 4; ++i) {
        if (i == 1)
            tell(co_await failure_of(lost.authenticate_email({.email = "a@b.cd", .password = password})));
        else tell(co_await failure_of(lost.rpc(restored, {.id = "echo", .payload = payload})));
    }
    tcp_script proxy{io, [](tcp_peer& peer, int) -> asio::awaitable<void> {
                         co_await peer.request();
                         co_await peer.send("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
                     }};
    auto through = config;
    through.proxy = {.host = "127.0.0.1", .port = proxy.port(), .user = "ada", .password = proxy_password};
    nakama::client tunnelled{io.get_executor(), through};
    tell(co_await failure_of(tunnelled.rpc(restored, {.id = "echo", .payload = payload})));

    // What is refused before anything is sent.
    for (const std::string& text : {"broken " + ada.token(), ada.token() + "\r\nX: y"}) {
        try {
            session{text, ada.refresh_token()};
        } catch (const error& failure) {
            tell(failure);
        }
    }
    auto smuggling = config;
    smuggling.headers = {{"X-Api-Key", header_value + "\r\nX: y"}};
    try {
        nakama::client{io.get_executor(), smuggling};
    } catch (const error& failure) {
        tell(failure);
    }
    tell(co_await failure_of(client.rpc(restored, {.id = "", .payload = payload})));
    tell(co_await failure_of(client.authenticate_email({.email = "a", .password = password + "\xff"})));

    // What is kept on the disk.
    const folder kept;
    const auto store = std::make_shared<file_session_store>(kept.path);
    keep_session(ada, store, "ada");
    std::ofstream{kept.path / "ada.json", std::ios::app} << "damaged";
    try {
        store->load("ada");
    } catch (const error& failure) {
        tell(failure);
    }
    tell(co_await failure_of(client.restore_session(store, "ada")));

    CHECK(told == 19);
    const std::string written = log.str() + seen->text.str() + metrics->text();
    CHECK(written.size() > 4000);
    CHECK(written.find("authenticate_email") != std::string::npos);
    for (const auto& secret : secrets) {
        INFO(secret);
        REQUIRE(secret.size() >= 10);
        const auto found = written.find(secret);
        if (found != std::string::npos) FAIL(written.substr(found > 200 ? found - 200 : 0, 400));
    }
    CHECK(secrets.size() == 18);
}
