// What the sandbox's Satori says on the wire: the texts of its refusals, and what clients do not ask for.
#include "contract/sandbox_replay.hpp"

#include <catch2/catch_test_macros.hpp>

namespace {

using namespace replay;
using namespace std::chrono_literals;

constexpr wall_time start{1795396900s};
const std::string api_key = "Basic ZGVmYXVsdHNhdG9yaWtleTo=";

http_reply ask(stage& stage, const std::string& method, const std::string& target,
               const std::string& authorisation = {}, const std::string& body = {}) {
    line line{stage};
    line.write(method + ' ' + target + " HTTP/1.1\r\nHost: x\r\n" +
               (authorisation.empty() ? "" : "Authorization: " + authorisation + "\r\n") +
               "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return read_reply(line);
}

std::string refusal(int code, const std::string& message) {
    return R"({"code":)" + std::to_string(code) + R"(,"message":")" + message + "\"}";
}

json::object begin(stage& stage, const std::string& id) {
    const auto reply = ask(stage, "POST", "/v1/authenticate", api_key, R"({"id":")" + id + R"("})");
    REQUIRE(reply.status == 200);
    return json::parse(reply.body).as_object();
}

std::string bearer(stage& stage, const std::string& id) {
    return "Bearer " + text(begin(stage, id), "token");
}

} // namespace

TEST_CASE("a Satori token has Satori's claims, and is none for Nakama") {
    stage stage{start};
    const json::object tokens = begin(stage, "player-1");
    const std::string token = text(tokens, "token");
    const std::string payload = token.substr(token.find('.') + 1, token.rfind('.') - token.find('.') - 1);
    const auto claims = json::parse(wire::decode_base64(payload).value()).as_object();
    CHECK(text(claims, "sid").size() == 36);
    CHECK(text(claims, "iid") == "player-1");
    CHECK(text(claims, "api") == "sandbox");
    CHECK(claims.at("iat").as_int64() == 1795396900);
    CHECK(claims.at("exp").as_int64() == 1795396900 + 300);
    CHECK(claims.size() == 5);
    CHECK_FALSE(tokens.contains("properties"));

    CHECK(ask(stage, "GET", "/v2/account", "Bearer " + token).status == 401);
    CHECK(ask(stage, "GET", "/v1/properties", "Bearer " + token).body == "{}");
    // The two tokens of a session are not each other.
    CHECK(ask(stage, "GET", "/v1/properties", "Bearer " + text(tokens, "refresh_token")).status == 401);
    CHECK(ask(stage, "POST", "/v1/authenticate/refresh", api_key, R"({"refresh_token":")" + token + "\"}")
              .body == refusal(16, "Refresh token invalid or expired."));
}

TEST_CASE("logging out ends what it names, or all that the identity has") {
    stage stage{start};
    const json::object first = begin(stage, "player-1");
    const json::object second = begin(stage, "player-1");
    const json::object other = begin(stage, "player-2");
    const auto is_on = [&](const json::object& session) {
        return ask(stage, "GET", "/v1/properties", "Bearer " + text(session, "token")).status == 200;
    };
    const auto can_refresh = [&](const json::object& session) {
        return ask(stage, "POST", "/v1/authenticate/refresh", api_key,
                   R"({"refresh_token":")" + text(session, "refresh_token") + "\"}")
                   .status == 200;
    };
    const auto log_out = [&](const json::object& session, const std::string& body) {
        return ask(stage, "POST", "/v1/authenticate/logout", "Bearer " + text(session, "token"), body).status;
    };
    const auto member = [](const json::object& session, const std::string& name) {
        return '"' + name + R"(":")" + text(session, name) + '"';
    };
    SECTION("the session token alone") {
        CHECK(log_out(first, '{' + member(first, "token") + '}') == 200);
        CHECK_FALSE(is_on(first));
        stage.advance_to(start + 1s);
        CHECK(can_refresh(first));
        CHECK_FALSE(is_on(first));
        CHECK(is_on(second));
    }
    SECTION("the refresh token alone") {
        CHECK(log_out(first, '{' + member(first, "refresh_token") + '}') == 200);
        CHECK(is_on(first));
        CHECK_FALSE(can_refresh(first));
        CHECK(can_refresh(second));
    }
    SECTION("both") {
        CHECK(log_out(first, '{' + member(first, "token") + ',' + member(first, "refresh_token") + '}') ==
              200);
        CHECK_FALSE(is_on(first));
        CHECK_FALSE(can_refresh(first));
        CHECK(is_on(second));
    }
    SECTION("neither, which means everywhere") {
        CHECK(log_out(first, "{}") == 200);
        CHECK_FALSE(is_on(first));
        CHECK_FALSE(is_on(second));
        CHECK_FALSE(can_refresh(second));
        CHECK(is_on(other));
    }
    SECTION("not those of somebody else") {
        CHECK(log_out(first, '{' + member(other, "token") + '}') == 400);
        CHECK(log_out(first, '{' + member(other, "refresh_token") + '}') == 400);
        CHECK(is_on(other));
    }
}

