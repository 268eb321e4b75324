// What is decided about faults, without connections.
#include "sandbox/faults/envelope_head.hpp"
#include "sandbox/faults/fault_file.hpp"
#include "sandbox/faults/fault_ledger.hpp"
#include "sandbox/faults/frame_lanes.hpp"
#include "sandbox/faults/outflow.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <string>

using namespace nakama::sandbox;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

fault_event request(std::string name, std::string username = {}, std::size_t connection = 1) {
    return {.place = fault_place::request,
            .name = std::move(name),
            .method = "GET",
            .path = "/v2/account",
            .username = std::move(username),
            .connection = connection};
}

/// The statuses that come of asking so often; 0 for none.
std::string statuses(fault_ledger& ledger, const fault_event& event, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) {
        const auto fault = ledger.ask(event, {});
        result += (i == 0 ? "" : " ") + std::to_string(fault ? fault->status : 0);
    }
    return result;
}

std::string complaint(const fault_order& order) {
    try {
        check_order(order);
    } catch (const bad_order& bad) {
        return bad.what();
    }
    return "none";
}

std::string complaint(std::string_view json) {
    try {
        (void)read_faults(json, "f.json");
    } catch (const std::invalid_argument& bad) {
        return bad.what();
    }
    return "none";
}

std::string told(const std::vector<outflow_step>& steps) {
    std::string result;
    for (const outflow_step& step : steps) {
        using kind = outflow_step::kind;
        if (!result.empty()) result += ' ';
        switch (step.what) {
        case kind::send:
            result += std::to_string(step.bytes);
            break;
        case kind::wait:
            result += "wait";
            break;
        case kind::cut:
            result += "cut";
            break;
        case kind::reset:
            result += "reset";
            break;
        }
    }
    return result;
}

} // namespace

TEST_CASE("an order skips some, befalls some, and lets the rest pass") {
    fault_ledger ledger;
    const auto order =
        ledger.add({.operation = "get_account", .skip = 1, .times = 2, .fault = {.status = 503}});
    CHECK(statuses(ledger, request("get_account"), 5) == "0 503 503 0 0");
    CHECK(statuses(ledger, request("list_friends"), 2) == "0 0");
    CHECK(ledger.seen(order) == 5);
    CHECK(ledger.hits(order) == 2);
}

TEST_CASE("the first order that has a fault to offer is the only one that counts") {
    fault_ledger ledger;
    const auto first = ledger.add({.operation = "*", .times = 1, .fault = {.status = 500}});
    const auto second = ledger.add({.operation = "get_account", .times = 2, .fault = {.status = 429}});
    CHECK(statuses(ledger, request("get_account"), 4) == "500 429 429 0");
    CHECK(ledger.seen(first) == 4);
    CHECK(ledger.seen(second) == 3);
    ledger.remove(first);
    CHECK(ledger.seen(first) == 0);
    ledger.clear();
    CHECK_FALSE(ledger.may_befall(fault_place::request));
}

TEST_CASE("a script is followed step by step, then nothing happens any more") {
    fault_ledger ledger;
    ledger.add(
        {.operation = "*", .skip = 1, .script = {fault{.status = 500}, std::nullopt, fault{.status = 503}}});
    CHECK(statuses(ledger, request("event"), 6) == "0 500 0 503 0 0");
}

TEST_CASE("a function that is asked may order and take back") {
    fault_ledger ledger;
    fault_id order = 0;
    order = ledger.add({.operation = "*", .decide = [&](const fault_event& event) {
                            ledger.remove(order);
                            ledger.add({.operation = event.name, .fault = {.status = 409}});
                            return std::optional{fault{.status = 418}};
                        }});
    CHECK(ledger.wants_usernames());
    CHECK(statuses(ledger, request("event"), 3) == "418 409 409");
    CHECK_FALSE(ledger.wants_usernames());
}

