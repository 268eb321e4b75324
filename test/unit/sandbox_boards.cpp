#include "sandbox/state/boards.hpp"
#include "wire/rfc3339.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

using namespace nakama::sandbox;
using namespace std::chrono_literals;
using by = nakama::leaderboard_operator;

namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr auto up = score_order::lowest_first, down = score_order::highest_first;

wall_time at(const std::string& time) {
    return std::chrono::time_point_cast<wall_time::duration>(nakama::wire::parse_rfc3339(time).value());
}

std::string text(std::int64_t seconds) {
    if (seconds == 0) return "never";
    std::string result;
    nakama::wire::append_rfc3339(result, nakama::timestamp{std::chrono::seconds{seconds}});
    return result;
}

/// What goes wrong, or nothing.
template <class Act>
std::optional<board_error> error_of(const Act& act) {
    try {
        act();
    } catch (const board_refusal& refused) {
        return refused.error();
    }
    return {};
}

standings five_by_score() {
    standings records{down};
    for (int score = 1; score <= 5; ++score)
        records.put({.owner_id = std::string(1, static_cast<char>('a' + score)), .score = score});
    return records;
}

std::string scores(const std::vector<nakama::leaderboard_record>& records) {
    std::string result;
    for (const auto& one : records)
        result += std::to_string(one.score) + '#' + std::to_string(one.rank) + ' ';
    return result;
}

} // namespace

TEST_CASE("operators combine a score with the one on record") {
    CHECK(combined(by::best, down, {5, 5}, {7, 3}) == points{7, 5});
    CHECK(combined(by::best, up, {5, 5}, {7, 3}) == points{5, 3});
    CHECK(combined(by::set, down, {5, 5}, {7, 3}) == points{7, 3});
    CHECK(combined(by::increment, down, {5, 5}, {7, -3}) == points{12, 2});
    CHECK(combined(by::decrement, down, {5, 5}, {7, -3}) == points{0, 8});
}

TEST_CASE("a score that cannot be kept is none: below zero, or beyond 64 bits") {
    CHECK(first_points(by::set, {most, most}) == points{most, most});
    CHECK(!first_points(by::set, {-1, 0}));
    CHECK(!first_points(by::increment, {0, -1}));
    CHECK(first_points(by::decrement, {-7, 7}) == points{});
    CHECK(!combined(by::best, up, {5, 0}, {-1, 0}));
    CHECK(combined(by::best, down, {5, 0}, {-1, 0}) == points{5, 0});
    CHECK(!combined(by::increment, down, {5, 0}, {-6, 0}));
    CHECK(combined(by::increment, down, {1, 0}, {most - 1, 0}) == points{most, 0});
    CHECK(!combined(by::increment, down, {2, 0}, {most - 1, 0}));
    CHECK(combined(by::decrement, down, {1, 0}, {1 - most, 0}) == points{most, 0});
    CHECK(!combined(by::decrement, down, {1, 0}, {-most, 0}));
    CHECK(!combined(by::decrement, down, {0, 0}, {std::numeric_limits<std::int64_t>::min(), 0}));
}

TEST_CASE("only some scores count") {
    CHECK(counts(by::best, down, {5, 5}, {4, 6}));
    CHECK(!counts(by::best, down, {5, 5}, {5, 4}));
    CHECK(counts(by::best, up, {5, 5}, {6, 4}));
    CHECK(!counts(by::best, up, {5, 5}, {6, 5}));
    CHECK(!counts(by::set, down, {5, 5}, {5, 5}));
    CHECK(counts(by::set, down, {5, 5}, {5, 4}));
    CHECK(!counts(by::increment, down, {5, 5}, {0, 0}));
    CHECK(counts(by::decrement, down, {0, 0}, {0, 1}));
}

TEST_CASE("records are ranked by score, subscore and owner") {
    const auto order = GENERATE(up, down);
    standings records{order};
    records.put({.owner_id = "b", .score = 2, .subscore = 1});
    records.put({.owner_id = "a", .score = 2, .subscore = 1});
    records.put({.owner_id = "c", .score = 2});
    records.put({.owner_id = "d", .score = 1, .subscore = 9});
    records.put({.owner_id = "d", .score = 3});
    std::string owners;
    for (const auto& one : records.list(10, {}).records) owners += one.owner_id;
    CHECK(owners == (order == up ? "cabd" : "dbac"));
    CHECK(records.rank("c") == (order == up ? 1 : 4));
    CHECK(records.rank("x") == 0);
    CHECK(records.erase("d"));
    CHECK(!records.erase("d"));
    CHECK(records.size() == 3);
    CHECK(records.rank("b") == (order == up ? 3 : 1));
}

