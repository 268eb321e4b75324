#include "sandbox/state/matchmaker.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using nakama::sandbox::matchmaker;
using nakama::sandbox::query;

namespace {

struct wish {
    int min = 2;
    int max = 2;
    std::string wanted = "*";
    std::map<std::string, std::string> texts{};
    int multiple = 1;
    std::string session{};            // its own if empty
    std::vector<std::string> party{}; // sessions of a party's members, which the ticket names
};

/// The ticket and the session are named alike.
matchmaker::ticket make(const std::string& id, const wish& wish = {}) {
    matchmaker::ticket ticket{.id = id,
                              .wanted = query{wish.wanted},
                              .min_count = wish.min,
                              .max_count = wish.max,
                              .count_multiple = wish.multiple};
    const auto add_user = [&](const std::string& session) {
        nakama::matchmaker_user user{.string_properties = wish.texts};
        user.presence.session_id = session;
        ticket.users.push_back(std::move(user));
    };
    if (wish.party.empty()) add_user(wish.session.empty() ? id : wish.session);
    else ticket.party_id = wish.party.front();
    for (const std::string& session : wish.party) add_user(session);
    return ticket;
}

void add(matchmaker& pool, const std::string& id, const wish& wish = {}) {
    REQUIRE(pool.add(make(id, wish)));
}

using names = std::vector<std::string>;

std::vector<names> ids(const std::vector<matchmaker::found_match>& found) {
    std::vector<names> result;
    for (const auto& match : found) {
        result.emplace_back();
        for (const auto& ticket : match) result.back().push_back(ticket.id);
    }
    return result;
}

} // namespace

TEST_CASE("two who want two are matched at once") {
    matchmaker pool;
    add(pool, "a");
    CHECK(pool.seek_full().empty());
    add(pool, "b");
    CHECK(ids(pool.seek_full()) == std::vector<names>{{"b", "a"}});
    CHECK(pool.size() == 0);
}

TEST_CASE("the minimum does in a ticket's second interval") {
    matchmaker pool;
    add(pool, "a", {.min = 2, .max = 4});
    add(pool, "b", {.min = 2, .max = 4});
    CHECK(pool.seek_full().empty());
    CHECK(pool.seek_interval().empty());
    CHECK(pool.wants_interval());
    CHECK(ids(pool.seek_interval()) == std::vector<names>{{"b", "a"}});
}

TEST_CASE("the maximum is taken as soon as it is there") {
    matchmaker pool;
    for (const char* id : {"a", "b", "c"}) add(pool, id, {.min = 2, .max = 4});
    CHECK(pool.seek_full().empty());
    add(pool, "d", {.min = 2, .max = 4});
    CHECK(ids(pool.seek_full()) == std::vector<names>{{"b", "c", "d", "a"}});
}

TEST_CASE("in the second interval as many as there are come together") {
    matchmaker pool;
    for (const char* id : {"a", "b", "c"}) add(pool, id, {.min = 2, .max = 4});
    CHECK(pool.seek_interval().empty());
    CHECK(ids(pool.seek_interval()) == std::vector<names>{{"b", "c", "a"}});
}

TEST_CASE("one side's consent is enough") {
    matchmaker pool;
    add(pool, "a", {.wanted = "+properties.never:there", .texts = {{"region", "eu"}}});
    add(pool, "b", {.wanted = "+properties.region:eu"});
    CHECK(ids(pool.seek_full()) == std::vector<names>{{"a", "b"}});
}

TEST_CASE("when matching is mutual, both sides have to want each other") {
    matchmaker pool{true};
    add(pool, "a", {.wanted = "+properties.region:eu", .texts = {{"region", "eu"}}});
    add(pool, "b", {.wanted = "+properties.region:us", .texts = {{"region", "eu"}}});
    CHECK(pool.seek_full().empty());
    add(pool, "c", {.wanted = "+properties.region:eu", .texts = {{"region", "eu"}}});
    CHECK(ids(pool.seek_full()) == std::vector<names>{{"c", "a"}});
    CHECK(pool.size() == 1);
}

