#include "sandbox/matchmaker.hpp"

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
    std::string session{}; // its own if empty
};

/// The ticket and the session are named alike.
void add(matchmaker& pool, const std::string& id, const wish& wish = {}) {
    matchmaker::ticket ticket{.id = id,
                              .wanted = query{wish.wanted},
                              .min_count = wish.min,
                              .max_count = wish.max,
                              .count_multiple = wish.multiple};
    ticket.user.presence.session_id = wish.session.empty() ? id : wish.session;
    ticket.user.string_properties = wish.texts;
    REQUIRE(pool.add(std::move(ticket)));
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
    matchmaker::ticket fourth{.id = "d"};
    fourth.user.presence.session_id = "one";
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
