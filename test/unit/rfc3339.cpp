#include "wire/rfc3339.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace nakama;
using namespace nakama::wire;
using namespace std::chrono_literals;

namespace {

std::string written(timestamp time) {
    std::string out;
    append_rfc3339(out, time);
    return out;
}

} // namespace

TEST_CASE("times come back as they went, with as few digits as lose nothing") {
    for (const std::string text : {"1970-01-01T00:00:00Z", "2026-11-23T01:23:25Z", "2026-11-23T01:25:16.760Z",
                                   "2026-11-23T01:25:16.770872Z", "2026-11-23T01:25:16.760718003Z",
                                   "2024-02-29T23:59:59.000000001Z", "1969-12-31T23:59:59.999Z"}) {
        const auto time = parse_rfc3339(text);
        REQUIRE(time);
        CHECK(written(*time) == text);
    }
}

TEST_CASE("times with an offset are the same moment in UTC") {
    CHECK(parse_rfc3339("2026-11-23T03:25:16+02:00") == parse_rfc3339("2026-11-23T01:25:16Z"));
    CHECK(parse_rfc3339("2026-11-22T20:55:16-04:30") == parse_rfc3339("2026-11-23T01:25:16Z"));
    CHECK(parse_rfc3339("2026-11-23t01:25:16z") == parse_rfc3339("2026-11-23T01:25:16Z"));
}

TEST_CASE("fractions of any length up to nanoseconds are read") {
    const auto whole = parse_rfc3339("2026-11-23T01:25:16Z");
    REQUIRE(whole);
    CHECK(parse_rfc3339("2026-11-23T01:25:16.7607Z") == *whole + 760'700us);
    CHECK(parse_rfc3339("2026-11-23T01:25:16.1Z") == *whole + 100ms);
}

TEST_CASE("times that 64 bits of nanoseconds cannot hold become the first or the last moment") {
    CHECK(parse_rfc3339("0001-01-01T00:00:00Z") == timestamp::min());
    CHECK(parse_rfc3339("9999-12-31T23:59:59Z") == timestamp::max());
}

TEST_CASE("what is no time is refused") {
    for (const auto* text :
         {"", "2026", "2026-11-23", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-23T24:00:00Z",
          "2026-11-23T01:60:00Z", "2026-11-23T01:25:16", "2026-11-23T01:25:16.Z",
          "2026-11-23T01:25:16.1234567890Z", "2026-11-23T01:25:16Zx", "2026-11-23 01:25:16Z",
          "2026-11-23T01:25:16+2:00", "-026-11-23T01:25:16Z"})
        CHECK(!parse_rfc3339(text));
}

TEST_CASE("the earliest and the latest time that there are can be written") {
    CHECK(written(timestamp::min()) == "1677-09-21T00:12:43.145224192Z");
    CHECK(written(timestamp::max()) == "2262-04-11T23:47:16.854775807Z");
    CHECK(written(timestamp{} - std::chrono::nanoseconds{1}) == "1969-12-31T23:59:59.999999999Z");
}

TEST_CASE("every day of the years that servers speak of is read and written") {
    using namespace std::chrono;
    for (sys_days day = 1899y / December / 1; day < sys_days{2101y / February / 1}; day += days{1}) {
        const nakama::timestamp time = day + hours{23} + minutes{59} + seconds{58};
        std::string text;
        append_rfc3339(text, time);
        REQUIRE(parse_rfc3339(text) == time);
    }
}

TEST_CASE("a time that is damaged anywhere is refused") {
    const std::string good = "2026-11-23T01:25:16Z";
    REQUIRE(parse_rfc3339(good));
    for (std::size_t i = 0; i < good.size(); ++i)
        for (const char c : {'x', '/', ':', ';', '\x00', '\xb0', '\x3a', ' '}) {
            if (good[i] == c) continue;
            std::string bad = good;
            bad[i] = c;
            INFO(bad);
            CHECK(!parse_rfc3339(bad));
        }
    for (const auto* bad : {"2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z",
                            "2026-02-00T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z"})
        CHECK(!parse_rfc3339(bad));
}