TEST_CASE("when matching is mutual, all of a match have to want each other") {
    matchmaker pool{true};
    const std::string not_blue = "-properties.team:blue";
    add(pool, "a", {.min = 3, .max = 3});
    add(pool, "b", {.min = 3, .max = 3, .wanted = not_blue});
    add(pool, "c", {.min = 3, .max = 3, .texts = {{"team", "blue"}}});
    CHECK(pool.seek_full().empty());
    add(pool, "d", {.min = 3, .max = 3});
    CHECK(ids(pool.seek_full()) == std::vector<names>{{"b", "d", "a"}});
}

TEST_CASE("those with other counts in mind are not matched") {
    matchmaker pool;
    add(pool, "a", {.min = 2, .max = 2});
    add(pool, "b", {.min = 4, .max = 4});
    CHECK(pool.seek_interval().empty());
    CHECK(pool.seek_interval().empty());
    CHECK(pool.size() == 2);
}

TEST_CASE("who is liked more comes before who waited longer") {
    matchmaker pool{true};
    add(pool, "plain", {.wanted = "-properties.team:green", .texts = {{"team", "none"}}});
    add(pool, "green", {.texts = {{"team", "green"}}});
    CHECK(pool.seek_full().empty());
    CHECK(pool.seek_interval().empty()); // from now on they only wait to be found
    add(pool, "seeker", {.wanted = "* properties.team:green"});
    CHECK(ids(pool.seek_full()) == std::vector<names>{{"green", "seeker"}});
}

TEST_CASE("the count is a multiple of what was asked for") {
    matchmaker pool;
    for (const char* id : {"a", "b", "c"}) add(pool, id, {.min = 2, .max = 4, .multiple = 2});
    CHECK(pool.seek_interval().empty());
    CHECK(ids(pool.seek_interval()) == std::vector<names>{{"b", "a"}});
    CHECK(pool.size() == 1);
}

TEST_CASE("a session is not matched with itself") {
    matchmaker pool;
    add(pool, "a", {.session = "one"});
    add(pool, "b", {.session = "one"});
    CHECK(pool.seek_full().empty());
    add(pool, "c", {.session = "two"});
    CHECK(ids(pool.seek_full()) == std::vector<names>{{"c", "a"}});
}

TEST_CASE("a session has three tickets at most") {
    matchmaker pool;
    for (const char* id : {"a", "b", "c"}) add(pool, id, {.session = "one"});
    const auto fourth = make("d", {.session = "one"});
    CHECK_FALSE(pool.add(fourth));
    CHECK(pool.remove("one", "a"));
    CHECK(pool.add(fourth));
}

TEST_CASE("a ticket is removed by its own session alone") {
    matchmaker pool;
    add(pool, "a");
    CHECK_FALSE(pool.remove("other", "a"));
    CHECK(pool.remove("a", "a"));
    CHECK_FALSE(pool.remove("a", "a"));
}

TEST_CASE("whoever leaves takes his tickets along") {
    matchmaker pool;
    add(pool, "a", {.session = "one"});
    add(pool, "b", {.session = "one"});
    add(pool, "c");
    pool.remove_session("one");
    CHECK(pool.size() == 1);
    CHECK(pool.seek_full().empty());
}

TEST_CASE("a ticket that gave up searching is still found by others") {
    matchmaker pool;
    add(pool, "a");
    CHECK(pool.seek_interval().empty());
    CHECK_FALSE(pool.wants_interval());
    add(pool, "b");
    CHECK(ids(pool.seek_full()) == std::vector<names>{{"a", "b"}});
}