TEST_CASE("an order is narrowed down by user, connection, method and path") {
    fault_ledger ledger;
    ledger.add(
        {.method = "GET", .path = "/v2/*", .username = "ann*", .connection = 2, .fault = {.status = 500}});
    CHECK(statuses(ledger, request("get_account", "anna", 2), 1) == "500");
    CHECK(statuses(ledger, request("get_account", "bert", 2), 1) == "0");
    CHECK(statuses(ledger, request("get_account", "anna", 1), 1) == "0");
    auto other = request("get_account", "anna", 2);
    other.method = "PUT";
    CHECK(statuses(ledger, other, 1) == "0");
    other = request("get_account", "anna", 2);
    other.path = "/v1/x";
    CHECK(statuses(ledger, other, 1) == "0");
}

TEST_CASE("the history keeps the last thousand") {
    fault_ledger ledger;
    ledger.add({.event = "*", .fault = {.delay = 1s}});
    for (std::size_t i = 1; i <= fault_ledger::remembered + 5; ++i)
        (void)ledger.ask({.place = fault_place::event, .name = "match_data", .connection = i}, {});
    CHECK(ledger.history().size() == fault_ledger::remembered);
    CHECK(ledger.history().front().event.connection == 6);
}

TEST_CASE("a star stands for any text") {
    CHECK(fits("*", ""));
    CHECK(fits("a*c", "abbc"));
    CHECK(fits("*b*", "abc"));
    CHECK(fits("a*b*c", "a-b-b-c"));
    CHECK(fits("", ""));
    CHECK_FALSE(fits("a*c", "abcd"));
    CHECK_FALSE(fits("a", "ab"));
    CHECK_FALSE(fits("ab", "a"));
    CHECK_FALSE(fits("", "a"));
}

TEST_CASE("requests are known by the names of their operations") {
    CHECK(operation_of("GET", "/v2/account") == "get_account");
    CHECK(operation_of("PUT", "/v2/account") == "update_account");
    CHECK(operation_of("POST", "/v2/group/x/add") == "add_group_users");
    CHECK(operation_of("GET", "/v2/rpc/x") == "rpc");
    CHECK(operation_of("GET", "/ws") == "connect");
    CHECK(operation_of("POST", "/v1/authenticate") == "authenticate");
    CHECK(operation_of("GET", "/v2/group//add").empty());
    CHECK(operation_of("GET", "/").empty());
    CHECK(operation_of("GET", "").empty());
}

TEST_CASE("orders that cannot be are refused by the member that is wrong") {
    CHECK(complaint(fault_order{}) == "fault: says nothing that is to happen");
    CHECK(complaint({.operation = "get_acount", .fault = {.status = 500}}) ==
          "operation: there is no operation \"get_acount\"");
    CHECK(complaint({.message = "match_data", .fault = {.delay = 1s}}) ==
          "message: there is no message \"match_data\" from clients");
    CHECK(complaint({.event = "match_data_send", .fault = {.delay = 1s}}) ==
          "event: there is no event \"match_data_send\"");
    CHECK(complaint({.message = "ping", .event = "pong", .fault = {.delay = 1s}}) ==
          "message: contradicts event: an order is about one place");
    CHECK(complaint({.operation = "event", .message = "ping", .fault = {.delay = 1s}}) ==
          "message: contradicts operation, method and path: an order is about one place");
    CHECK(complaint({.username = "anna", .fault = {.delay = 1s}}) ==
          "username: nobody has signed in when a connection is accepted");
    CHECK(complaint({.fault = {.status = 500}}) == "fault.status: is for requests only");
    CHECK(complaint({.operation = "event", .script = {std::nullopt, fault{.reorder = true}}}) ==
          "script[1].reorder: is for messages, events only");
    CHECK(complaint({.operation = "event", .fault = {.stop_reading = true}}) ==
          "fault.stop_reading: is for messages, events and the operation \"connect\" only");
    CHECK(complaint({.operation = "connect", .fault = {.stop_reading = true}}) == "none");
    CHECK(complaint({.operation = "event", .fault = {.status = 199}}) == "fault.status: wants 200 to 599");
    CHECK(complaint({.operation = "event", .fault = {.code = 17}}) == "fault.code: wants 0 to 16");
    CHECK(complaint({.operation = "event", .fault = {.message = "x"}}) ==
          "fault.message: goes with status or code");
    CHECK(complaint({.operation = "event", .fault = {.acts = true}}) ==
          "fault.acts: goes with status, code or body");
    CHECK(complaint({.operation = "event", .fault = {.retry_after = 1s}}) ==
          "fault.retry_after: goes with status, code or body");
    CHECK(complaint({.operation = "event", .fault = {.status = 500, .lose = fault::loss::answer}}) ==
          "fault.lose: contradicts an answer");
    CHECK(complaint({.operation = "event", .fault = {.delay = -1s}}) == "fault.delay: is negative");
    CHECK(complaint({.operation = "event", .fault = {.cut_at = 1, .reset_at = 1}}) ==
          "fault.reset_at: contradicts cut_at");
    CHECK(complaint({.fault = {.cut_at = fault::middle}}) ==
          "fault.cut_at: wants a number of bytes: a connection has no middle and no end");
    CHECK(complaint({.fault = {.drip = {.pause = 1s}}}) == "fault.drip.bytes: wants at least 1");
    CHECK(complaint({.message = "ping", .fault = {.close_code = 99}}) ==
          "fault.close_code: wants 1000 to 4999");
    CHECK(complaint({.message = "ping", .fault = {.close_reason = "x"}}) ==
          "fault.close_reason: goes with close_code");
}

