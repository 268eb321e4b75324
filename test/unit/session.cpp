#include <nakama/api/authentication.hpp>
#include <nakama/error.hpp>
#include <nakama/session.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace nakama;
using namespace std::chrono_literals;

namespace {

// Of user 522d0b91-46d3-4ccb-bb0a-051cb528ca03, named britzl.
const std::string token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                          "eyJ1aWQiOiI1MjJkMGI5MS00NmQzLTRjY2ItYmIwYS0wNTFjYjUyOGNhMDMiLCJ1c24iOiJicml0emwiLC"
                          "JleHAiOjE2NjE1OTA5Nzl9."
                          "r3h4QraXsXl-XmGQueYecjeb6223vtd1s-Ak1K_FrGM";
const std::string refresh_token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                                  "eyJ1aWQiOiI1MjJkMGI5MS00NmQzLTRjY2ItYmIwYS0wNTFjYjUyOGNhMDMiLCJ1c24iOiJicm"
                                  "l0emwiLCJleHAiOjE2NjE1ODczNzl9."
                                  "AWASctuZx9A8YliCLSj9jtOi4fuXUZaWtRdNz1mMEEw";
const session::time_point expiry{1661590979s};

} // namespace

TEST_CASE("a session tells what its tokens say") {
    const session restored{token, refresh_token};
    CHECK(restored.token() == token);
    CHECK(restored.refresh_token() == refresh_token);
    CHECK(restored.user_id() == "522d0b91-46d3-4ccb-bb0a-051cb528ca03");
    CHECK(restored.username() == "britzl");
    CHECK(restored.expires_at() == expiry);
    CHECK(restored.refresh_expires_at() == session::time_point{1661587379s});
    CHECK(restored.issued_at() == session::time_point{});
    CHECK(restored.vars().empty());
    CHECK(!restored.created());
}

TEST_CASE("a session is expired from the second its token names") {
    const session restored{token, refresh_token};
    CHECK(restored.is_expired(expiry + 1s));
    CHECK(restored.is_expired(expiry));
    CHECK(!restored.is_expired(expiry - 1s));
    CHECK(restored.is_refresh_expired(session::time_point{1661587379s}));
    CHECK(!restored.is_refresh_expired(session::time_point{1661587378s}));
    CHECK(restored.expires_within(10s, expiry - 10s));
    CHECK(!restored.expires_within(10s, expiry - 11s));
    CHECK(restored.is_expired()); // long ago
}

TEST_CASE("copies of a session share what a refresh brings") {
    session one{refresh_token, ""};
    const session copy = one;
    one.update({.token = token, .refresh_token = refresh_token});
    CHECK(copy.token() == token);
    CHECK(copy.expires_at() == expiry);
    CHECK(copy == one);
    CHECK(!(copy == session{token, refresh_token}));
}

TEST_CASE("what is no token is refused and changes nothing") {
    for (const std::string bad : {"", "x", "a.b.c"}) {
        try {
            session{bad, refresh_token};
            FAIL("accepted");
        } catch (const error& failure) {
            CHECK(failure.code() == errc::invalid_argument);
            CHECK(failure.message().find("is not a JSON Web Token") != std::string::npos);
        }
    }
    session good{token, refresh_token};
    CHECK_THROWS_AS(good.update({.token = token, .refresh_token = "x"}), error);
    CHECK(good.refresh_token() == refresh_token);
}

TEST_CASE("a session without a refresh token counts its refresh as expired") {
    CHECK(session{token, ""}.is_refresh_expired(expiry - 1s));
    CHECK(session{}.is_expired(expiry));
    CHECK(session{}.user_id().empty());
}
