#include "realtime/standing.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace nakama;
using namespace nakama::realtime;

namespace {

/// Requests and their answers, as sent.
struct told {
    standing places;

    void answered(const std::string& operation, const std::string& members, envelope answer = {}) {
        places.answered(operation, R"({"cid":"1",")" + operation + "\":" + members + "}", answer);
    }
    std::string again(std::size_t most_bytes = 4000) const {
        std::string text;
        for (const auto& each : places.resumptions(most_bytes))
            text += each.operation + '{' + each.members + "} ";
        return text;
    }
};

channel room(std::string id) {
    return {.id = std::move(id), .self = {.user_id = "me", .session_id = "s"}};
}
match game(std::string id) {
    return {.match_id = std::move(id), .self = {.user_id = "me", .session_id = "s"}};
}
const std::vector<user_presence> myself{{.user_id = "me", .session_id = "s"}};
const std::vector<user_presence> another{{.user_id = "me", .session_id = "t"}};

} // namespace

TEST_CASE("nothing was done, nothing is to be done again") {
    told t;
    t.answered("rpc", R"({"id":"f"})");
    t.answered("ping", "{}");
    CHECK(t.again().empty());
    CHECK(t.places.take_tickets().empty());
}

TEST_CASE("channels are joined again as they were, until they are left") {
    told t;
    t.answered("channel_join", R"({"target":"lobby","type":1,"persistence":false})",
               {.message = room("2...lobby")});
    t.answered("channel_join", R"({"target":"u","type":2})", {.message = room("4.u.me.")});
    t.answered("channel_join", R"({"target":"lobby","type":1,"hidden":true})",
               {.message = room("2...lobby")});
    CHECK(t.again() ==
          R"(channel_join{"target":"lobby","type":1,"hidden":true} channel_join{"target":"u","type":2} )");
    t.answered("channel_leave", R"({"channel_id":"2...lobby"})");
    CHECK(t.again() == R"(channel_join{"target":"u","type":2} )");
    t.places.heard(channel_presence_event{.channel_id = "4.u.me.", .leaves = another});
    CHECK(!t.again().empty());
    t.places.heard(channel_presence_event{.channel_id = "4.u.me.", .leaves = myself}); // removed from it
    CHECK(t.again().empty());
}

TEST_CASE("matches are joined by id, named ones created once more") {
    told t;
    t.answered("match_create", "{}", {.message = game("a.")});
    t.answered("match_create", R"({"name":"duel"})", {.message = game("b.")});
    t.answered("match_join", R"({"token":"t","metadata":{"k":"v"}})", {.message = game("c.")});
    t.answered("match_join", R"({"match_id":"d.n"})", {.message = game("d.n")});
    CHECK(t.again() == R"(match_join{"match_id":"a."} match_create{"name":"duel"} )"
                       R"(match_join{"metadata":{"k":"v"},"match_id":"c."} match_join{"match_id":"d.n"} )");
    t.answered("match_leave", R"({"match_id":"a."})");
    t.places.heard(match_presence_event{.match_id = "c.", .leaves = myself});
    t.places.forget("match", "d.n");
    CHECK(t.again() == R"(match_create{"name":"duel"} )");
}

TEST_CASE("parties are joined by id once one is a member") {
    told t;
    t.answered("party_join", R"({"party_id":"p.n"})");
    CHECK(t.again().empty()); // only asked
    t.places.heard(party{.party_id = "p.n", .open = false, .self = {.session_id = "s"}});
    t.answered("party_create", R"({"open":true})",
               {.message = party{.party_id = "q.n", .open = true, .self = {.session_id = "s"}}});
    CHECK(t.again() == R"(party_join{"party_id":"p.n"} party_join{"party_id":"q.n"} )");
    CHECK(!t.places.is_open_party("p.n"));
    CHECK(t.places.is_open_party("q.n"));
    t.places.heard(party_update{.party_id = "p.n", .open = true});
    CHECK(t.places.is_open_party("p.n"));
    t.places.heard(party_close{.party_id = "p.n"});
    t.answered("party_leave", R"({"party_id":"q.n"})");
    CHECK(t.again().empty());
}

TEST_CASE("status and follows come first") {
    told t;
    t.answered("channel_join", R"({"target":"lobby"})", {.message = room("2...lobby")});
    t.answered("status_follow", R"({"user_ids":["b","a"],"usernames":["cy","dee"]})",
               {.message = status{.presences = {{.user_id = "c", .session_id = "1", .username = "cy"}}}});
    t.answered("status_update", R"({"status":"in \"play\""})");
    CHECK(t.again() == R"(status_update{"status":"in \"play\""} status_follow{"user_ids":["a","b","c"]} )"
                       R"(status_follow{"usernames":["dee"]} channel_join{"target":"lobby"} )");
    t.answered("status_unfollow", R"({"user_ids":["a","c"]})");
    t.answered("status_update", "{}"); // offline
    CHECK(
        t.again() ==
        R"(status_update{} status_follow{"user_ids":["b"]} status_follow{"usernames":["dee"]} channel_join{"target":"lobby"} )");
}

TEST_CASE("many follows are as many messages as it takes") {
    told t;
    for (int i = 0; i < 500; ++i)
        t.answered("status_follow",
                   R"({"user_ids":["00000000-0000-0000-0000-000000000)" + std::to_string(100 + i) + "\"]}");
    const auto again = t.places.resumptions(4000);
    CHECK(again.size() == 5);
    std::size_t users = 0;
    for (const auto& each : again) {
        CHECK(each.members.size() <= 4000);
        users += static_cast<std::size_t>(std::ranges::count(each.members, '-')) / 4;
    }
    CHECK(users == 500);
}

TEST_CASE("tickets that wait are lost, those that were matched or withdrawn are not") {
    told t;
    for (const char* id : {"a", "b", "c"})
        t.answered("matchmaker_add", "{}", {.message = matchmaker_ticket{.ticket = id}});
    t.answered("party_matchmaker_add", "{}",
               {.message = party_matchmaker_ticket{.party_id = "p", .ticket = "d"}});
    t.places.heard(party_matchmaker_ticket{.party_id = "p", .ticket = "e"});
    t.answered("matchmaker_remove", R"({"ticket":"a"})");
    t.answered("party_matchmaker_remove", R"({"party_id":"p","ticket":"e"})");
    t.places.heard(matchmaker_matched{.ticket = "b"});
    const auto lost = t.places.take_tickets();
    CHECK(lost ==
          std::vector<standing::ticket>{{"matchmaker_ticket", "c"}, {"party_matchmaker_ticket", "d"}});
    CHECK(t.places.take_tickets().empty());
}
