#include "sandbox/http/refusal.hpp"
#include "sandbox/state/friends.hpp"

#include <catch2/catch_test_macros.hpp>

using nakama::friend_state;
using nakama::sandbox::account_book;
using nakama::sandbox::friend_book;
using nakama::sandbox::id_source;
using nakama::sandbox::refusal;
using nakama::sandbox::wall_time;
using addition = friend_book::addition;
using removal = friend_book::removal;
using namespace std::chrono_literals;

namespace {

/// Users a to e, whose ids sort by their names, and what is between them.
struct company {
    company() {
        for (char name = 'a'; name <= 'e'; ++name) {
            nakama::account account;
            account.user.id = id(name);
            account.user.username = name;
            users.put(account, "", now);
        }
    }

    static std::string id(char name) { return std::string(8, name) + "-0000-4000-8000-000000000000"; }

    addition add(char one, char other, const std::string& metadata = "{}") {
        return book.add(id(one), id(other), metadata, now += 1s);
    }
    void befriend(char one, char other) { book.put(id(one), id(other), friend_state::friend_, "{}", now); }

    /// What one sees of the other: friend, sent, received, blocked or nothing.
    char sees(char one, char other) {
        const auto* relation = book.find(id(one), id(other));
        return relation ? "fsrb"[static_cast<int>(relation->state)] : '-';
    }
    std::string between(char one, char other) { return {sees(one, other), sees(other, one)}; }
    int count(char name) { return users.find(id(name))->account.user.edge_count; }

    std::string friends_of_friends(char name, std::size_t limit, std::string& cursor) {
        const auto page = book.friends_of_friends(id(name), limit, cursor);
        cursor = page.cursor;
        std::string found;
        for (const auto& one : page.entries) found += {one.referrer[0], one.user_id[0], ' '};
        return found;
    }

    wall_time now{1'700'000'000s};
    id_source ids{1};
    account_book users{ids, now};
    friend_book book{users};
};

} // namespace

TEST_CASE("relations change both sides and are counted") {
    company c;
    CHECK(c.add('a', 'b') == addition::invited);
    CHECK(c.between('a', 'b') == "sr");
    CHECK(c.add('a', 'b') == addition::nothing);
    CHECK(c.add('b', 'a') == addition::accepted);
    CHECK(c.between('a', 'b') == "ff");
    CHECK(c.add('b', 'a') == addition::nothing);
    CHECK(c.count('a') == 1);
    CHECK(c.count('b') == 1);
    CHECK(c.book.remove(c.id('b'), c.id('a'), c.now) == removal::parted);
    CHECK(c.between('a', 'b') == "--");
    CHECK(c.count('a') == 0);
    CHECK(c.count('b') == 0);
    CHECK(c.book.remove(c.id('b'), c.id('a'), c.now) == removal::nothing);
}

TEST_CASE("a block takes the other's side, but not his block") {
    company c;
    c.befriend('a', 'b');
    CHECK(c.book.block(c.id('a'), c.id('b'), c.now));
    CHECK(c.between('a', 'b') == "b-");
    CHECK(c.count('a') == 1);
    CHECK(c.count('b') == 0);
    CHECK(c.add('b', 'a') == addition::nothing);
    CHECK(c.book.remove(c.id('b'), c.id('a'), c.now) == removal::nothing);
    CHECK(c.book.block(c.id('b'), c.id('a'), c.now));
    CHECK(c.between('a', 'b') == "bb");
    CHECK(c.book.remove(c.id('a'), c.id('b'), c.now) == removal::unblocked);
    CHECK(c.between('a', 'b') == "-b");
    CHECK(c.count('a') == 0);
    CHECK(c.count('b') == 1);
    CHECK(!c.book.block(c.id('a'), "somebody else", c.now));
}

TEST_CASE("accepting adds to the metadata of the one who accepts") {
    company c;
    c.add('a', 'b', R"({"from":"a"})");
    c.add('b', 'a', R"({"n":1})");
    CHECK(c.book.find(c.id('a'), c.id('b'))->metadata == R"({"from": "a"})");
    CHECK(c.book.find(c.id('b'), c.id('a'))->metadata == R"({"n": 1})");
    c.add('a', 'c', "[1]");
    CHECK(c.book.find(c.id('a'), c.id('c'))->metadata == "[1]");
    c.add('d', 'a');
    c.add('a', 'd', "2");
    CHECK(c.book.find(c.id('a'), c.id('d'))->metadata == "[{}, 2]");
}

TEST_CASE("friends from elsewhere need no invitation, and blocks outlive a reset") {
    company c;
    const auto import = [&](char other) {
        return c.book.befriend(c.id('a'), c.id(other), R"({"provider":"steam"})", c.now);
    };
    c.add('b', 'a', R"({"n":1})");
    CHECK(import('b'));
    CHECK(c.book.find(c.id('b'), c.id('a'))->metadata == R"({"n": 1, "provider": "steam"})");
    CHECK(import('c'));
    CHECK(c.book.find(c.id('c'), c.id('a'))->metadata == R"({"provider": "steam"})");
    CHECK(!import('c'));
    c.book.block(c.id('d'), c.id('a'), c.now);
    c.book.block(c.id('a'), c.id('e'), c.now);
    CHECK(!import('d'));
    CHECK(!import('e'));
    CHECK(c.count('a') == 3);

    c.book.reset(c.id('a'), c.now);
    CHECK(c.between('a', 'b') + c.between('a', 'c') + c.between('a', 'd') + c.between('a', 'e') ==
          "-----bb-");
    CHECK(c.count('a') == 1);
    CHECK(c.count('b') == 0);
}

TEST_CASE("who is forgotten leaves gaps, and counts as they were") {
    company c;
    c.befriend('a', 'b');
    c.befriend('b', 'c');
    c.book.forget(c.id('b'));
    CHECK(c.between('a', 'b') == "--");
    CHECK(c.between('c', 'b') == "--");
    CHECK(c.count('a') == 1);
}

TEST_CASE("pages of friends of friends after the first stay with one referrer") {
    company c;
    c.befriend('a', 'b');
    c.befriend('a', 'c');
    c.befriend('b', 'd');
    c.befriend('b', 'e');
    c.befriend('c', 'd');
    std::string cursor;
    CHECK(c.friends_of_friends('a', 10, cursor) == "bd be cd ");
    CHECK(cursor.empty());
    CHECK(c.friends_of_friends('a', 1, cursor) == "bd ");
    CHECK(!cursor.empty());
    CHECK(c.friends_of_friends('a', 10, cursor) == "be ");
    CHECK(cursor.empty());
    cursor = "AAAA";
    CHECK_THROWS_AS(c.friends_of_friends('a', 1, cursor), refusal);
}
