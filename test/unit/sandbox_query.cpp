#include "sandbox/state/query.hpp"

#include <catch2/catch_test_macros.hpp>

using nakama::sandbox::bad_query;
using nakama::sandbox::properties;
using nakama::sandbox::query;

namespace {

const properties player{.texts = {{"region", "eu"}, {"map", "old town"}, {"rank", "gold"}},
                        .numbers = {{"level", 12}, {"skill", -2.5}}};

bool matches(std::string_view text) {
    return query{text}.matches(player);
}

bool is_understood(std::string_view text) {
    try {
        query{text};
        return true;
    } catch (const bad_query& bad) {
        return bad.understood();
    }
}

} // namespace

TEST_CASE("a star and an empty query match everybody") {
    CHECK(matches("*"));
    CHECK(matches(" * "));
    CHECK(matches(""));
    CHECK(query{"*"}.matches({}));
}

TEST_CASE("what must be has to be") {
    CHECK(matches("+properties.region:eu"));
    CHECK_FALSE(matches("+properties.region:us"));
    CHECK_FALSE(matches("+properties.region:EU"));
    CHECK_FALSE(matches("+properties.nothing:eu"));
    CHECK(matches("+properties.region:eu +properties.level:12"));
    CHECK_FALSE(matches("+properties.region:eu +properties.level:13"));
}

TEST_CASE("what must not be may be absent") {
    CHECK(matches("-properties.region:us"));
    CHECK_FALSE(matches("-properties.region:eu"));
    CHECK(matches("-properties.nothing:x"));
    CHECK_FALSE(matches("+properties.level:>=10 -properties.region:eu"));
}

TEST_CASE("what is only liked decides when it stands alone") {
    CHECK(matches("properties.region:eu"));
    CHECK(matches("properties.region:us properties.level:12"));
    CHECK_FALSE(matches("properties.region:us properties.level:13"));
    CHECK(matches("+properties.region:eu properties.level:13"));
    CHECK(query{"properties.region:eu properties.level:12 properties.rank:tin"}.score(player) == 2);
}

TEST_CASE("numbers are compared as numbers") {
    CHECK(matches("+properties.level:12.0"));
    CHECK(matches("+properties.level:>=12"));
    CHECK(matches("+properties.level:<=12"));
    CHECK_FALSE(matches("+properties.level:>12"));
    CHECK_FALSE(matches("+properties.level:<12"));
    CHECK(matches("+properties.level:>11.5 +properties.level:<12.5"));
    CHECK(matches("+properties.skill:<0"));
    CHECK(matches("+properties.skill:>=-2.5"));
    CHECK_FALSE(matches("+properties.region:>1"));
    CHECK_FALSE(matches("+properties.nothing:<100"));
}

TEST_CASE("a backslash takes the next character as it is") {
    CHECK(matches("+properties.map:old\\ town"));
    CHECK_FALSE(matches("+properties.map:old"));
    CHECK(query{"+properties.a:b\\:c"}.matches({.texts = {{"a", "b:c"}}}));
}

TEST_CASE("a quoted text holds for nobody") {
    CHECK_FALSE(matches("+properties.map:\"old town\""));
    CHECK_FALSE(matches("+properties.region:\"eu\""));
    CHECK(matches("-properties.region:\"eu\""));
}

TEST_CASE("only plain numbers are numbers") {
    const properties ten{.texts = {{"text", "1e1"}}, .numbers = {{"number", 10}, {"half", 0.5}}};
    CHECK(query{"+properties.number:10"}.matches(ten));
    CHECK(query{"+properties.half:0.5"}.matches(ten));
    CHECK_FALSE(query{"+properties.number:1e1"}.matches(ten));
    CHECK_FALSE(query{"+properties.half:.5"}.matches(ten));
    CHECK(query{"+properties.text:1e1"}.matches(ten));
}

TEST_CASE("boosts are accepted and ignored") {
    CHECK(matches("+properties.region:eu^2.5"));
    CHECK(matches("+properties.region:eu^"));
    CHECK(matches("properties.region:eu^10 properties.level:>=10^2"));
    CHECK_THROWS_AS(query{"properties.region:eu^much"}, bad_query);
}

TEST_CASE("malformed queries are refused") {
    for (const char* text : {"+properties.region:\"eu", "+properties.level:>=ten",
                             "+properties.level:>=", "+properties.region:"}) {
        INFO(text);
        CHECK_THROWS_AS(query{text}, bad_query);
        CHECK_FALSE(is_understood(text));
    }
}

TEST_CASE("what the real server knows and the sandbox does not is refused by name") {
    for (const char* text : {"properties.region:e*", "properties.region:?u", "properties.region:/e./", "eu",
                             "properties.region:eu~1", "value.region:eu", "min_count:2",
                             "properties.time:>\"2020-01-01T00:00:00Z\"", "-*", "\"eu\""}) {
        INFO(text);
        CHECK_THROWS_AS(query{text}, bad_query);
        CHECK(is_understood(text));
    }
}

TEST_CASE("labels of listings have a prefix of their own, and any of several values will do") {
    const properties label{.texts = {{"mode", "coop"}, {"mode", "ranked"}}, .numbers = {{"n", 1}, {"n", 5}}};
    const auto holds = [&](std::string_view text) { return query{text, "label."}.matches(label); };
    CHECK(holds("+label.mode:ranked +label.n:>=5"));
    CHECK(holds("+label.mode:coop -label.mode:duel"));
    CHECK_FALSE(holds("+label.n:>5"));
    CHECK_FALSE(holds("-label.mode:coop"));
    CHECK_THROWS_AS(holds("+properties.mode:coop"), bad_query);
}