TEST_CASE("pages lead on and back") {
    const standings records = five_by_score();
    const auto first = records.list(2, {});
    CHECK(scores(first.records) == "5#1 4#2 ");
    CHECK(!first.previous);
    const auto second = records.list(2, first.next);
    CHECK(scores(second.records) == "3#3 2#4 ");
    const auto third = records.list(2, second.next);
    CHECK(scores(third.records) == "1#5 ");
    CHECK(!third.next);
    const auto back = records.list(2, third.previous);
    CHECK(scores(back.records) == "3#3 2#4 ");
    CHECK(back.next == second.next);
    const auto start = records.list(2, back.previous);
    CHECK(scores(start.records) == "5#1 4#2 ");
    CHECK(!start.previous);
    CHECK(start.next == first.next);
    CHECK(records.list(2, third.next).records == first.records);
}

TEST_CASE("a page goes on where it was, whatever has happened to the record there") {
    standings records = five_by_score();
    const auto first = records.list(2, {});
    records.erase(first.records.back().owner_id);
    records.put({.owner_id = "z", .score = 9});
    CHECK(scores(records.list(2, first.next).records) == "3#3 2#4 ");
}

TEST_CASE("a page around an owner has him in the middle if it can") {
    const standings records = five_by_score();
    struct row {
        const char* owner;
        std::size_t limit;
        const char* page;
        bool previous;
        bool next;
    };
    for (const auto& [owner, limit, page, previous, next] : std::vector<row>{
             {"d", 1, "3#3 ", true, true},
             {"d", 3, "4#2 3#3 2#4 ", true, true},
             {"d", 5, "5#1 4#2 3#3 2#4 1#5 ", false, false},
             {"f", 2, "5#1 4#2 ", false, true},
             {"b", 3, "3#3 2#4 1#5 ", true, false},
             {"b", 9, "5#1 4#2 3#3 2#4 1#5 ", false, false},
             // The last one is cut off without a word, as a real server does.
             {"f", 4, "5#1 4#2 3#3 2#4 ", false, false},
         }) {
        CAPTURE(owner, limit);
        const auto around = records.around(owner, limit, true);
        CHECK(scores(around.records) == page);
        CHECK(around.previous.has_value() == previous);
        CHECK(around.next.has_value() == next);
    }
    CHECK(scores(records.around("d", 1, false).records) == "3#0 ");
}

TEST_CASE("a tournament's periods follow its schedule") {
    const auto period_of = [](const std::string& starts, const std::string& ends, std::int64_t duration,
                              const char* schedule, const std::string& now) {
        const board one{{.id = "t",
                         .reset_schedule = schedule,
                         .start_time = unix_seconds(at(starts)),
                         .end_time = ends.empty() ? 0 : unix_seconds(at(ends)),
                         .duration = duration},
                        at("2026-11-01T00:00:00Z")};
        const active_period period = one.period(at(now));
        return text(period.start) + ' ' + text(period.end) + ' ' + text(period.expiry);
    };
    const std::string afternoon = "2026-11-23T15:00:00Z";
    CHECK(period_of(afternoon, "", 60, "", "2026-11-25T00:00:00Z") ==
          "2026-11-23T15:00:00Z 2026-11-23T15:01:00Z never");
    CHECK(period_of(afternoon, "2026-11-23T15:00:30Z", 60, "", "2026-11-23T00:00:00Z") ==
          "2026-11-23T15:00:00Z 2026-11-23T15:00:30Z 2026-11-23T15:00:30Z");
    // It starts after the hour that begins at noon, so it waits for the next noon.
    for (const char* now : {"2026-11-23T14:00:00Z", "2026-11-23T16:00:00Z", "2026-11-24T12:00:00Z",
                            "2026-11-24T13:00:00Z", "2026-11-25T11:59:59Z"})
        CHECK(period_of(afternoon, "", 3600, "0 12 * * *", now) ==
              "2026-11-24T12:00:00Z 2026-11-24T13:00:00Z 2026-11-25T12:00:00Z");
    CHECK(period_of(afternoon, "", 3600, "0 12 * * *", "2026-11-25T12:00:00.5Z") ==
          "2026-11-25T12:00:00Z 2026-11-25T13:00:00Z 2026-11-26T12:00:00Z");
    // It starts within a period, whose rest it takes.
    CHECK(period_of(afternoon, "", 86400, "0 0 * * *", "2026-11-23T15:00:00Z") ==
          "2026-11-23T15:00:00Z 2026-11-24T00:00:00Z 2026-11-24T00:00:00Z");
    CHECK(period_of(afternoon, "2026-11-24T06:00:00Z", 86400, "0 0 * * *", "2026-11-24T01:00:00Z") ==
          "2026-11-24T00:00:00Z 2026-11-24T06:00:00Z 2026-11-24T06:00:00Z");
}

