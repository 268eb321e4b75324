#include "call/token_life.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace nakama;
using call::token_life;
using namespace std::chrono_literals;

namespace {

using time_point = token_life::time_point;

constexpr std::int64_t server_start = 1'000'000;

wire::jwt_claims claims(std::int64_t iat, std::int64_t exp) {
    wire::jwt_claims result;
    result.iat = iat;
    result.exp = exp;
    return result;
}

time_point at(std::int64_t seconds) {
    return time_point{std::chrono::seconds{seconds}};
}

} // namespace

TEST_CASE("a fresh token is due when its share is left, however far off our clock is") {
    const auto skew = GENERATE(0s, 3600s, -3600s);
    const time_point now = at(server_start) - skew;
    const auto life = token_life::issued(claims(server_start, server_start + 60), now, {});
    CHECK(life.skew() == skew);
    CHECK(!life.is_due(now, 0.2));
    CHECK(!life.is_due(now + 47s, 0.2));
    CHECK(life.is_due(now + 48s, 0.2));
    CHECK(!life.is_over(now + 59s));
    CHECK(life.is_over(now + 60s));
    CHECK(life.left(now + 10s) == 50s);
}

TEST_CASE("a token that was renewed without a new time of issue lives as long as the one before") {
    const auto skew = GENERATE(0s, 3600s, -3600s);
    const time_point now = at(server_start) - skew;
    const auto first = token_life::issued(claims(server_start, server_start + 60), now, {});
    // Nakama leaves iat as it was.
    const auto second = token_life::issued(claims(server_start, server_start + 50 + 60), now + 50s, first);
    CHECK(second.skew() == skew);
    CHECK(!second.is_due(now + 50s + 47s, 0.2));
    CHECK(second.is_due(now + 50s + 48s, 0.2));
    CHECK(second.is_over(now + 110s));
}

TEST_CASE("a token that was renewed with a new time of issue lives as long as it says") {
    const auto first = token_life::issued(claims(server_start, server_start + 60), at(server_start), {});
    const auto second =
        token_life::issued(claims(server_start + 50, server_start + 350), at(server_start + 50), first);
    CHECK(!second.is_due(at(server_start + 50 + 239), 0.2));
    CHECK(second.is_due(at(server_start + 50 + 240), 0.2));
}

TEST_CASE("of a token from an earlier run only what it says is known") {
    const auto life = token_life::kept(claims(server_start, server_start + 60));
    CHECK(life.skew() == 0s);
    CHECK(!life.is_due(at(server_start + 47), 0.2));
    CHECK(life.is_due(at(server_start + 48), 0.2));
    CHECK(life.is_over(at(server_start + 60)));
}

TEST_CASE(
    "renewing a token from an earlier run, which had been renewed before, does not make it seem eternal") {
    // Signed in 1000 s ago, renewed since; the server's tokens live for 60 s.
    const auto kept = token_life::kept(claims(server_start, server_start + 1010));
    const auto now = at(server_start + 1000);
    CHECK(kept.is_due(now, 0.2));
    const auto renewed = token_life::issued(claims(server_start, server_start + 1060), now, kept);
    CHECK(!renewed.is_due(now, 0.2));
    CHECK(renewed.is_due(now + 48s, 0.2));
    CHECK(renewed.is_over(now + 60s));

    // A clock that is an hour ahead makes no sense of it: what the token lived for before has to do.
    const auto ahead = now + 3600s;
    const auto odd = token_life::issued(claims(server_start, server_start + 1060), ahead, kept);
    CHECK(!odd.is_due(ahead, 0.2));
    CHECK(!odd.is_over(ahead));
}

TEST_CASE("tokens that tell less are never due and count as over") {
    CHECK(!token_life{}.is_due(at(server_start), 0.2));
    CHECK(token_life{}.is_over(at(server_start)));
    CHECK(!token_life::kept(claims(0, 0)).is_due(at(server_start), 0.2));
    // Without a time of issue our own clock has to do.
    const auto no_issue = token_life::issued(claims(0, server_start + 60), at(server_start), {});
    CHECK(!no_issue.is_due(at(server_start + 47), 0.2));
    CHECK(no_issue.is_due(at(server_start + 48), 0.2));
    const auto kept = token_life::kept(claims(0, server_start + 60));
    CHECK(!kept.is_due(at(server_start + 59), 0.2));
    CHECK(kept.is_due(at(server_start + 60), 0.2));
}

TEST_CASE("tokens that tell absurd times overflow nothing") {
    for (const std::int64_t iat :
         {std::int64_t{-9'000'000'000'000}, std::int64_t{0}, std::int64_t{9'000'000'000'000}})
        for (const std::int64_t exp :
             {std::int64_t{-9'000'000'000'000}, std::int64_t{1}, std::int64_t{9'000'000'000'000}}) {
            const auto first = token_life::issued(claims(iat, exp), at(server_start), {});
            const auto second = token_life::issued(claims(iat, 1), at(server_start), first);
            for (const auto& life : {first, second}) {
                (void)life.is_due(at(server_start), 0.999);
                (void)life.left(at(server_start));
                CHECK(life.is_over(at(server_start)) == (life.left(at(server_start)) <= 0s));
            }
        }
}
