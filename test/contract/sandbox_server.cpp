// What the sandbox offers beyond looking like the real server: its interface, its clock, its end at any time.
#include "contract/stage_players.hpp"

#include <boost/asio/write.hpp>

#include <array>
#include <set>
#include <vector>

namespace {

using namespace replay;
using namespace std::chrono_literals;

constexpr wall_time start{1795396900s};

} // namespace

TEST_CASE("a taken port is an error of the constructor") {
    asio::io_context io;
    sandbox::server first{io.get_executor(), {}};
    CHECK(first.port() != 0);
    CHECK_THROWS_AS(sandbox::server(io.get_executor(), {.port = first.port()}), boost::system::system_error);
    CHECK_THROWS_AS(sandbox::server(io.get_executor(), {.address = "nowhere"}), boost::system::system_error);
}

TEST_CASE("a server that nobody ran goes without a trace") {
    asio::io_context io;
    sandbox::server server{io.get_executor(), {}};
}

TEST_CASE("the server may end in the middle of everything") {
    auto held = std::make_unique<stage>(start);
    line idle{*held};
    line half{*held};
    half.write("POST /v2/account HTTP/1.1\r\nContent-Le");
    line socket{*held};
    open_socket(socket, sign_in(*held, "anna"));
    (void)ask(socket, R"({"cid":"1","matchmaker_add":{"min_count":2,"max_count":4}})");
    CHECK(held->server.socket_count() == 1);

    SECTION("stopped, all connections are cut") {
        held->server.stop();
        held->server.stop();
        CHECK(held->server.socket_count() == 0);
        held->server.register_rpc("late", [](const sandbox::rpc_context&, const std::string&) { return ""; });
        held->server.disconnect_all();
        CHECK(idle.ended());
        CHECK(half.ended());
        CHECK(socket.ended());
        CHECK(socket.received.empty());
        CHECK_THROWS_AS(line{*held}, boost::system::system_error);
    }
    SECTION("destroyed, all connections are cut") {
        {
            const sandbox::server moved = std::move(held->server);
        }
        CHECK(socket.ended());
    }
    SECTION("replaced, the old one is stopped") {
        held->server = sandbox::server{held->io.get_executor(), {}};
        CHECK(socket.ended());
        CHECK(held->server.port() != 0);
    }
    SECTION("the io_context goes with everything under way") {}
}

TEST_CASE("the io_context may go before the server") {
    std::optional<sandbox::server> server;
    {
        asio::io_context io{1};
        server.emplace(io.get_executor(), sandbox::server_config{});
        asio::io_context other{1};
        tcp::socket client{other};
        client.connect({asio::ip::make_address("127.0.0.1"), server->port()});
        asio::write(client,
                    asio::buffer(std::string_view{"GET /healthcheck HTTP/1.1\r\nHost: x\r\n\r\nGET"}));
        for (int i = 0; i < 10; ++i) io.poll();
    }
    CHECK(server->socket_count() == 0);
    server->disconnect_all();
    server->stop();
}

TEST_CASE("many servers live in one process, each with its own port and state") {
    asio::io_context io{1};
    std::vector<sandbox::server> servers;
    std::set<std::uint16_t> ports;
    for (int i = 0; i < 50; ++i) {
        servers.emplace_back(io.get_executor());
        ports.insert(servers.back().port());
        servers.back().accounts().add({.username = "user-" + std::to_string(i)});
    }
    CHECK(ports.size() == servers.size());
    for (std::size_t i = 0; i < servers.size(); ++i) {
        CHECK(servers[i].accounts().size() == 1);
        CHECK(servers[i].accounts().find_by_username("user-" + std::to_string(i)));
        servers[i].faults().order(
            {.operation = "healthcheck", .fault = {.status = 500 + static_cast<int>(i)}});
    }
    for (std::size_t i = 0; i < servers.size(); ++i) {
        asio::io_context own{1};
        tcp::socket client{own};
        client.connect({asio::ip::make_address("127.0.0.1"), servers[i].port()});
        asio::write(client, asio::buffer(std::string_view{"GET /healthcheck HTTP/1.1\r\nHost: x\r\n\r\n"}));
        std::array<char, 1024> answer;
        while (client.available() == 0) io.run_one();
        const std::size_t size = client.read_some(asio::buffer(answer));
        CHECK(std::string_view{answer.data(), size}.starts_with("HTTP/1.1 " + std::to_string(500 + i) + ' '));
    }
    servers[7].stop();
    CHECK_THROWS_AS(servers[7].accounts().add({.username = "late"}), std::logic_error);
    CHECK(servers[8].accounts().size() == 1);
}