TEST_CASE("a tournament counts who takes part, anew after each reset") {
    board one{{.id = "t", .reset_schedule = "@daily", .duration = 3600, .max_size = 1, .join_required = true},
              at("2026-11-23T00:00:00Z")};
    one.join("a", "ada", at("2026-11-23T00:10:00Z"));
    one.join("a", "ada", at("2026-11-23T00:10:00Z"));
    CHECK(one.as_tournament(at("2026-11-23T00:10:00Z")).size == 1);
    CHECK(!one.as_tournament(at("2026-11-23T00:10:00Z")).can_enter);
    CHECK(error_of([&] { one.join("b", "bob", at("2026-11-23T00:10:00Z")); }) == board_error::full);
    one.erase("a", author::player, at("2026-11-23T00:20:00Z"));
    one.join("b", "bob", at("2026-11-23T00:30:00Z"));
    CHECK(error_of([&] { one.join("a", "ada", at("2026-11-23T01:00:00Z")); }) ==
          board_error::outside_duration);
    CHECK(one.as_tournament(at("2026-11-24T00:00:00Z")).size == 0);
    one.join("a", "ada", at("2026-11-24T00:00:00Z"));
    CHECK(one.list({.limit = 5}, at("2026-11-24T00:00:00Z")).records.size() == 1);
}

TEST_CASE("attempts are used up, until the server adds some") {
    const auto now = at("2026-11-23T00:00:00Z");
    const bool join_required = GENERATE(true, false);
    board one{{.id = "t",
               .operator_ = by::increment,
               .duration = 60,
               .max_num_score = 1,
               .join_required = join_required},
              now};
    const submission score{.owner_id = "a", .given = {5, 0}};
    if (join_required) {
        CHECK(error_of([&] { one.compete(score, author::player, now); }) == board_error::join_required);
        one.join("a", "ada", now);
    }
    CHECK(one.compete(score, author::player, now).score == 5);
    // Where joining is required a real server answers with the record as it is.
    const auto refused = error_of([&] { CHECK(one.compete(score, author::player, now).score == 5); });
    CHECK(refused == (join_required ? std::nullopt : std::optional{board_error::attempts_used}));
    one.add_attempts("a", 1, now);
    const auto record = one.compete(score, author::player, now);
    CHECK(record.score == 10);
    CHECK(record.num_score == 2);
    CHECK(record.max_num_score == 2);
}

TEST_CASE("without ranks only the records of a page are numbered") {
    const auto now = at("2026-11-23T00:00:00Z");
    board one{{.id = "l", .enable_ranks = false}, now};
    CHECK(one.write({.owner_id = "a", .given = {1, 0}}, author::player, now).rank == 0);
    CHECK(one.write({.owner_id = "b", .given = {2, 0}}, author::player, now).rank == 0);
    const auto list = one.list({.limit = 5, .owner_ids = {"a", "b", "a"}}, now);
    CHECK(scores(list.records) == "2#1 1#2 ");
    CHECK(scores(list.owner_records) == "2#0 1#0 ");
    CHECK(list.rank_count == 0);
}

TEST_CASE("a reset gives a fresh board, and the old records stay to be asked for") {
    board one{{.id = "l", .reset_schedule = "@weekly"}, at("2026-11-23T00:00:00Z")};
    one.write({.owner_id = "a", .given = {1, 0}}, author::player, at("2026-11-28T23:59:59Z"));
    const auto sunday = at("2026-11-29T00:00:00Z");
    CHECK(one.list({.limit = 5}, sunday).records.empty());
    const auto old = one.list({.limit = 5, .owner_ids = {"a"}, .expiry = unix_seconds(sunday)}, sunday);
    CHECK(scores(old.records) == "1#1 ");
    CHECK(scores(old.owner_records) == "1#0 "); // ranks are not kept beyond a period
    CHECK(old.rank_count == 0);
    const auto again = one.write({.owner_id = "a", .given = {0, 0}}, author::player, sunday);
    CHECK(again.num_score == 1);
    CHECK(text(std::chrono::floor<std::chrono::seconds>(again.expiry_time).time_since_epoch().count()) ==
          "2026-12-06T00:00:00Z");
    one.forget("a");
    CHECK(one.list({.limit = 5, .expiry = unix_seconds(sunday)}, sunday).records.empty());
    CHECK(one.list({.limit = 5}, sunday).rank_count == 0);
}