TEST_CASE("Satori refuses those who have no credentials") {
    stage stage{start};
    const std::string player = bearer(stage, "player-1");
    const std::string nakama_key = "Basic ZGVmYXVsdGtleTo=";
    for (const auto& [method, target] : {std::pair{"POST", "/v1/authenticate"},
                                         {"POST", "/v1/authenticate/refresh"},
                                         {"POST", "/v1/server-event"}}) {
        INFO(target);
        const auto without = ask(stage, method, target, {}, "{}");
        CHECK(without.status == 401);
        CHECK(without.body == refusal(16, "Server key required"));
        CHECK(without.headers.find("www-authenticate")->second == "Server key required");
        CHECK(ask(stage, method, target, nakama_key, "{}").body == refusal(16, "Server key invalid"));
        CHECK(ask(stage, method, target, player, "{}").body == refusal(16, "Server key invalid"));
    }
    for (const auto& [method, target] : {std::pair{"POST", "/v1/authenticate/logout"},
                                         {"PUT", "/v1/identify"},
                                         {"DELETE", "/v1/identity"},
                                         {"POST", "/v1/event"},
                                         {"GET", "/v1/experiment"},
                                         {"GET", "/v1/live-event"},
                                         {"POST", "/v1/live-event/x/participation"},
                                         {"GET", "/v1/message"},
                                         {"PUT", "/v1/message/x"},
                                         {"DELETE", "/v1/message/x"},
                                         {"GET", "/v1/properties"},
                                         {"PUT", "/v1/properties"}}) {
        INFO(method << ' ' << target);
        CHECK(ask(stage, method, target).body == refusal(16, "Auth token required"));
        CHECK(ask(stage, method, target, "Bearer nonsense").body == refusal(16, "Auth token invalid"));
        CHECK(ask(stage, method, target, api_key).body == refusal(16, "Auth token invalid"));
    }
    for (const std::string target : {"/v1/flag", "/v1/flag/override"}) {
        CHECK(ask(stage, "GET", target).body == refusal(16, "Auth token required"));
        CHECK(ask(stage, "GET", target, nakama_key).body == refusal(16, "Server key invalid"));
        CHECK(ask(stage, "GET", target, "Bearer nonsense").body == refusal(16, "Auth token invalid"));
        CHECK(ask(stage, "GET", target, api_key).body == "{}");
        CHECK(ask(stage, "GET", target, player).body == "{}");
    }
}