TEST_CASE("a document of orders is read member by member") {
    const auto orders = read_faults(R"({"faults": [
        {"operation": "get_account", "skip": 1, "times": 2,
         "fault": {"status": 503, "code": 14, "message": "down", "retry_after": 1.5, "acts": true, "delay": "250ms"}},
        {"connection": 3, "fault": {"refuse": "reset"}},
        {"event": "match_data", "username": "ada", "fault": {"drip": {"bytes": 4, "pause": 2}, "cut_at": "middle"}},
        {"message": "rpc", "script": [{"lose": "answer"}, null, {"close_code": 4000, "close_reason": "bye"}]}
    ]})",
                                    "f.json");
    REQUIRE(orders.size() == 4);
    CHECK(orders[0].operation == "get_account");
    CHECK(orders[0].skip == 1);
    CHECK(orders[0].times == 2);
    CHECK(
        orders[0].fault ==
        fault{.status = 503, .code = 14, .message = "down", .retry_after = 2s, .acts = true, .delay = 250ms});
    CHECK(orders[1].connection == 3);
    CHECK(orders[1].fault == fault{.refuse = fault::refusal::reset});
    CHECK(orders[2].fault == fault{.cut_at = fault::middle, .drip = {.bytes = 4, .pause = 2s}});
    REQUIRE(orders[3].script.size() == 3);
    CHECK(orders[3].script[0] == fault{.lose = fault::loss::answer});
    CHECK_FALSE(orders[3].script[1]);
}

TEST_CASE("what is wrong in a document is told with its place") {
    CHECK(complaint("") == "f.json:1:1: unexpected EOF");
    CHECK(complaint("\n \n  []") == "f.json:3:3: wants an object, not a list");
    CHECK(complaint("[]") == "f.json:1:1: wants an object, not a list");
    CHECK(complaint("{}") == "f.json:1:1: lacks \"faults\"");
    CHECK(complaint("{\"faults\":[]} x") == "f.json:1:15: something follows the document");
    CHECK(complaint("{\"faults\": [],\n \"x\": 1}") == "f.json:2:2: there is no member \"x\" here");
    CHECK(complaint("{\"faults\": [\n  {\"operation\": \"event\",\n   \"fault\": {\"status\": \"x\"}}]}") ==
          "f.json:3:24: faults[0].fault.status: wants a number, not a text");
    CHECK(complaint(R"({"faults": [{"operation": "x", "fault": {"status": 500}}]})") ==
          "f.json:1:13: faults[0]: operation: there is no operation \"x\"");
    CHECK(complaint(R"({"faults": [{"fault": {"delay": "1 day"}}]})") ==
          R"(f.json:1:33: faults[0].fault.delay: wants seconds, or a text as "250ms", "2s", "1m", "1h")");
    CHECK(complaint(R"({"faults": [{"fault": {"delay": 1, "delay": 2}}]})") ==
          "f.json:1:23: faults[0].fault: \"delay\" is there twice");
    CHECK(complaint(R"({"faults": [{"times": 1.5, "fault": {"delay": 1}}]})") ==
          "f.json:1:23: faults[0].times: wants a whole number from 0 to 2147483647, not 1.5");
    CHECK(complaint(R"({"faults": [{"fault": {"refuse": "maybe"}}]})") ==
          R"(f.json:1:34: faults[0].fault.refuse: wants "reset" or "silence")");
    CHECK(complaint(R"({"faults": [{"script": [], "fault": {"delay": 1}}]})") ==
          "f.json:1:24: faults[0].script: contradicts fault: one of them says what happens");
    CHECK_THAT(complaint("{\"faults\": [\n {]}"), ContainsSubstring("f.json:2:3: invalid character ']'"));
}

