// Faults on order, as they look over the wire: connections and requests.
#include "contract/stage_players.hpp"

#include <nakama/sandbox/faults.hpp>

namespace {

using namespace replay;
using namespace std::chrono_literals;
using sandbox::fault;

constexpr wall_time start{1795396900s};

struct faulty {
    replay::stage stage{start};
    std::string token = sign_in(stage, "anna");
    sandbox::faults faults = stage.server.faults();

    [[nodiscard]] std::string account() const { return get("/v2/account", token); }
};

/// The whole of what an undisturbed server answers to a request for the account.
std::string whole_answer(faulty& on) {
    line line{on.stage};
    line.write(on.account());
    line.read_until([&] { return line.received.ends_with('}'); });
    return line.received;
}

} // namespace

TEST_CASE("the next connection is reset, the one after it is served") {
    faulty on;
    const auto order = on.faults.order({.times = 1, .fault = {.refuse = fault::refusal::reset}});
    line first{on.stage};
    CHECK(first.ended());
    line second{on.stage};
    second.write(on.account());
    CHECK(read_reply(second).status == 200);
    CHECK(on.faults.hits(order) == 1);
    CHECK(on.faults.seen(order) == 2);
    CHECK(on.faults.history().back().event.connection == 2);
    CHECK(on.faults.connections() == 3);
}

TEST_CASE("a connection with a certain number is never served") {
    faulty on;
    on.faults.order({.connection = 3, .fault = {.refuse = fault::refusal::silence}});
    line second{on.stage};
    line third{on.stage};
    for (line* one : {&second, &third}) one->write(on.account());
    CHECK(read_reply(second).status == 200);
    on.stage.advance_to(start + 3600s);
    CHECK(is_silent(third));
    on.stage.server.stop();
    CHECK(third.ended());
}

TEST_CASE("a connection is served late by the server's clock") {
    faulty on;
    on.faults.order({.fault = {.delay = 3s}});
    line line{on.stage};
    line.write(on.account());
    on.stage.advance_to(start + 2999ms);
    CHECK(is_silent(line));
    on.stage.advance_to(start + 3s);
    CHECK(read_reply(line).status == 200);
}

TEST_CASE("a connection breaks after so many bytes, whatever they are of") {
    faulty on;
    const std::size_t size = whole_answer(on).size();
    on.faults.order({.fault = {.reset_at = size + 10}});
    line line{on.stage};
    line.write(on.account());
    CHECK(read_reply(line).status == 200);
    line.write(on.account());
    CHECK(line.ended());
    CHECK(line.received.size() == 10);
    CHECK(line.was_reset());
}

TEST_CASE("the first two requests of an operation fail, others go well") {
    faulty on;
    on.faults.order({.operation = "get_account", .times = 2, .fault = {.status = 503, .retry_after = 2s}});
    line line{on.stage};
    for (int i = 0; i < 2; ++i) {
        line.write(on.account());
        const http_reply reply = read_reply(line);
        CHECK(reply.status == 503);
        CHECK(reply.body == R"({"code":14,"message":"a fault on order"})");
        CHECK(reply.headers.find("retry-after")->second == "2");
        line.write(get("/healthcheck", on.token));
        CHECK(read_reply(line).status == 200);
    }
    line.write(on.account());
    CHECK(read_reply(line).status == 200);
}

TEST_CASE("pages of other origins may read answers that are ordered") {
    faulty on;
    on.faults.order({.operation = "get_account", .fault = {.code = 16, .message = "who are you"}});
    line line{on.stage};
    line.write("GET /v2/account HTTP/1.1\r\nHost: x\r\nOrigin: http://game.example\r\nAccept-Encoding: "
               "gzip\r\n\r\n");
    const http_reply reply = read_reply(line);
    CHECK(reply.status == 401);
    CHECK(reply.headers.find("access-control-allow-origin")->second == "*");
    CHECK(reply.headers.find("www-authenticate")->second == "who are you");
    CHECK(reply.headers.find("content-encoding")->second == "gzip");
}

