#include "sandbox/http/refusal.hpp"
#include "sandbox/state/group_listing.hpp"
#include "sandbox/state/groups.hpp"

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <string>
#include <vector>

using namespace nakama::sandbox;
using nakama::group_user_state;
using users = std::vector<std::string>;

namespace {

constexpr wall_time now{std::chrono::seconds{1795396900}};

/// A group of ada, with bob as its admin, and cyd and dan as members.
struct club {
    id_source ids{1};
    group_book book{ids};
    std::string id = make("club", "ada", true);

    club() {
        book.put(id, "bob", group_user_state::admin, now);
        book.put(id, "cyd", group_user_state::member, now);
        book.put(id, "dan", group_user_state::member, now);
    }

    std::string make(const std::string& name, const std::string& creator, bool open,
                     const std::string& lang = "en") {
        return book
            .create({.creator_id = creator, .name = name, .lang_tag = lang, .open = open, .max_count = 9},
                    now)
            .id;
    }

    int count() const { return book.find(id)->group.edge_count; }
    std::optional<group_user_state> state(const std::string& user) const { return book.state_of(id, user); }
    users add(const std::string& caller, const users& whom) {
        return book.add(id, caller, whom, [](const std::string& user) { return user != "nobody"; }, now);
    }
};

std::string refusal_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const refusal& refused) {
        return refused.what();
    }
    return {};
}

std::vector<std::string> names(const group_book& book, const group_filter& filter, std::size_t limit,
                               std::size_t pages) {
    std::vector<std::string> result;
    std::string cursor;
    for (std::size_t i = 0; i < pages; ++i) {
        const auto page = list_groups(book, filter, limit, cursor);
        for (const auto& group : page.groups) result.push_back(group.name);
        cursor = page.cursor;
        if (cursor.empty()) break;
    }
    return result;
}

} // namespace

TEST_CASE("an admin throws out members, a superadmin everybody") {
    club club;
    CHECK(club.book.kick(club.id, "bob", {"ada", "cyd", "bob", "eve"}, now) == users{"cyd"});
    CHECK(club.count() == 3);
    CHECK(refusal_of([&] { club.book.kick(club.id, "dan", {"bob"}, now); }) ==
          "Group not found or permission denied.");
    CHECK(club.book.kick(club.id, "ada", {"bob", "dan"}, now) == users{"bob", "dan"});
    CHECK(club.count() == 1);
}

TEST_CASE("of those banned in one go the first one stays banned") {
    club club;
    CHECK(club.book.ban(club.id, "ada", {"cyd", "dan"}, now) == users{"cyd", "dan"});
    CHECK(club.state("cyd") == banned);
    CHECK_FALSE(club.state("dan"));
    CHECK(club.count() == 2);
    CHECK(club.book.join(club.id, "cyd", now) == group_book::entrance::nothing);
    CHECK(club.add("ada", {"cyd"}).empty());
    CHECK(club.book.leave(club.id, "cyd", now) == group_book::departure::nothing);
    CHECK(club.book.groups_of("cyd", 10, {}, "").entries.empty());
    // A kick forgives, without a word.
    CHECK(club.book.kick(club.id, "ada", {"cyd"}, now).empty());
    CHECK(club.book.join(club.id, "cyd", now) == group_book::entrance::joined);
}

TEST_CASE("nobody rises above those who raise him") {
    club club;
    CHECK(club.book.promote(club.id, "bob", {"bob", "ada", "cyd", "cyd"}) == users{"cyd"});
    CHECK(club.state("cyd") == group_user_state::admin);
    CHECK(club.book.promote(club.id, "ada", {"cyd", "dan"}) == users{"cyd", "dan"});
    CHECK(club.state("cyd") == group_user_state::superadmin);
    CHECK(club.book.demote(club.id, "bob", {"cyd", "dan"}) == users{"dan"});
    CHECK(club.book.demote(club.id, "ada", {"cyd", "ada", "dan"}) == users{"cyd"});
}

TEST_CASE("all are added or nobody is") {
    club club;
    CHECK(refusal_of([&] { club.add("ada", {"eve", "nobody"}); }) == "One or more users not found.");
    CHECK_FALSE(club.state("eve"));
    CHECK(refusal_of([&] { club.add("ada", {"1", "2", "3", "4", "5", "6"}); }) == "Group is full.");
    CHECK(club.count() == 4);
    CHECK(club.add("ada", {"eve", "ada", "cyd"}) == users{"eve"});
    CHECK(club.count() == 5);
}

TEST_CASE("who asks to join does not count") {
    club club;
    club.book.update(club.id, "bob", {.open = false}, now);
    CHECK(club.book.join(club.id, "eve", now) == group_book::entrance::asked);
    CHECK(club.book.join(club.id, "eve", now) == group_book::entrance::nothing);
    CHECK(club.count() == 4);
    CHECK(club.book.promote(club.id, "ada", {"eve"}).empty());
    CHECK(club.book.leave(club.id, "eve", now) == group_book::departure::left);
    CHECK(club.count() == 4);
}