TEST_CASE("the members of a party count one by one") {
    matchmaker pool;
    add(pool, "pair", {.min = 3, .max = 3, .party = {"a", "b"}});
    add(pool, "other pair", {.min = 3, .max = 3, .party = {"c", "d"}});
    CHECK(pool.seek_full().empty());
    add(pool, "single", {.min = 3, .max = 3});
    CHECK(ids(pool.seek_full()) == std::vector<names>{{"single", "pair"}});
    CHECK(pool.size() == 1);
}

TEST_CASE("two parties meet") {
    matchmaker pool;
    add(pool, "one", {.min = 4, .max = 4, .party = {"a", "b"}});
    CHECK(pool.seek_full().empty());
    add(pool, "two", {.min = 4, .max = 4, .party = {"c", "d"}});
    const auto found = pool.seek_full();
    REQUIRE(ids(found) == std::vector<names>{{"two", "one"}});
    CHECK(found.front().front().users.size() == 2);
}

TEST_CASE("a party is no match for itself, however many it is") {
    matchmaker pool;
    add(pool, "pair", {.party = {"a", "b"}});
    CHECK(pool.seek_full().empty());
    CHECK(pool.seek_interval().empty());
    CHECK(pool.size() == 1);
}

TEST_CASE("a party that is too large waits in vain") {
    matchmaker pool;
    add(pool, "three", {.party = {"a", "b", "c"}});
    add(pool, "single");
    CHECK(pool.seek_full().empty());
    CHECK(pool.seek_interval().empty());
    CHECK(pool.size() == 2);
}

TEST_CASE("somebody of a party is not matched with himself outside of it") {
    matchmaker pool;
    add(pool, "pair", {.min = 3, .max = 3, .party = {"a", "b"}});
    add(pool, "alone", {.min = 3, .max = 3, .session = "b"});
    CHECK(pool.seek_full().empty());
    add(pool, "other", {.min = 3, .max = 3});
    CHECK(ids(pool.seek_full()) == std::vector<names>{{"other", "pair"}});
}

TEST_CASE("parties are dropped as a whole to come to a multiple") {
    matchmaker pool;
    for (const char* id : {"a", "b"}) add(pool, id, {.min = 3, .max = 6, .multiple = 3});
    add(pool, "pair", {.min = 3, .max = 6, .multiple = 3, .party = {"c", "d"}});
    add(pool, "e", {.min = 3, .max = 6, .multiple = 3});
    CHECK(pool.seek_interval().empty());
    // Of five two are too many: "e" alone is one, and with "b" it is two.
    CHECK(ids(pool.seek_interval()) == std::vector<names>{{"pair", "a"}});
    CHECK(pool.size() == 2);
}

TEST_CASE("a party has three tickets at most, and they count for each of its members") {
    matchmaker pool;
    for (const char* id : {"one", "two", "three"}) add(pool, id, {.party = {"a", "b"}});
    CHECK_FALSE(pool.add(make("four", {.party = {"a", "b"}})));
    CHECK_FALSE(pool.add(make("own", {.session = "b"})));
    CHECK(pool.remove_of_party("a", "one"));
    CHECK(pool.add(make("own", {.session = "b"})));
    CHECK_FALSE(pool.add(make("four", {.party = {"a", "b"}})));
}

TEST_CASE("a party's ticket is removed by the party alone") {
    matchmaker pool;
    add(pool, "pair", {.party = {"a", "b"}});
    add(pool, "single");
    CHECK_FALSE(pool.remove("a", "pair"));
    CHECK_FALSE(pool.remove_of_party("b", "pair"));
    CHECK(pool.remove_of_party("a", "pair"));
    CHECK_FALSE(pool.remove_of_party("a", "pair"));
}

TEST_CASE("with a party or with one of its members go all of its tickets") {
    matchmaker pool;
    add(pool, "one", {.party = {"a", "b"}});
    add(pool, "two", {.party = {"c", "d"}});
    add(pool, "single");
    pool.remove_session("b");
    CHECK(pool.size() == 2);
    pool.remove_party("c");
    CHECK(pool.size() == 1);
}