TEST_CASE("a seed file fills a server, or leaves it as it was") {
    stage stage{start};
    const auto complaint = [&](std::string_view json) -> std::string {
        try {
            stage.server.load_seed(json, "s.json");
        } catch (const std::invalid_argument& bad) {
            CHECK(stage.server.accounts().size() == 0);
            return bad.what();
        }
        return "none";
    };
    CHECK(complaint(R"({"acounts": []})") == "s.json:1:2: there is no member \"acounts\" here");
    CHECK(complaint(R"({"accounts": [{"username": "ada"}, {"email": "x"}]})") ==
          "s.json:1:36: accounts[1]: lacks \"username\"");
    CHECK(complaint(R"({"accounts": [{"username": "ada"}, {"username": "ada"}]})")
              .starts_with("s.json:1:36: accounts[1]: "));
    CHECK(complaint(R"({"accounts": [{"username": "ada", "metadata": "{"}]})")
              .starts_with("s.json:1:15: accounts[0]: "));
    CHECK(complaint(R"({"accounts": [{"username": "ada"}], "friends": [["ada", "bob"]]})") ==
          "s.json:1:57: friends[0][1]: there is no account \"bob\"");
    CHECK(complaint(R"({"accounts": [{"username": "ada"}], "friends": [["ada", "ada"]]})")
              .starts_with("s.json:1:49: friends[0]: "));
    CHECK(complaint(R"({"accounts": [
        {"username": "ada", "devices": ["device-of-ada"], "metadata": {"level": 3}, "wallet": "{\"coins\": 5}"},
        {"username": "bob", "email": "bob@example.com", "password": "secret of bob", "display_name": "Bob"}],
        "friends": [["ada", "bob"]],
        "notifications": [{"user": "ada", "sender": "bob", "subject": "hi", "content": {"a": 1}}]})") ==
          "none");
    const auto ada = stage.server.accounts().find_by_username("ada");
    REQUIRE(ada);
    CHECK(ada->user.metadata == R"({"level": 3})");
    CHECK(stage.server.friends().all(ada->user.id).size() == 1);
    CHECK(stage.server.notifications().all(ada->user.id).front().content == R"({"a": 1})");
    CHECK(ada->wallet == R"({"coins": 5})");
    line line{stage};
    line.write(post("/v2/account/authenticate/email?create=false",
                    "Basic ZGVmYXVsdGtleTo=", R"({"email":"bob@example.com","password":"secret of bob"})"));
    CHECK(read_reply(line).status == 200);
    CHECK_THROWS_AS(stage.server.load_seed("{}"), std::logic_error);
}

TEST_CASE("a seed makes the same server again") {
    const auto tell = [](std::uint64_t seed) {
        stage stage{start, seed};
        return sign_in(stage, "anna");
    };
    CHECK(tell(7) == tell(7));
    CHECK(tell(7) != tell(8));
    CHECK(tell(0) != tell(0));
}

TEST_CASE("tokens expire by the clock") {
    stage stage{start};
    line line{stage};
    const std::string token = sign_in(line, "anna");
    const std::string request =
        "GET /v2/account HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    stage.advance_to(start + 50s);
    line.write(request);
    CHECK(read_reply(line).status == 200);
    stage.advance_to(start + 7199s);
    replay::line later{stage};
    later.write(request);
    CHECK(read_reply(later).status == 200);
    stage.advance_to(start + 7200s);
    later.write(request);
    CHECK(read_reply(later).status == 401);
}