TEST_CASE("an order by method and path befalls what fits") {
    faulty on;
    const auto order = on.faults.order(
        {.method = "POST", .path = "/v2/rpc/*", .skip = 1, .fault = {.code = 8, .message = "too much"}});
    line line{on.stage};
    const std::string call = post("/v2/rpc/live.echo", "Bearer " + on.token, "\"x\"");
    line.write(call);
    CHECK(read_reply(line).status == 200);
    line.write(get("/v2/rpc/live.echo", on.token));
    CHECK(read_reply(line).status == 200);
    line.write(call);
    const http_reply reply = read_reply(line);
    CHECK(reply.status == 429);
    CHECK(reply.body == R"({"code":8,"message":"too much"})");
    CHECK(on.faults.seen(order) == 2);
    CHECK(on.faults.history().back().event.name == "rpc");
}

TEST_CASE("a request that is answered by order is not carried out unless it says so") {
    faulty on;
    int calls = 0;
    on.stage.server.register_rpc(
        "count", [&](const sandbox::rpc_context&, const std::string&) { return std::to_string(++calls); });
    on.faults.order(
        {.operation = "rpc", .script = {fault{.status = 504}, fault{.status = 504, .acts = true}}});
    line line{on.stage};
    for (const int called : {0, 1, 2}) {
        line.write(post("/v2/rpc/count", "Bearer " + on.token, "\"\""));
        CHECK(read_reply(line).status == (called < 2 ? 504 : 200));
        CHECK(calls == called);
    }
}

TEST_CASE("a request is lost before it is carried out, an answer afterwards") {
    faulty on;
    int calls = 0;
    on.stage.server.register_rpc(
        "count", [&](const sandbox::rpc_context&, const std::string&) { return std::to_string(++calls); });
    const std::string call = post("/v2/rpc/count", "Bearer " + on.token, "\"\"");
    const auto lose = [&](fault what) {
        on.faults.clear();
        on.faults.order({.operation = "rpc", .fault = what});
        line line{on.stage};
        line.write(call);
        on.stage.advance_to(on.stage.clock->wall_now() + 1h);
        return is_silent(line);
    };
    CHECK(lose({.lose = fault::loss::request}));
    CHECK(calls == 0);
    CHECK(lose({.lose = fault::loss::answer}));
    CHECK(calls == 1);

    on.faults.clear();
    on.faults.order({.operation = "rpc", .fault = {.lose = fault::loss::request, .cut_at = fault::before}});
    line line{on.stage};
    line.write(call);
    CHECK(line.ended());
    CHECK(line.received.empty());
    CHECK(calls == 1);
}

TEST_CASE("an answer is late, what was asked is done at once") {
    faulty on;
    int calls = 0;
    on.stage.server.register_rpc(
        "count", [&](const sandbox::rpc_context&, const std::string&) { return std::to_string(++calls); });
    on.faults.order({.operation = "rpc", .fault = {.delay = 250ms}});
    line line{on.stage};
    line.write(post("/v2/rpc/count", "Bearer " + on.token, "\"\""));
    CHECK(is_silent(line));
    CHECK(calls == 1);
    on.stage.advance_to(start + 249ms);
    CHECK(is_silent(line));
    on.stage.advance_to(start + 250ms);
    CHECK(read_reply(line).status == 200);
}

TEST_CASE("an answer ends at every byte it is told to end at") {
    faulty on;
    const std::string whole = whole_answer(on);
    for (const bool resets : {false, true}) {
        for (std::size_t at = 0; at <= whole.size(); at += 7) {
            on.faults.clear();
            fault what;
            (resets ? what.reset_at : what.cut_at) = at;
            on.faults.order({.operation = "get_account", .fault = what});
            line line{on.stage};
            line.write(on.account());
            REQUIRE(line.ended());
            REQUIRE(line.received == whole.substr(0, at));
            REQUIRE(line.was_reset() == resets);
        }
    }
}

