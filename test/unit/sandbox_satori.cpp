#include "sandbox/http/refusal.hpp"
#include "sandbox/satori/state/inbox.hpp"
#include "sandbox/satori/state/schedule.hpp"
#include "sandbox/satori/state/targeting.hpp"

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <string>
#include <vector>

using namespace nakama::sandbox;
using namespace nakama::sandbox::liveops;
using namespace std::chrono_literals;
using status = satori::live_event_status;

namespace {

using runs = std::vector<run>;

std::vector<std::string> ids_of(const satori::get_message_list_response& page) {
    std::vector<std::string> ids;
    for (const auto& message : page.messages) ids.push_back(message.id);
    return ids;
}

using texts = std::vector<std::string>;

/// a to e, due at 10, 20, 20, 30, 40.
inbox five_messages() {
    inbox messages;
    for (const auto& [id, time] : {std::pair{"d", 30}, {"a", 10}, {"b", 20}, {"c", 20}, {"e", 40}})
        messages.put({.id = id, .send_time = time});
    return messages;
}

constexpr wall_time late{1000s};

} // namespace

TEST_CASE("a live event without an interval runs once") {
    const schedule once{.start = 100, .duration = 50};
    CHECK_FALSE(once.running(99));
    CHECK(once.upcoming(99) == run{100, 150, status::upcoming});
    CHECK(once.running(100) == run{100, 150, status::active});
    CHECK(once.running(149));
    CHECK_FALSE(once.running(150));
    CHECK_FALSE(once.upcoming(150));
    CHECK(once.past(150, 9, {}) == runs{{100, 150, status::terminated}});
    CHECK(once.past(149, 9, {}).empty());
    CHECK(once.future(150, 9, {}).empty());
}

