#include "realtime/roster.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace nakama;
using nakama::realtime::roster;

namespace {

user_presence presence(std::string session, std::string status = {}) {
    return {.user_id = "user-" + session, .session_id = std::move(session), .status = std::move(status)};
}

std::string names(const roster& list) {
    std::string result;
    for (const auto& each : list.members()) result += each.session_id;
    return result;
}

} // namespace

TEST_CASE("a snapshot and later changes") {
    roster list;
    list.expect();
    list.settle({presence("a"), presence("b")}, presence("c"));
    CHECK(names(list) == "abc");
    list.change({presence("d")}, {presence("a")});
    CHECK(names(list) == "bcd");
    CHECK(list.size() == 3);
}

TEST_CASE("changes that come before their snapshot count after it") {
    roster list;
    list.expect();
    list.change({presence("c"), presence("d")}, {});
    list.change({}, {presence("b")}); // who was there when the snapshot was made
    CHECK(list.size() == 0);
    list.settle({presence("a"), presence("b")}, presence("c"));
    CHECK(names(list) == "acd");
}

TEST_CASE("whoever is told of twice is there once, with what was told last") {
    roster list;
    list.settle({presence("a", "old")}, presence("a", "old"));
    list.change({presence("a", "new")}, {});
    REQUIRE(list.size() == 1);
    CHECK(list.members()[0].status == "new");
    // A change of status has both.
    list.change({presence("a", "newer")}, {presence("a", "new")});
    REQUIRE(list.size() == 1);
    CHECK(list.members()[0].status == "newer");
}

TEST_CASE("another snapshot takes the place of all before") {
    roster list;
    list.settle({presence("a")}, presence("b"));
    list.expect();
    list.change({presence("x")}, {});
    CHECK(names(list) == "ab"); // as last known
    list.settle({}, presence("c"));
    CHECK(names(list) == "cx");
}

TEST_CASE("who is hidden is not in the list") {
    roster list;
    list.settle({presence("a")}, {});
    CHECK(names(list) == "a");
}
