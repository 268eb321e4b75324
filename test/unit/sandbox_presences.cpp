#include "sandbox/state/presences.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace nakama::sandbox;

namespace {

member session(const char* id) {
    return {.presence = {.user_id = "ada", .session_id = id, .username = "ada"}};
}

const place hall{place_kind::channel, "hall"}, duel{place_kind::match, "duel"};

} // namespace

TEST_CASE("where a session is follows what it enters and leaves") {
    presences present;
    CHECK(present.places_of("one").empty());
    CHECK(present.enter(duel, session("one")));
    CHECK(present.enter(hall, session("one")));
    CHECK_FALSE(present.enter(hall, session("one")));
    CHECK(present.enter(hall, session("two")));
    CHECK(present.places_of("one") == std::vector{hall, duel});

    CHECK(present.leave(duel, "one"));
    CHECK_FALSE(present.leave(duel, "one"));
    CHECK(present.places_of("one") == std::vector{hall});

    present.clear(hall);
    present.clear(hall);
    CHECK(present.places_of("one").empty());
    CHECK(present.places_of("two").empty());
    CHECK(present.members(hall).empty());
}

TEST_CASE("a session may leave by the names that it is kept under") {
    presences present;
    present.enter(hall, session("one"));
    const auto* where = present.places(place_kind::channel).front().first;
    CHECK(present.leave(*where, present.members(hall).front().presence.session_id));
    CHECK(present.places_of("one").empty());
}
