#include "sandbox/state/cron.hpp"
#include "wire/rfc3339.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

using nakama::timestamp;
using nakama::sandbox::cron_schedule;

namespace {

std::int64_t at(const std::string& time) {
    const auto parsed = nakama::wire::parse_rfc3339(time).value();
    return std::chrono::floor<std::chrono::seconds>(parsed).time_since_epoch().count();
}

std::string text(std::int64_t seconds) {
    if (seconds == 0) return "never";
    std::string result;
    nakama::wire::append_rfc3339(result, timestamp{std::chrono::seconds{seconds}});
    return result;
}

struct row {
    std::string expression;
    std::string from;
    std::string time;
};

} // namespace

TEST_CASE("a schedule tells its next time") {
    // 23 November 2026 is a Monday.
    const std::vector<row> rows{
        {"0 0 * * 1", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"},
        {"0 0 * * 1", "2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z"},
        {"* * * * *", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"},
        {"*/15 * * * *", "2026-11-23T10:07:30Z", "2026-11-23T10:15:00Z"},
        {"5/20 * * * *", "2026-11-23T10:45:00Z", "2026-11-23T11:05:00Z"},
        {"10-30/10 8,,20 * * *", "2026-11-23T08:30:00Z", "2026-11-23T20:10:00Z"},
        {"0 12 1 * ?", "2026-11-01T12:00:00Z", "2026-12-01T12:00:00Z"},
        {"0 0 31 * *", "2026-10-31T00:00:00Z", "2026-12-31T00:00:00Z"},
        {"0 0 29 feb *", "2026-11-23T00:00:00Z", "2028-02-29T00:00:00Z"},
        {"0 0 L * *", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"},
        {"0 0 L * *", "2028-02-01T00:00:00Z", "2028-02-29T00:00:00Z"},
        {"0 0 LW * *", "2027-01-01T00:00:00Z", "2027-01-29T00:00:00Z"},
        {"0 0 1W * *", "2026-10-31T00:00:00Z", "2026-11-02T00:00:00Z"},
        {"0 0 1W * *", "2026-07-31T00:00:00Z", "2026-08-03T00:00:00Z"},
        {"0 0 15W * *", "2026-11-01T00:00:00Z", "2026-11-16T00:00:00Z"},
        {"0 0 14w * *", "2026-11-01T00:00:00Z", "2026-11-13T00:00:00Z"},
        {"0 0 31W 1 *", "2027-01-01T00:00:00Z", "2027-01-29T00:00:00Z"},
        {"0 0 * * 5L", "2026-11-23T00:00:00Z", "2026-11-27T00:00:00Z"},
        {"0 0 * * Fri#2", "2026-11-23T00:00:00Z", "2026-12-11T00:00:00Z"},
        {"0 0 * * 1#5", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"},
        {"0 0 13 * fri", "2026-11-23T00:00:00Z", "2026-11-27T00:00:00Z"},
        {"0 0 13 * fri", "2026-12-11T00:00:00Z", "2026-12-13T00:00:00Z"},
        {"0 0 13 * 1-5,*", "2026-12-11T00:00:00Z", "2026-12-13T00:00:00Z"},
        {"0 0 * * 7", "2026-11-23T00:00:00Z", "2026-11-29T00:00:00Z"},
        {"0 0 * January-MAR sunday", "2026-11-23T00:00:00Z", "2027-01-03T00:00:00Z"},
        {"0 0 1 1 * 2030", "2026-11-23T00:00:00Z", "2030-01-01T00:00:00Z"},
        {"30 0 12 * * * *", "2026-11-23T12:00:00Z", "2026-11-23T12:00:30Z"},
        {"*/20 * * * * * *", "2026-11-23T12:00:41Z", "2026-11-23T12:01:00Z"},
        {"0 0 0 1 1 * 2030 and more", "2026-11-23T00:00:00Z", "2030-01-01T00:00:00Z"},
        {"@yearly", "2026-11-23T00:00:00Z", "2027-01-01T00:00:00Z"},
        {"@annually", "2026-11-23T00:00:00Z", "2027-01-01T00:00:00Z"},
        {"@monthly", "2026-11-23T00:00:00Z", "2026-12-01T00:00:00Z"},
        {"@weekly", "2026-11-23T00:00:00Z", "2026-11-29T00:00:00Z"},
        {"@daily", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"},
        {"@hourly", "2026-11-23T00:00:00Z", "2026-11-23T01:00:00Z"},
        {"0 0 30 2 *", "2026-11-23T00:00:00Z", "never"},
        {"0 0 * * 5-7", "2026-11-23T00:00:00Z", "never"},
        {"0 0 1 1 * 1980", "2026-11-23T00:00:00Z", "never"},
    };
    for (const auto& [expression, after, next] : rows) {
        CAPTURE(expression, after);
        CHECK(text(cron_schedule{expression}.next(at(after))) == next);
    }
}

TEST_CASE("a schedule tells its last time") {
    const std::vector<row> rows{
        {"0 0 * * 1", "2026-11-23T00:00:00Z", "2026-11-16T00:00:00Z"},
        {"0 0 * * 1", "2026-11-23T00:00:01Z", "2026-11-23T00:00:00Z"},
        {"0 0 29 2 *", "2026-11-23T00:00:00Z", "2024-02-29T00:00:00Z"},
        {"15,45 8-10 * * *", "2026-11-23T08:15:00Z", "2026-11-22T10:45:00Z"},
        {"0 0 1 1 * 1980", "2026-11-23T00:00:00Z", "1980-01-01T00:00:00Z"},
        {"0 0 1 1 * 2030", "2026-11-23T00:00:00Z", "never"},
    };
    for (const auto& [expression, before, last] : rows) {
        CAPTURE(expression, before);
        CHECK(text(cron_schedule{expression}.last(at(before))) == last);
    }
}

TEST_CASE("the last time before the next one is the one that came before") {
    for (const char* expression :
         {"*/7 */5 * * *", "0 0 * * 1", "30 6 1,15W * *", "0 0 L feb-jun/2 mon#1", "17 */10 23 13 * 5L *"}) {
        CAPTURE(expression);
        const cron_schedule schedule{expression};
        std::int64_t time = schedule.next(at("2026-11-23T10:11:12Z"));
        for (int i = 0; i < 200; ++i) {
            const std::int64_t next = schedule.next(time);
            REQUIRE(next > time);
            REQUIRE(schedule.next(next - 1) == next);
            REQUIRE(schedule.last(next) == time);
            REQUIRE(schedule.last(next + 1) == next);
            time = next;
        }
    }
}

TEST_CASE("a schedule is asked for times that are far away") {
    const cron_schedule daily{"@daily"};
    using limits = std::numeric_limits<std::int64_t>;
    CHECK(text(daily.next(-1)) == "never"); // the first second of all is zero
    CHECK(text(daily.next(0)) == "1970-01-02T00:00:00Z");
    CHECK(cron_schedule{"1 0 * * *"}.next(limits::min()) == 60);
    CHECK(daily.last(limits::min()) == 0);
    CHECK(daily.next(limits::max()) == 0);
    CHECK(text(daily.last(limits::max())) == "2099-12-31T00:00:00Z");
}

TEST_CASE("what is no cron expression is refused") {
    for (const char* expression : {"",
                                   "* * * *",
                                   ", * * * *",
                                   "60 * * * *",
                                   "* 24 * * *",
                                   "* * 0 * *",
                                   "* * 32 * *",
                                   "* * * 13 *",
                                   "* * * 0 *",
                                   "* * * * 8",
                                   "*/0 * * * *",
                                   "*/60 * * * *",
                                   "?/2 * * * *",
                                   "1- * * * *",
                                   "-1 * * * *",
                                   "1-2-3 * * * *",
                                   "1/2/3 * * * *",
                                   "a * * * *",
                                   "janu * * * *",
                                   "* * * janu *",
                                   "* * W * *",
                                   "* * 40W * *",
                                   "* * l1 * *",
                                   "* * * * L",
                                   "* * * * 5#6",
                                   "* * * * #1",
                                   "* * * * * 1969",
                                   "* * * * * 2100",
                                   "@never",
                                   "@DAILY"}) {
        CAPTURE(expression);
        CHECK_THROWS_AS(cron_schedule{expression}, std::invalid_argument);
    }
}