TEST_CASE("an answer ends before, in the middle of, and behind its bytes") {
    faulty on;
    const std::string whole = whole_answer(on);
    on.faults.order({.operation = "get_account",
                     .script = {fault{.cut_at = fault::before}, fault{.cut_at = fault::middle},
                                fault{.cut_at = fault::after}}});
    for (const std::size_t size : {std::size_t{0}, whole.size() / 2, whole.size()}) {
        line line{on.stage};
        line.write(on.account());
        CHECK(line.ended());
        CHECK(line.received == whole.substr(0, size));
    }
}

TEST_CASE("an answer drips") {
    faulty on;
    const std::string whole = whole_answer(on);
    on.faults.order({.operation = "get_account", .fault = {.drip = {.bytes = 10, .pause = 100ms}}});
    line line{on.stage};
    line.write(on.account());
    const std::size_t drops = (whole.size() + 9) / 10;
    for (std::size_t i = 1; i <= drops; ++i) {
        line.read_until([] { return true; });
        REQUIRE(line.received == whole.substr(0, 10 * i));
        on.stage.advance_to(start + 100ms * i);
    }
}

TEST_CASE("an answer comes twice") {
    faulty on;
    on.faults.order({.operation = "get_account", .times = 1, .fault = {.duplicate = true}});
    line line{on.stage};
    line.write(on.account());
    const http_reply first = read_reply(line);
    CHECK(read_reply(line).body == first.body);
    CHECK(is_silent(line));
}

TEST_CASE("the socket's handshake is the operation connect") {
    faulty on;
    on.faults.order({.operation = "connect",
                     .script = {fault{.status = 503}, fault{.cut_at = fault::middle},
                                fault{.close_code = 4000, .close_reason = "not you"}}});
    line refused{on.stage};
    ask_for_socket(refused, on.token);
    CHECK(read_reply(refused).status == 503);
    line halved{on.stage};
    ask_for_socket(halved, on.token);
    CHECK(halved.ended());
    CHECK(halved.received.starts_with("HTTP/1.1 101"));
    CHECK_FALSE(halved.received.ends_with("\r\n\r\n"));
    line closed{on.stage};
    open_socket(closed, on.token);
    const frame closing = hear(closed);
    CHECK(closing.opcode == 8);
    CHECK(closing.close_code() == 4000);
    CHECK(closing.payload.substr(2) == "not you");
    line last{on.stage};
    open_socket(last, on.token);
    CHECK(ask(last, R"({"cid":"1","ping":{}})").contains("pong"));
}

TEST_CASE("faults befall whom they are for, and a function may decide") {
    faulty on;
    const std::string bert = sign_in(on.stage, "bert");
    on.faults.order({.path = "*", .username = "bert", .times = 1, .fault = {.status = 500}});
    std::vector<std::string> asked;
    const auto order = on.faults.order(
        {.operation = "*", .decide = [&](const sandbox::fault_event& event) -> std::optional<fault> {
             asked.push_back(event.method + ' ' + event.path + " of " + event.username);
             if (asked.size() % 2 == 0) return fault{.status = 418};
             return {};
         }});
    line line{on.stage};
    const auto status = [&](const std::string& token) {
        line.write(get("/v2/account?x=1", token));
        return read_reply(line).status;
    };
    CHECK(status(on.token) == 200);
    CHECK(status(bert) == 500);
    CHECK(status(bert) == 418);
    CHECK(status(on.token) == 200);
    CHECK(asked == std::vector<std::string>{"GET /v2/account of anna", "GET /v2/account of bert",
                                            "GET /v2/account of anna"});
    CHECK(on.faults.hits(order) == 1);
    on.faults.withdraw(order);
    CHECK(on.faults.hits(order) == 0);
    CHECK(on.faults.history().size() == 2);
}

TEST_CASE("a stopped server has no faults") {
    faulty on;
    on.stage.server.stop();
    on.stage.pump();
    sandbox::faults late = on.stage.server.faults();
    CHECK_THROWS_AS(late.order({.fault = {.delay = 1s}}), std::logic_error);
    late.clear();
    late.withdraw(1);
    CHECK(late.history().empty());
    CHECK(late.connections() == 0);
}
