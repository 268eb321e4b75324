// Faults on order, as they look over the wire: what sockets say and hear.
#include "contract/stage_players.hpp"

#include <nakama/sandbox/faults.hpp>

#include <catch2/generators/catch_generators.hpp>

namespace {

using namespace replay;
using namespace std::chrono_literals;
using sandbox::fault;

constexpr wall_time start{1795396900s};

/// Anna and bert in a match.
struct pair_in_match {
    replay::stage stage{start};
    line anna{stage};
    line bert{stage};
    std::string match_id;
    sandbox::faults faults = stage.server.faults();

    pair_in_match() {
        open_socket(anna, sign_in(stage, "anna"));
        open_socket(bert, sign_in(stage, "bert"));
        const json::object created = ask(anna, R"({"cid":"1","match_create":{}})");
        match_id = text(created.at("match").as_object(), "match_id");
        (void)hear(anna);
        (void)ask(bert, R"({"cid":"1","match_join":{"match_id":")" + match_id + "\"}}");
        (void)hear(bert); // that he joined
        (void)hear(anna); // the same
    }

    [[nodiscard]] std::string data(int op_code) const {
        return client_frame(1, R"({"match_data_send":{"match_id":")" + match_id + R"(","op_code":)" +
                                   std::to_string(op_code) + "}}");
    }
    std::string heard_op_code(line& line) {
        return text(json::parse(hear(line).payload).at("match_data").as_object(), "op_code");
    }
    std::string cid(line& line) { return text(json::parse(hear(line).payload).as_object(), "cid"); }
};

const std::string ping = client_frame(1, R"({"cid":"1","ping":{}})");

std::string follow(int cid) {
    return client_frame(1, R"({"cid":")" + std::to_string(cid) + R"(","status_follow":{}})");
}

} // namespace

TEST_CASE("a message is lost, or its answer is") {
    pair_in_match on;
    on.faults.order({.message = "match_data_send", .times = 1, .fault = {.lose = fault::loss::request}});
    on.anna.write(on.data(1));
    on.anna.write(on.data(2));
    CHECK(on.heard_op_code(on.bert) == "2");

    on.faults.order({.message = "match_leave", .username = "bert", .fault = {.lose = fault::loss::answer}});
    on.bert.write(client_frame(1, R"({"cid":"2","match_leave":{"match_id":")" + on.match_id + "\"}}"));
    CHECK(hear(on.anna).payload.find("\"leaves\"") != std::string::npos);
    CHECK(is_silent(on.bert));
}

TEST_CASE("a message is answered with an error instead of being handled") {
    pair_in_match on;
    on.faults.order({.message = "match_create", .times = 1, .fault = {.code = 7, .message = "not now"}});
    CHECK(json::serialize(ask(on.anna, R"({"cid":"3","match_create":{}})")) ==
          R"({"cid":"3","error":{"code":7,"message":"not now"}})");
    CHECK(ask(on.anna, R"({"cid":"4","match_create":{}})").contains("match"));
}

TEST_CASE("answers are late and keep their order; events pass them") {
    pair_in_match on;
    on.faults.order({.message = "status_follow", .times = 1, .fault = {.delay = 500ms}});
    on.bert.write(follow(1) + follow(2));
    on.anna.write(on.data(7));
    CHECK(on.heard_op_code(on.bert) == "7");
    CHECK(is_silent(on.bert));
    on.stage.advance_to(start + 500ms);
    CHECK(on.cid(on.bert) == "1");
    CHECK(on.cid(on.bert) == "2");
}

TEST_CASE("an event goes behind the next answer, or by itself after a while") {
    pair_in_match on;
    on.faults.order({.event = "match_data", .username = "bert", .times = 1, .fault = {.reorder = true}});
    on.anna.write(on.data(1) + on.data(2));
    CHECK(is_silent(on.bert));
    SECTION("an answer comes") {
        on.bert.write(follow(1));
        CHECK(on.cid(on.bert) == "1");
    }
    SECTION("no answer comes") {
        on.stage.advance_to(start + 1s);
    }
    CHECK(on.heard_op_code(on.bert) == "1");
    CHECK(on.heard_op_code(on.bert) == "2");
}

