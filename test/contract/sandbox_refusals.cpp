// What the recordings have no words of: ids that are missing, JSON that the database cannot hold.
#include "contract/stage_players.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using namespace replay;
using namespace std::chrono_literals;

using nakama::friend_state;

constexpr wall_time start{1795396900s};

/// A player with a connection of his own.
struct requester {
    stage scene{start};
    line connection{scene};
    std::string token = sign_in(connection, "ada");

    std::string ask(const std::string& method, const std::string& target, const std::string& body = {}) {
        connection.write(method + ' ' + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
                         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        const http_reply reply = read_reply(connection);
        if (reply.status == 200) return "200";
        return std::to_string(reply.status) + ' ' + text(json::parse(reply.body).as_object(), "message");
    }
    std::string user_id() { return scene.server.accounts().find_by_username("ada")->user.id; }
};

/// What a database cannot hold, as a client writes it within a text.
constexpr std::string_view unstorable[] = {R"({\"a\":\"\\u0000\"})", R"({\"a\":\"\\ud800\"})",
                                           R"({\"a\":1e131072})", R"({\"a\":1e-16384})"};

std::string with(std::string_view before, std::string_view content, std::string_view after) {
    return std::string{before} + std::string{content} + std::string{after};
}

std::string error_of(const json::object& answer) {
    const json::object& error = answer.at("error").as_object();
    // protojson leaves a code of zero out.
    CHECK((!error.contains("code") || error.at("code").as_int64() == 0));
    return text(error, "message");
}

} // namespace

TEST_CASE("an empty id at the end of a path is missed in the operation's own words") {
    requester ada;
    CHECK(ada.ask("PUT", "/v2/group/", "{}") == "400 Group ID must be set.");
    CHECK(ada.ask("DELETE", "/v2/group/") == "400 Group ID must be set.");
    for (const char* method : {"GET", "POST", "DELETE"})
        CHECK(ada.ask(method, "/v2/leaderboard/", "{}") == "400 Invalid leaderboard ID.");
    CHECK(ada.ask("GET", "/v2/tournament/") == "400 Tournament ID must be provided");
    CHECK(ada.ask("PUT", "/v2/tournament/", "{}") == "400 Tournament ID must be provided.");
    CHECK(ada.ask("POST", "/v2/tournament/", "{}") == "400 Tournament ID must be provided.");
    CHECK(ada.ask("DELETE", "/v2/tournament/") == "400 Invalid tournament ID.");
    CHECK(ada.ask("GET", "/v2/leaderboard/x/owner/") ==
          "400 Owner ID must be provided for a haystack query.");
    ada.token = "none";
    CHECK(ada.ask("DELETE", "/v2/group/").starts_with("401 "));
}

TEST_CASE("joining, leaving and deleting a group look at no query") {
    requester ada;
    const std::string id = ada.scene.server.groups().create({.name = "club", .creator_id = ada.user_id()});
    CHECK(ada.ask("POST", "/v2/group/" + id + "/join?unknown=1&x=%zz") == "200");
    CHECK(ada.ask("DELETE", "/v2/group/" + id + "?unknown=1") == "200");
    const std::string next = ada.scene.server.groups().create({.name = "club", .creator_id = ada.user_id()});
    CHECK(ada.ask("POST", "/v2/group/" + next + "/leave?unknown=1") == "200");
}

TEST_CASE("an account put in is found by its e-mail address in any case") {
    requester ada;
    ada.scene.server.accounts().add(
        {.username = "bob", .email = "Bob@Example.COM", .password = "long enough"});
    CHECK(ada.scene.server.accounts().find_by_username("bob")->email == "bob@example.com");
    line other{ada.scene};
    other.write(post("/v2/account/authenticate/email?create=false",
                     "Basic ZGVmYXVsdGtleTo=", R"({"email":"bOB@example.com","password":"long enough"})"));
    CHECK(read_reply(other).status == 200);
}