TEST_CASE("a cursor is good for its board and period alone") {
    const auto now = at("2026-11-23T00:00:00Z"), later = at("2026-11-24T00:00:00Z");
    board one{{.id = "a board", .reset_schedule = "@daily"}, now}, other{{.id = "a"}, now};
    for (const char* owner : {"a", "b", "c"}) {
        one.write({.owner_id = owner}, author::player, now);
        other.write({.owner_id = owner}, author::player, now);
    }
    const std::string cursor = one.list({.limit = 1}, now).next_cursor;
    CHECK(one.list({.limit = 1, .cursor = cursor}, now).records[0].owner_id == "b");
    CHECK(one.around("b", {.limit = 1, .cursor = cursor}, now).records[0].owner_id == "b");
    for (const std::string& bad : {cursor, std::string{"???"}, std::string{"YWJj"}}) {
        CHECK(error_of([&] { (void)one.list({.limit = 1, .cursor = bad}, later); }) ==
              board_error::bad_cursor);
        CHECK(error_of([&] { (void)other.list({.limit = 1, .cursor = bad}, now); }) ==
              board_error::bad_cursor);
    }
}

TEST_CASE("boards that cannot be are refused, and those that are stay as they are") {
    const auto now = at("2026-11-23T00:00:00Z");
    board_book boards;
    for (const board_settings& bad : std::vector<board_settings>{
             {.id = ""},
             {.id = std::string(129, 'x')},
             {.id = "l", .operator_ = by::no_override},
             {.id = "l", .reset_schedule = "monday"},
             {.id = "l", .reset_schedule = "0 0 30 2 *"},
             {.id = "t", .category = 128, .duration = 1},
             {.id = "t", .start_time = 2, .end_time = 1, .duration = 1},
             {.id = "t", .reset_schedule = "@daily", .end_time = unix_seconds(now) + 86400, .duration = 1},
             {.id = "t", .title = std::string(256, 'x'), .duration = 1},
             {.id = "t", .duration = 1, .max_size = -1},
         })
        CHECK_THROWS_AS(boards.create(bad, now), std::invalid_argument);
    CHECK(boards.create({.id = "l", .authoritative = true}, now));
    CHECK(!boards.create({.id = "l"}, now));
    CHECK(boards.leaderboard("l").settings().authoritative);
    CHECK_THROWS_AS(boards.create({.id = "l", .duration = 1}, now), std::invalid_argument);
    CHECK(error_of([&] { (void)boards.tournament("l"); }) == board_error::not_found);
    CHECK(boards.remove("l"));
    CHECK(!boards.remove("l"));
    CHECK(!boards.find("l"));
}

TEST_CASE("tournaments are listed by start, latest end, category and id") {
    const auto now = at("2026-11-23T00:00:00Z");
    const std::int64_t time = unix_seconds(now);
    board_book boards;
    boards.create({.id = "late", .start_time = time + 9, .duration = 5}, now);
    boards.create({.id = "b", .duration = 5}, now);
    boards.create({.id = "a", .category = 1, .duration = 5}, now);
    boards.create({.id = "short", .end_time = time + 10, .duration = 5}, now);
    boards.create({.id = "long", .end_time = time + 20, .duration = 5}, now);
    boards.create({.id = "none of them"}, now);
    const auto ids = [&](const tournament_query& query, wall_time when) {
        std::string result;
        const auto page = boards.tournaments(query, when);
        for (const board* one : page.boards) result += one->settings().id + ' ';
        return result + (page.more ? "..." : "");
    };
    CHECK(ids({}, now) == "long short b a late ");
    CHECK(ids({}, now + 11s) == "long b a late ");
    CHECK(ids({.limit = 2}, now) == "long short ...");
    CHECK(ids({.limit = 3, .after = "short"}, now) == "b a late ");
    CHECK(ids({.after = "unknown"}, now).empty());
    CHECK(ids({.category_start = 1}, now) == "a ");
    CHECK(ids({.category_end = 0, .end_time = 0}, now) == "b late ");
    CHECK(ids({.end_time = time + 10}, now + 1h) == "short ");
    CHECK(ids({.start_time = time + 1}, now) == "late ");
}