TEST_CASE("a live event without an end and a duration never ends") {
    const schedule for_ever{.start = 1};
    CHECK(for_ever.running(9'000'000'000) == run{1, 0, status::active});
    CHECK(for_ever.past(9'000'000'000, 9, {}).empty());
}

TEST_CASE("runs follow each other at their interval until the end, which cuts the last one short") {
    const schedule repeated{.start = 100, .end = 325, .duration = 30, .every = 100};
    CHECK(repeated.running(229) == run{200, 230, status::active});
    CHECK_FALSE(repeated.running(250));
    CHECK(repeated.upcoming(250) == run{300, 325, status::upcoming});
    CHECK_FALSE(repeated.upcoming(300));
    CHECK(repeated.past(400, 2, {}) == runs{{300, 325, status::terminated}, {200, 230, status::terminated}});
    CHECK(repeated.past(225, 9, {}) == runs{{100, 130, status::terminated}});
    CHECK(repeated.future(0, 2, {}) == runs{{100, 130, status::upcoming}, {200, 230, status::upcoming}});
    CHECK(repeated.future(150, 9, {}).size() == 2);
}

TEST_CASE("runs without a duration last until the next one") {
    const schedule repeated{.start = 100, .every = 100};
    for (const std::int64_t now : {100, 199, 200, 7654})
        CHECK(repeated.running(now) == run{now / 100 * 100, now / 100 * 100 + 100, status::active});
}

TEST_CASE("a window leaves out runs that do not touch it, however far away it is") {
    const schedule repeated{.start = 0, .duration = 10, .every = 100};
    CHECK(repeated.past(1'000'000'050, 9, window{150, 305}) ==
          runs{{300, 310, status::terminated}, {200, 210, status::terminated}});
    CHECK(repeated.past(1'000'000'050, 1, window{150, 305}).size() == 1);
    CHECK(repeated.past(50, 9, window{20, 30}).empty());
    CHECK(repeated.future(50, 9, window{1'000'000'005, 1'000'000'100}) ==
          runs{{1'000'000'000, 1'000'000'010, status::upcoming},
               {1'000'000'100, 1'000'000'110, status::upcoming}});
    CHECK(repeated.future(50, 9, window{0, 99}).empty());
}

TEST_CASE("the runs around any moment are the same ones") {
    for (const schedule& one : {schedule{.start = 7, .duration = 5, .every = 9},
                                schedule{.start = 7, .end = 60, .duration = 5, .every = 9},
                                schedule{.start = 7, .end = 58, .every = 9}}) {
        const runs all = one.future(-1, 100, window{0, 200});
        for (std::int64_t now = 0; now < 150; ++now) {
            runs around = one.past(now, 100, window{0, 200});
            std::ranges::reverse(around);
            if (const auto present = one.running(now)) around.push_back(*present);
            for (const run& next : one.future(now, 100, window{0, 200})) around.push_back(next);
            REQUIRE(around.size() == all.size());
            for (std::size_t i = 0; i < all.size(); ++i) {
                CHECK(around[i].begin == all[i].begin);
                CHECK(around[i].end == all[i].end);
            }
        }
    }
}

TEST_CASE("messages are listed page by page, in both directions") {
    const inbox messages = five_messages();
    for (const bool forward : {true, false}) {
        const texts order = forward ? texts{"a", "b", "c", "d", "e"} : texts{"e", "d", "c", "b", "a"};
        for (std::size_t limit = 1; limit <= 6; ++limit) {
            texts read;
            texts begins;
            std::string cursor;
            do {
                const auto page = messages.list({.limit = limit, .forward = forward, .cursor = cursor}, late);
                const texts ids = ids_of(page);
                REQUIRE_FALSE(ids.empty());
                if (!read.empty()) {
                    REQUIRE_FALSE(page.prev_cursor.empty());
                    const auto before = messages.list({.limit = limit, .cursor = page.prev_cursor}, late);
                    CHECK(ids_of(before).front() == begins.back());
                    CHECK(ids_of(before).size() == limit);
                } else {
                    CHECK(page.prev_cursor.empty());
                }
                begins.push_back(ids.front());
                read.insert(read.end(), ids.begin(), ids.end());
                cursor = page.next_cursor;
            } while (!cursor.empty());
            CHECK(read == order);
        }
    }
}

TEST_CASE("a cacheable cursor tells later what is newer, and nothing twice") {
    inbox messages = five_messages();
    for (const bool forward : {true, false}) {
        auto page = messages.list({.limit = 2, .forward = forward}, late);
        while (!page.next_cursor.empty())
            page = messages.list({.limit = 2, .cursor = page.next_cursor}, late);
        const std::string cacheable = page.cacheable_cursor;
        page = messages.list({.cursor = cacheable}, late);
        CHECK(page.messages.empty());
        CHECK(page.next_cursor.empty());
        CHECK(page.cacheable_cursor == cacheable);
        const std::string id = forward ? "f" : "g";
        messages.put({.id = id, .send_time = 50});
        CHECK(ids_of(messages.list({.cursor = cacheable}, late)) == texts{id});
    }
    CHECK(inbox{}.list({}, late) == satori::get_message_list_response{});
}

TEST_CASE("a page is found again though the message it begins after is deleted") {
    inbox messages = five_messages();
    const auto page = messages.list({.limit = 2, .forward = true}, late);
    CHECK(messages.remove("b", late));
    CHECK_FALSE(messages.remove("b", late));
    CHECK(ids_of(messages.list({.cursor = page.next_cursor}, late)) == texts{"c", "d", "e"});
}

TEST_CASE("messages that are not due are not there") {
    inbox messages = five_messages();
    CHECK(ids_of(messages.list({}, wall_time{20s})) == texts{"c", "b", "a"});
    CHECK_FALSE(messages.update("d", 1, 0, wall_time{29s}));
    CHECK(messages.update("d", 1, 0, wall_time{30s}));
    CHECK(messages.all().size() == 5);
    CHECK_FALSE(messages.put({.id = "a"}));
}

TEST_CASE("what is no cursor is refused") {
    const inbox messages = five_messages();
    for (const std::string cursor : {"nope", "MTAgMCBm", "MTAgMCBmcHA", "IA", "!"})
        CHECK_THROWS_AS(messages.list({.cursor = cursor}, late), refusal);
}

TEST_CASE("an experiment's variants share those whom no audience takes, evenly and for good") {
    const experiment shared{
        .name = "shop",
        .variants = {{.name = "tester", .who = [](const identity& who) { return who.id == "tester-1"; }},
                     {.name = "two"},
                     {.name = "three"}}};
    CHECK(variant_of(shared, {.id = "tester-1"}, late)->name == "tester");
    std::map<std::string, int> counts;
    for (int i = 0; i < 1000; ++i) {
        const identity who{.id = "player-" + std::to_string(i)};
        const auto* variant = variant_of(shared, who, late);
        CHECK(variant_of(shared, who, late + 24h) == variant);
        ++counts[variant->name];
    }
    CHECK(counts["two"] > 400);
    CHECK(counts["three"] > 400);
    CHECK(counts.size() == 2);
}