TEST_CASE("an answer goes behind the next event") {
    pair_in_match on;
    on.faults.order({.message = "status_follow", .fault = {.reorder = true}});
    on.bert.write(follow(1));
    CHECK(is_silent(on.bert));
    on.anna.write(on.data(1));
    CHECK(on.heard_op_code(on.bert) == "1");
    CHECK(on.cid(on.bert) == "1");
}

TEST_CASE("events are lost, come twice, or come late") {
    pair_in_match on;
    const auto order =
        on.faults.order({.event = "match_data",
                         .script = {fault{.lose = fault::loss::answer}, fault{.duplicate = true},
                                    fault{.delay = 100ms}, std::nullopt}});
    for (const int code : {1, 2, 3, 4}) on.anna.write(on.data(code));
    CHECK(on.heard_op_code(on.bert) == "2");
    CHECK(on.heard_op_code(on.bert) == "2");
    CHECK(is_silent(on.bert));
    on.stage.advance_to(start + 100ms);
    CHECK(on.heard_op_code(on.bert) == "3");
    CHECK(on.heard_op_code(on.bert) == "4");
    CHECK(on.faults.hits(order) == 3);
    CHECK(on.faults.history().front().event.name == "match_data");
    CHECK(on.faults.history().front().event.username == "bert");
}

TEST_CASE("a socket breaks before, in the middle of and behind a frame") {
    const auto [at, size] = GENERATE(table<std::size_t, std::size_t>(
        {{fault::before, 0}, {3, 3}, {fault::middle, 11}, {fault::after, 23}}));
    const bool resets = GENERATE(false, true);
    pair_in_match on;
    fault what;
    (resets ? what.reset_at : what.cut_at) = at;
    on.faults.order({.message = "ping", .fault = what});
    on.anna.write(ping);
    CHECK(on.anna.ended());
    CHECK(on.anna.received.size() == size);
    CHECK(on.anna.was_reset() == resets);
    CHECK(on.stage.server.socket_count() == 1);
    CHECK(hear(on.bert).payload.find("\"leaves\"") != std::string::npos);
}

TEST_CASE("a socket breaks behind a message that has no answer") {
    pair_in_match on;
    on.faults.order({.message = "match_data_send", .fault = {.cut_at = fault::before}});
    on.anna.write(on.data(1));
    CHECK(on.anna.ended());
    CHECK(on.heard_op_code(on.bert) == "1");
}

TEST_CASE("a frame drips") {
    pair_in_match on;
    on.faults.order({.message = "ping", .fault = {.drip = {.bytes = 10, .pause = 1s}}});
    on.anna.write(ping);
    for (const std::size_t size : {10U, 20U, 23U}) {
        on.anna.read_until([] { return true; });
        CHECK(on.anna.received.size() == size);
        on.stage.advance_to(on.stage.clock->wall_now() + 1s);
    }
    CHECK(json::parse(hear(on.anna).payload).as_object().contains("pong"));
}

TEST_CASE("a socket is closed with a code and a reason, behind an answer or event") {
    pair_in_match on;
    on.faults.order({.event = "match_data", .fault = {.close_code = 4321, .close_reason = "enough"}});
    on.anna.write(on.data(1));
    CHECK(on.heard_op_code(on.bert) == "1");
    const frame closing = hear(on.bert);
    CHECK(closing.opcode == 8);
    CHECK(closing.close_code() == 4321);
    CHECK(closing.payload.substr(2) == "enough");
    on.bert.write(client_frame(8, std::string{"\x10\xe1", 2}));
    CHECK(on.bert.ended());
}