TEST_CASE("disconnect_all says goodbye and waits for the client's answer") {
    stage stage{start};
    line anna{stage};
    line bert{stage};
    open_socket(anna, sign_in(stage, "anna"));
    open_socket(bert, sign_in(stage, "bert"));
    CHECK(stage.server.socket_count() == 2);
    stage.server.disconnect_all("maintenance");
    CHECK(stage.server.socket_count() == 0);
    for (line* one : {&anna, &bert}) {
        const frame closing = hear(*one);
        CHECK(closing.opcode == 8);
        CHECK(closing.close_code() == 1000);
        CHECK(closing.payload.substr(2) == "maintenance");
    }
    anna.write(client_frame(8, std::string{"\x03\xe8", 2}));
    CHECK(anna.ended());
    CHECK_FALSE(bert.ended_now());
    stage.advance_to(start + 2s);
    CHECK(bert.ended());
}

TEST_CASE("functions fail with their own code over HTTP and with code 7 over the socket") {
    stage stage{start};
    stage.server.register_rpc("Refuse",
                              [](const sandbox::rpc_context&, const std::string& payload) -> std::string {
                                  if (payload == "odd") throw 5;
                                  throw sandbox::rpc_failure{"no " + payload, payload == "bread" ? 8 : 99};
                              });
    line line{stage};
    const std::string token = sign_in(line, "anna");
    line.write(post("/v2/rpc/refuse", "Bearer " + token, "\"bread\""));
    http_reply reply = read_reply(line);
    CHECK(reply.status == 429);
    CHECK(reply.body == R"({"code":8,"error":{},"message":"no bread"})");
    line.write(post("/v2/rpc/refuse", "Bearer " + token, "\"wine\""));
    reply = read_reply(line);
    CHECK(reply.status == 500);
    CHECK(reply.body == R"({"code":13,"error":{},"message":"no wine"})");
    line.write(post("/v2/rpc/refuse", "Bearer " + token, "\"odd\""));
    CHECK(read_reply(line).status == 500);

    replay::line socket{stage};
    open_socket(socket, token);
    const json::object answer = ask(socket, R"({"cid":"1","rpc":{"id":"refuse","payload":"bread"}})");
    CHECK(json::serialize(answer) == R"({"cid":"1","error":{"code":7,"message":"no bread"}})");
}

TEST_CASE("large answers come in chunks") {
    stage stage{start};
    line line{stage};
    const std::string token = sign_in(line, "anna");
    const std::string payload(3000, 'x');
    line.write(post("/v2/rpc/live.echo?unwrap", "Bearer " + token, payload));
    const http_reply reply = read_reply(line);
    CHECK(reply.headers.contains("transfer-encoding"));
    CHECK(reply.body == payload);
}

TEST_CASE("the matchmaker's minimum does after two intervals") {
    stage stage{start};
    line anna{stage};
    line bert{stage};
    open_socket(anna, sign_in(stage, "anna"));
    open_socket(bert, sign_in(stage, "bert"));
    const std::string wish = R"({"cid":"1","matchmaker_add":{"min_count":2,"max_count":4,)"
                             R"("numeric_properties":{"a":100000,"b":1e-7}}})";
    CHECK(ask(anna, wish).contains("matchmaker_ticket"));
    CHECK(ask(bert, wish).contains("matchmaker_ticket"));
    stage.advance_to(start + 15s);
    for (line* one : {&anna, &bert}) {
        CHECK(hear(*one).opcode == 9);
        one->write(client_frame(10, ""));
        one->read_until([] { return true; });
        CHECK(one->received.empty());
    }
    stage.advance_to(start + 29s);
    anna.read_until([] { return true; });
    CHECK(anna.received.empty());
    stage.advance_to(start + 30s);
    const frame matched = hear(anna);
    CHECK(matched.payload.find("\"matchmaker_matched\"") != std::string::npos);
    CHECK(matched.payload.find(R"("numeric_properties":{"a":100000,"b":1e-7})") != std::string::npos);
    CHECK(hear(bert).payload.find("\"matchmaker_matched\"") != std::string::npos);
}

TEST_CASE("a query that only the real server knows is refused with a reason") {
    stage stage{start};
    line line{stage};
    open_socket(line, sign_in(stage, "anna"));
    const json::object answer =
        ask(line,
            R"({"cid":"1","matchmaker_add":{"min_count":2,"max_count":2,"query":"+properties.region:e*"}})");
    CHECK(text(answer.at("error").as_object(), "message").find("properties.region:e*") != std::string::npos);
}