TEST_CASE("Satori refuses what cannot be meant") {
    stage stage{start};
    stage.server.satori().define_event("ping");
    stage.server.satori().define_default_property("language");
    const std::string player = bearer(stage, "player-1");
    const std::string forever = stage.server.satori().put_live_event({.name = "for-ever"});
    struct exchange {
        std::string method, target, authorisation, body;
        int status, code;
        std::string message;
    };
    const std::string bad_id = "Identity ID must be 8-128 characters of letters, digits, _ and -.";
    const exchange exchanges[] = {
        {"POST", "/v1/authenticate", api_key, "{}", 400, 3, "Identity ID is required."},
        {"POST", "/v1/authenticate", api_key, R"({"id":"short"})", 400, 3, bad_id},
        {"POST", "/v1/authenticate", api_key, R"({"id":"with blank"})", 400, 3, bad_id},
        {"POST", "/v1/authenticate", api_key, R"({"id":")" + std::string(129, 'x') + "\"}", 400, 3, bad_id},
        {"POST", "/v1/authenticate", api_key, R"({"id":"player-2","default":{"shoe size":"42"}})", 400, 3,
         R"(Unknown default property \"shoe size\".)"},
        {"POST", "/v1/authenticate/refresh", api_key, "{}", 400, 3, "Refresh token is required."},
        {"POST", "/v1/authenticate/refresh", api_key, R"({"refresh_token":"nope"})", 400, 3,
         "Refresh token is malformed."},
        {"POST", "/v1/authenticate/logout", player, R"({"token":"a.b.c"})", 400, 3, "Session token invalid."},
        {"POST", "/v1/authenticate/logout", player, R"({"refresh_token":"a.b.c"})", 400, 3,
         "Refresh token invalid."},
        {"PUT", "/v1/identify", player, "{}", 400, 3, "Identity ID is required."},
        {"PUT", "/v1/properties", player, R"({"default":{"shoe size":"42"}})", 400, 3,
         R"(Unknown default property \"shoe size\".)"},
        {"POST", "/v1/event", player, R"({"events":[{"name":"ping"},{"name":"nobody knows"}]})", 400, 3,
         R"(Event \"nobody knows\" is not configured.)"},
        {"POST", "/v1/event", player, R"({"events":[{"id":"1"}]})", 400, 3, "Event name is required."},
        {"POST", "/v1/event", player, R"({"events":[{"name":"ping","timestamp":"noon"}]})", 400, 3,
         R"(proto: (line 1:39): invalid google.protobuf.Timestamp value \"noon\")"},
        {"POST", "/v1/server-event", api_key, R"({"events":[{"name":"ping"}]})", 400, 3,
         "Identity ID is required."},
        {"GET", "/v1/live-event?past_run_count=-1", player, "", 400, 3, "Run counts must not be negative."},
        {"GET", "/v1/live-event?start_time_sec=5", player, "", 400, 3,
         "start_time_sec and end_time_sec must be greater than 0"},
        {"GET", "/v1/live-event?start_time_sec=5&end_time_sec=4", player, "", 400, 3,
         "start_time_sec cannot be after end_time_sec"},
        {"GET", "/v1/live-event?start_time_sec=x", player, "", 400, 3,
         R"(parsing field \"start_time_sec\": strconv.ParseInt: parsing \"x\": invalid syntax)"},
        {"POST", "/v1/live-event/nobody%20knows/participation", player, "", 404, 5, "Live event not found."},
        {"POST", "/v1/live-event/" + forever + "/participation", player, "", 400, 3,
         "Live event does not take participants."},
        {"GET", "/v1/message?limit=101", player, "", 400, 3, "Limit must be between 1 and 100."},
        {"GET", "/v1/message?limit=0", player, "", 400, 3, "Limit must be between 1 and 100."},
        {"GET", "/v1/message?cursor=nope", player, "", 400, 3, "Cursor is invalid."},
        {"PUT", "/v1/message/x", player, "{}", 400, 3, "Read time or consume time is required."},
        {"PUT", "/v1/message/x", player, R"({"read_time":"5"})", 404, 5, "Message not found."},
        {"DELETE", "/v1/message/x", player, "", 404, 5, "Message not found."},
    };
    for (const exchange& one : exchanges) {
        INFO(one.method << ' ' << one.target << ' ' << one.body);
        const auto reply = ask(stage, one.method, one.target, one.authorisation, one.body);
        CHECK(reply.status == one.status);
        CHECK(reply.body == refusal(one.code, one.message));
    }
    // Of a batch, all or nothing.
    CHECK(stage.server.satori().events().empty());
    CHECK_FALSE(stage.server.satori().find_identity("player-2"));
}

TEST_CASE("Satori's readiness check says what it is told to") {
    stage stage{start};
    CHECK(ask(stage, "GET", "/healthcheck").body == "{}");
    CHECK(ask(stage, "GET", "/readycheck").body == "{}");
    stage.server.satori().set_ready(false);
    const auto reply = ask(stage, "GET", "/readycheck");
    CHECK(reply.status == 503);
    CHECK(reply.body == refusal(14, "Not ready."));
    CHECK(ask(stage, "GET", "/healthcheck").status == 200);
}