TEST_CASE("bytes go out as a fault lets them") {
    CHECK(told(outflow{fault{}, 100}.next(100)) == "100");
    CHECK(told(outflow{fault{}, 0}.next(0)).empty());
    CHECK(told(outflow{fault{.cut_at = fault::before}, 100}.next(100)) == "cut");
    CHECK(told(outflow{fault{.cut_at = fault::middle}, 101}.next(101)) == "50 cut");
    CHECK(told(outflow{fault{.reset_at = fault::after}, 100}.next(100)) == "100 reset");
    CHECK(told(outflow{fault{.cut_at = 1000}, 100}.next(100)) == "100 cut");
    CHECK(told(outflow{fault{.reset_at = fault::middle}, 0}.next(0)) == "reset");
    const fault drip{.cut_at = 25, .drip = {.bytes = 10, .pause = 1s}};
    CHECK(told(outflow{drip, 100}.next(100)) == "10 wait 10 wait 5 wait cut");
    outflow connection{fault{.reset_at = 15}};
    CHECK(told(connection.next(10)) == "10");
    CHECK(told(connection.next(10)) == "5 reset");
}

TEST_CASE("answers and events keep their own order, and either may pass the other") {
    using lanes = frame_lanes<std::string>;
    using lane = lanes::lane;
    const lanes::time_point now{};
    lanes late;
    const auto passing = [&](lanes::time_point when) {
        std::string result;
        while (auto one = late.next(when)) result += *one;
        return result;
    };
    late.push(lane::answers, "a", now + 2s, false);
    late.push(lane::answers, "b", now, false);
    late.push(lane::events, "E", now, false);
    CHECK(passing(now) == "E");
    CHECK(late.wake() == now + 2s);
    CHECK(passing(now + 2s) == "ab");
    CHECK(late.empty());
    CHECK_FALSE(late.wake());

    late.push(lane::events, "E", now + 1s, true);
    late.push(lane::events, "F", now, false);
    CHECK(passing(now).empty());
    late.push(lane::answers, "a", now, false);
    CHECK(passing(now) == "aEF");

    late.push(lane::events, "E", now + 1s, true);
    CHECK(passing(now + 1s) == "E");
    late.push(lane::events, "E", now, false);
    late.clear();
    CHECK(late.empty());
}

TEST_CASE("envelopes are told apart by their heads") {
    CHECK(head_of_message(R"({"cid":"7","matchDataSend":{"cid":"no"}})").kind == "match_data_send");
    CHECK(head_of_message(R"({"cid":"7","match_data_send":{}})").cid == "7");
    CHECK(head_of_message("[1]").kind.empty());
    CHECK(head_of_message("{").kind.empty());
    CHECK(head_of_envelope("{}").is_answer);
    CHECK(head_of_envelope(R"({"cid":"7"})").is_answer);
    CHECK(head_of_envelope(R"({"cid":"7","match":{}})").is_answer);
    CHECK(head_of_envelope(R"({"match":{}})").is_answer);
    CHECK_FALSE(head_of_envelope(R"({"party":{}})").is_answer);
    CHECK(head_of_envelope(R"({"match_data":{}})").kind == "match_data");
    CHECK_FALSE(head_of_envelope(R"({"match_data":{}})").is_answer);
    CHECK(head_of_envelope("nonsense").kind.empty());
}