TEST_CASE("who does not read is dropped without a word") {
    stage stage{start};
    line anna{stage};
    line bert{stage};
    open_socket(anna, sign_in(stage, "anna"));
    open_socket(bert, sign_in(stage, "bert"));
    const json::object created = ask(anna, R"({"cid":"1","match_create":{}})");
    const std::string id = text(created.at("match").as_object(), "match_id");
    (void)hear(anna);
    (void)ask(bert, R"({"cid":"1","match_join":{"match_id":")" + id + "\"}}");
    std::string data;
    wire::append_base64(data, std::string(2500, 'x'));
    const std::string message = R"({"match_data_send":{"match_id":")" + id + R"(","data":")" + data + "\"}}";
    for (int i = 0; i < 10000 && stage.server.socket_count() == 2; ++i) anna.write(client_frame(1, message));
    CHECK(stage.server.socket_count() == 1);
    CHECK(bert.ended());
    std::optional<frame> last;
    while (auto next = take_frame(bert.received)) last = std::move(next);
    REQUIRE(last);
    CHECK(last->opcode == 1); // no close frame
}

TEST_CASE("a burst to one who reads is delivered whole") {
    stage stage{start};
    line anna{stage};
    line bert{stage};
    open_socket(anna, sign_in(stage, "anna"));
    open_socket(bert, sign_in(stage, "bert"));
    const json::object created = ask(anna, R"({"cid":"1","match_create":{}})");
    const std::string id = text(created.at("match").as_object(), "match_id");
    (void)hear(anna);
    (void)ask(bert, R"({"cid":"1","match_join":{"match_id":")" + id + "\"}}");
    (void)hear(bert);
    std::string burst;
    for (int i = 0; i < 500; ++i)
        burst += client_frame(1, R"({"match_data_send":{"match_id":")" + id + R"(","op_code":)" +
                                     std::to_string(i) + "}}");
    anna.write(burst);
    for (int i = 0; i < 500; ++i) {
        const json::value message = json::parse(hear(bert).payload);
        const std::string op_code = i == 0 ? "" : std::to_string(i);
        REQUIRE(text(message.at("match_data").as_object(), "op_code") == op_code);
    }
}

TEST_CASE("the log tells of requests and messages without secrets") {
    std::vector<std::string> lines;
    stage stage{start};
    stage.server = sandbox::server{
        stage.io.get_executor(),
        {.clock = stage.clock, .log = [&](const std::string& line) { lines.push_back(line); }}};
    const std::string token = sign_in(stage, "anna");
    line socket{stage};
    open_socket(socket, token);
    (void)ask(socket, R"({"cid":"1","ping":{}})");
    CHECK(lines == std::vector<std::string>{"POST /v2/account/authenticate/device -> 200", "GET /ws -> 101",
                                            "anna says ping"});
}

TEST_CASE("a hook may end the very socket that asks") {
    stage stage{start};
    line anna{stage};
    line bert{stage};
    open_socket(anna, sign_in(stage, "anna"));
    open_socket(bert, sign_in(stage, "bert"));
    stage.server.before("channel_join",
                        [&](const sandbox::rpc_context& context,
                            sandbox::hooked_request request) -> std::optional<sandbox::hooked_request> {
                            stage.server.sessions().disconnect(context.session_id);
                            return request;
                        });
    const std::string join = R"({"cid":"1","channel_join":{"target":"lobby","type":1}})";
    anna.write(client_frame(1, join));
    CHECK(hear(anna).opcode == 8);
    stage.server.before("channel_join", {});
    const json::object joined = ask(bert, join);
    CHECK_FALSE(joined.at("channel").as_object().contains("presences")); // nobody but him
    stage.advance_to(start + 2s);
    CHECK(anna.ended());
}

TEST_CASE("what cannot be read while a socket closes is left alone") {
    stage stage{start};
    line anna{stage};
    open_socket(anna, sign_in(stage, "anna"));
    stage.server.disconnect_all();
    CHECK(hear(anna).opcode == 8);
    anna.write(client_frame(1, "{}", true, false));
    CHECK(is_silent(anna));
    stage.advance_to(start + 2s);
    CHECK(anna.ended());
}