TEST_CASE("a group goes with its last superadmin's account") {
    club club;
    club.book.forget("cyd", now);
    CHECK(club.count() == 3);
    SECTION("if there is no other one") {
        club.book.forget("ada", now);
        CHECK_FALSE(club.book.find(club.id));
        CHECK(club.make("club", "bob", true) != club.id);
    }
    SECTION("and stays with another one") {
        club.book.promote(club.id, "ada", {"bob"});
        club.book.forget("ada", now);
        REQUIRE(club.book.find(club.id));
        CHECK_FALSE(club.state("ada"));
    }
}

TEST_CASE("relations are listed by state, then by age, whatever the page") {
    club club;
    const users expected{"ada", "bob", "cyd", "dan"};
    for (std::size_t limit = 1; limit <= 5; ++limit) {
        users seen;
        std::string cursor;
        do {
            const auto page = club.book.users_of(club.id, limit, {}, cursor);
            for (const auto& one : page.entries) seen.push_back(one.id);
            cursor = page.cursor;
        } while (!cursor.empty());
        CHECK(seen == expected);
    }
    const std::string cursor = club.book.users_of(club.id, 2, {}, "").cursor;
    CHECK(refusal_of([&] { (void)club.book.users_of(club.id, 2, 1, cursor); }) == "Cursor is invalid.");
    CHECK(refusal_of([&] { (void)club.book.users_of(club.id, 2, {}, "AAAA"); }) == "Cursor is invalid.");
}

TEST_CASE("each combination of filters has its order") {
    id_source ids{1};
    group_book book{ids};
    const auto make = [&](const std::string& name, bool open, const std::string& lang, int members) {
        const std::string id =
            book.create({.creator_id = "ada", .name = name, .lang_tag = lang, .open = open, .max_count = 9},
                        now)
                .id;
        for (int i = 1; i < members; ++i)
            book.put(id, "user " + std::to_string(i), group_user_state::member, now);
    };
    make("d", true, "en", 3);
    make("c", true, "de", 1);
    make("b", false, "en", 2);
    make("a", true, "en", 1);
    using list = std::vector<std::string>;
    for (std::size_t limit = 1; limit <= 4; ++limit) {
        CAPTURE(limit);
        CHECK(names(book, {}, limit, 9) == list{"d", "c", "b", "a"});
        CHECK(names(book, {.open = true}, limit, 9) == list{"d", "c", "a"});
        CHECK(names(book, {.lang_tag = "en"}, limit, 9) == list{"a", "b", "d"});
        CHECK(names(book, {.members = 2}, limit, 9) == list{"b", "a", "c"});
        CHECK(names(book, {.lang_tag = "en", .members = 3}, limit, 9) == list{"d", "b", "a"});
        CHECK(names(book, {.open = true, .members = 3}, limit, 9) == list{"d", "a", "c"});
        CHECK(names(book, {.lang_tag = "en", .open = true, .members = 2}, limit, 9) == list{"a"});
        CHECK(names(book, {.name = "%"}, limit, 9) == list{"d", "c", "b", "a"}); // as none
        CHECK(names(book, {.name = "_"}, limit, 9) == list{"a", "b", "c", "d"});
    }
    CHECK(names(book, {.lang_tag = "en", .open = true}, 4, 9) == list{"d", "a"});
    // The real server's cursor leads back here.
    CHECK(names(book, {.lang_tag = "en", .open = true}, 1, 3) == list{"d"});
    CHECK(refusal_of([&] { (void)list_groups(book, {}, 1, "AAAA"); }) ==
          "Error while trying to list groups.");
    CHECK(refusal_of([&] { (void)list_groups(book, {.name = "a\\"}, 1, ""); }) ==
          "Error while trying to list groups.");
}

TEST_CASE("a name is like a pattern or not") {
    CHECK(is_like("Corpus open", "corpus%") == true);
    CHECK(is_like("corpus open", "%OPEN") == true);
    CHECK(is_like("corpus open", "c%p%n") == true);
    CHECK(is_like("corpus open", "c%x") == false);
    CHECK(is_like("corpus", "corpu") == false);
    CHECK(is_like("corpu", "corpus") == false);
    CHECK(is_like("", "%") == true);
    CHECK(is_like("", "_") == false);
    CHECK(is_like("Zoë", "zo_") == true);
    CHECK(is_like("Zoë", "zo__") == false);
    CHECK(is_like("ëë!", "%_!") == true);
    CHECK(is_like("100%", "100\\%") == true);
    CHECK(is_like("1000", "100\\%") == false);
    CHECK_FALSE(is_like("abc", "abc\\"));
}