TEST_CASE("numbers and defaults travel as Satori writes them") {
    stage stage{start};
    auto satori = stage.server.satori();
    const std::string player = bearer(stage, "player-1");
    satori.put_flag({.name = "motd", .value = "Kia ora! \"hi\" <&>", .labels = {""}});
    satori.put_live_event({.id = "the-event", .name = "fest", .flags = {{"motd", "!"}}});
    satori.send_message("player-1", {.id = "the-message", .text = "unread"});
    CHECK(ask(stage, "GET", "/v1/flag", api_key).body ==
          R"({"flags":[{"name":"motd","value":"Kia ora! \"hi\" <&>","labels":[""]}]})");
    CHECK(ask(stage, "GET", "/v1/flag", player).body ==
          R"({"flags":[{"name":"motd","value":"!","condition_changed":true,)"
          R"("change_reason":{"type":2,"name":"fest"},"labels":[""]}]})");
    CHECK(ask(stage, "GET", "/v1/flag/override", player).body ==
          R"({"flags":[{"flag_name":"motd","overrides":[)"
          R"({"name":"motd","value":"Kia ora! \"hi\" <&>","create_time_sec":"1795396900"},)"
          R"({"type":2,"name":"fest","value":"!","create_time_sec":"1795396900"}],"labels":[""]}]})");
    CHECK(ask(stage, "GET", "/v1/live-event", player).body ==
          R"({"live_events":[{"id":"the-event","name":"fest","active_start_time_sec":"1795396900",)"
          R"("start_time_sec":"1795396900","status":1}]})");
    const auto messages = ask(stage, "GET", "/v1/message", player).body;
    CHECK(messages.starts_with(R"({"messages":[{"id":"the-message","text":"unread","send_time":"1795396900",)"
                               R"("create_time":"1795396900","update_time":"1795396900"}],)"
                               R"("cacheable_cursor":")"));
}

TEST_CASE("runs can be asked for until the end of time") {
    stage stage{start};
    stage.server.satori().put_live_event({.name = "daily", .duration = 1h, .every = 24h});
    const std::string player = bearer(stage, "player-1");
    const std::string most = "9223372036854775807";
    const auto reply = ask(stage, "GET",
                           "/v1/live-event?past_run_count=2147483647&future_run_count=2147483647"
                           "&start_time_sec=" +
                               most + "&end_time_sec=" + most,
                           player);
    CHECK(reply.status == 200);
    const auto all = ask(stage, "GET", "/v1/live-event?future_run_count=2147483647", player);
    CHECK(json::parse(all.body).at("live_events").as_array().size() == 101);
}

TEST_CASE("an audience that throws fails the request alone") {
    stage stage{start};
    const std::string player = bearer(stage, "player-1");
    stage.server.satori().put_flag({.name = "broken", .variants = {{.who = [](const auto&) -> bool {
                                                          throw std::runtime_error{"no such property"};
                                                      }}}});
    const auto reply = ask(stage, "GET", "/v1/flag", player);
    CHECK(reply.status == 500);
    CHECK(reply.body == refusal(13, "An audience failed: no such property"));
    CHECK(ask(stage, "GET", "/v1/flag", api_key).status == 200);
}

TEST_CASE("what cannot be meant is not put into Satori") {
    stage stage{start};
    auto satori = stage.server.satori();
    CHECK_THROWS_AS(satori.put_flag({}), std::invalid_argument);
    CHECK_THROWS_AS(satori.put_experiment({}), std::invalid_argument);
    CHECK_THROWS_AS(satori.put_live_event({}), std::invalid_argument);
    CHECK_THROWS_AS(satori.put_live_event({.name = "fest", .flags = {{"none", "1"}}}), std::invalid_argument);
    CHECK_THROWS_AS(satori.put_live_event({.name = "fest", .variants = {{.flags = {{"none", "1"}}}}}),
                    std::invalid_argument);
    CHECK_THROWS_AS(satori.put_experiment({.name = "shop", .variants = {{.flags = {{"none", "1"}}}}}),
                    std::invalid_argument);
    CHECK_THROWS_AS(satori.put_live_event({.name = "fest", .duration = 2h, .every = 1h}),
                    std::invalid_argument);
    CHECK_THROWS_AS(satori.put_live_event({.name = "fest", .duration = -2h}), std::invalid_argument);
    satori.put_live_event({.id = "taken", .name = "fest"});
    CHECK_THROWS_AS(satori.put_live_event({.id = "taken", .name = "other"}), std::invalid_argument);
    CHECK_THROWS_AS(satori.put_identity("short"), std::invalid_argument);
    CHECK_THROWS_AS(satori.send_message("nobody-1", {}), std::invalid_argument);
    satori.put_identity("player-1");
    const std::string id = satori.send_message("player-1", {});
    CHECK_THROWS_AS(satori.send_message("player-1", {.id = id}), std::invalid_argument);

    stage.server.stop();
    stage.pump();
    CHECK_THROWS_AS(satori.put_flag({.name = "late"}), std::logic_error);
    CHECK(satori.identities().empty());
    CHECK(satori.messages("player-1").empty());
    CHECK(satori.events().empty());
    satori.remove_flag("late");
}