TEST_CASE("JSON that the database cannot hold is an error of the operation's own") {
    requester ada;
    ada.scene.server.leaderboards().create({.id = "board"});
    ada.scene.server.leaderboards().create({.id = "closed", .authoritative = true});
    ada.scene.server.tournaments().create({.id = "cup", .duration = 1h});
    const std::string bob = ada.scene.server.accounts().add({.username = "bob"});
    for (const std::string_view content : unstorable) {
        const std::string score = with(R"({"score":"1","metadata":")", content, "\"}");
        CHECK(ada.ask("POST", "/v2/leaderboard/board", score) == "500 Error writing score to leaderboard.");
        CHECK(ada.ask("POST", "/v2/leaderboard/closed", score).starts_with("403 "));
        CHECK(ada.ask("POST", "/v2/tournament/cup", score) == "500 Error writing score to tournament.");
        CHECK(ada.ask("PUT", "/v2/storage",
                      with(R"({"objects":[{"collection":"c","key":"k","value":")", content, "\"}]}")) ==
              "500 Error writing storage objects.");
    }
    CHECK(ada.ask("POST", "/v2/leaderboard/board", R"({"metadata":"{"})") ==
          "400 Metadata value must be JSON, if provided.");
    CHECK(ada.ask("POST", "/v2/friend?ids=" + bob + "&metadata=%7B%22a%22%3A1e131072%7D") ==
          "500 Error while trying to add friends.");
    CHECK(ada.scene.server.leaderboards().find("board"));
    CHECK(ada.scene.server.storage().size() == 0);
    CHECK_FALSE(ada.scene.server.friends().find(ada.user_id(), bob));
}

TEST_CASE("a message that cannot be kept is heard by nobody, and the socket stays open") {
    requester ada;
    line socket{ada.scene};
    open_socket(socket, ada.token);
    const auto joined = ask(socket, R"({"cid":"1","channel_join":{"target":"hall","type":1}})");
    const std::string channel = text(joined.at("channel").as_object(), "id");
    (void)hear(socket); // her own presence
    const std::string to = R"("channel_id":")" + channel + R"(","content":")";
    for (const std::string_view content : unstorable) {
        CHECK(error_of(ask(socket, with(R"({"cid":"2","channel_message_send":{)" + to, content, "\"}}"))) ==
              "Could not persist message to channel history");
        CHECK(
            error_of(ask(
                socket,
                with(
                    R"({"cid":"3","channel_message_update":{"message_id":"00000000-0000-4000-8000-000000000000",)" +
                        to,
                    content, "\"}}"))) == "Could not persist message update to channel history");
    }
    CHECK(is_silent(socket));
    CHECK(ada.scene.server.channels().history(channel).empty());
}

TEST_CASE("JSON that could not be kept cannot be put in") {
    requester ada;
    sandbox::server& server = ada.scene.server;
    const std::string id = ada.user_id();
    const std::string bob = server.accounts().add({.username = "bob"});
    server.friends().put(id, bob, friend_state::friend_);
    for (const char* const wrong : {R"({"a":"\u0000"})", R"({"a":"\ud800"})", R"({"a":1e131072})", "{} {}"}) {
        using std::invalid_argument;
        CHECK_THROWS_AS(server.friends().put(id, bob, friend_state::blocked, wrong), invalid_argument);
        CHECK_THROWS_AS(server.storage().write({.collection = "c", .key = "k", .value = wrong}),
                        invalid_argument);
        CHECK_THROWS_AS(server.notifications().send(id, {.subject = "s", .content = wrong}),
                        invalid_argument);
        CHECK_THROWS_AS(server.channels().send({.channel_id = "2...hall", .content = wrong}),
                        invalid_argument);
        CHECK_THROWS_AS(server.accounts().add({.metadata = wrong}), invalid_argument);
    }
    CHECK(server.friends().find(id, bob)->state == friend_state::friend_);
    CHECK_THROWS_AS(server.accounts().add({.metadata = "[1]"}), std::invalid_argument);
    CHECK_THROWS_AS(server.accounts().add({.wallet = "1"}), std::invalid_argument);
    CHECK_THROWS_AS(server.accounts().update(id, {.wallet = "[1]"}), std::invalid_argument);
    CHECK_THROWS_AS(server.groups().create({.name = "club", .creator_id = id, .metadata = "[1]"}),
                    std::invalid_argument);
}

TEST_CASE("a page of all parties goes on with the query that means all of them") {
    requester ada;
    line one{ada.scene}, other{ada.scene};
    for (line* const socket : {&one, &other}) {
        open_socket(*socket, ada.token);
        (void)ask(*socket, R"({"cid":"1","party_create":{"open":true,"max_size":4}})");
    }
    ada.connection.write(get("/v2/party?limit=1", ada.token));
    const auto page = json::parse(read_reply(ada.connection).body).as_object();
    CHECK(ada.ask("GET", "/v2/party?limit=1&query=*&cursor=" + text(page, "cursor")) == "200");
    CHECK(ada.ask("GET", "/v2/party?limit=1&query=x&cursor=" + text(page, "cursor")).starts_with("500 "));
}