TEST_CASE("a server that stops reading says what it has to say all the same") {
    pair_in_match on;
    on.faults.order({.message = "status_follow", .username = "bert", .fault = {.stop_reading = true}});
    on.bert.write(follow(1));
    CHECK(on.cid(on.bert) == "1");
    on.bert.write(ping);
    on.anna.write(on.data(9));
    CHECK(on.heard_op_code(on.bert) == "9");
    on.stage.advance_to(start + 1h);
    on.bert.read_until([] { return true; });
    while (const auto heard = take_frame(on.bert.received))
        CHECK(heard->payload.find("pong") == std::string::npos);
    CHECK_FALSE(on.bert.ended_now());
}

TEST_CASE("a server ignores pings, as frames and as messages") {
    pair_in_match on;
    on.faults.order({.message = "status_follow", .fault = {.ignore_pings = true}});
    on.anna.write(follow(1));
    CHECK(on.cid(on.anna) == "1");
    on.anna.write(client_frame(9, "x") + ping + follow(2));
    CHECK(on.cid(on.anna) == "2");
    CHECK(is_silent(on.anna));
}

TEST_CASE("a server stops pinging and waits for no pong") {
    pair_in_match on;
    on.faults.order({.message = "status_follow", .username = "anna", .fault = {.stop_pinging = true}});
    on.anna.write(follow(1));
    CHECK(on.cid(on.anna) == "1");
    on.stage.advance_to(start + 15s);
    CHECK(hear(on.bert).opcode == 9);
    on.stage.advance_to(start + 1h);
    CHECK(hear(on.bert).opcode == 8); // no pong came
    (void)hear(on.anna);              // bert has left the match
    CHECK(is_silent(on.anna));
    on.anna.write(ping);
    CHECK(json::parse(hear(on.anna).payload).as_object().contains("pong"));
}

TEST_CASE("what obstructs a connection obstructs its socket") {
    replay::stage stage{start};
    const std::string token = sign_in(stage, "anna");
    stage.server.faults().order({.fault = {.drip = {.bytes = 100, .pause = 1s}}});
    line anna{stage};
    ask_for_socket(anna, token);
    anna.read_until([] { return true; });
    CHECK(anna.received.size() == 100);
    stage.advance_to(start + 1s);
    CHECK(read_reply(anna).status == 101);
}

TEST_CASE("faults befall the answers of functions, however long these take") {
    pair_in_match on;
    on.stage.server.register_rpc(
        "slow", [&](sandbox::rpc_context, std::string payload) -> asio::awaitable<std::string> {
            co_await on.stage.clock->sleep_for(1s);
            co_return payload;
        });
    const auto call_with = [&](fault fault) {
        on.faults.order({.message = "rpc", .times = 1, .fault = std::move(fault)});
        on.anna.write(client_frame(1, R"({"cid":"9","rpc":{"id":"slow","payload":"x"}})") + ping);
        on.stage.advance_to(start + 1s);
    };
    SECTION("lost") {
        call_with({.lose = fault::loss::answer});
        CHECK(on.cid(on.anna) == "1");
    }
    SECTION("late") {
        call_with({.delay = 500ms});
        CHECK(is_silent(on.anna)); // answers keep their order
        on.stage.advance_to(start + 1500ms);
        CHECK(on.cid(on.anna) == "9");
        CHECK(on.cid(on.anna) == "1");
    }
    SECTION("replaced by an error, though the function was called") {
        call_with({.code = 7, .message = "not now", .acts = true});
        CHECK(hear(on.anna).payload == R"({"cid":"9","error":{"code":7,"message":"not now"}})");
        CHECK(on.cid(on.anna) == "1");
        CHECK(is_silent(on.anna));
    }
    SECTION("cut off") {
        call_with({.cut_at = fault::before});
        CHECK(on.anna.ended());
        CHECK(on.anna.received.empty());
    }
}
