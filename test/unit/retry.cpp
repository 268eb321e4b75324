#include <nakama/retry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <vector>

using namespace nakama;
using namespace std::chrono_literals;
using milliseconds = std::chrono::milliseconds;

namespace {

std::vector<milliseconds> intervals(const retry_policy& policy) {
    std::vector<milliseconds> result;
    for (int number = 1; number <= policy.retries; ++number) result.push_back(policy.delay(number));
    return result;
}

} // namespace

TEST_CASE("exponential retries double the interval") {
    CHECK(intervals(retries::exponential(5, 500ms)) == std::vector<milliseconds>{500ms, 1s, 2s, 4s, 8s});
}

TEST_CASE("incremental retries add the interval") {
    CHECK(intervals(retries::incremental(5, 500ms)) ==
          std::vector<milliseconds>{500ms, 1s, 1500ms, 2s, 2500ms});
}

TEST_CASE("fixed retries repeat the interval") {
    CHECK(intervals(retries::fixed(5, 500ms)) ==
          std::vector<milliseconds>{500ms, 500ms, 500ms, 500ms, 500ms});
}

TEST_CASE("no retries have no intervals") {
    CHECK(intervals(retries::none()).empty());
    CHECK(intervals(retries::exponential(0, 0ms)).empty());
    CHECK(intervals(retries::incremental(0, 0ms)).empty());
    CHECK(intervals(retries::fixed(0, 0ms)).empty());
}

TEST_CASE("no delay is longer than the cap, however many there are") {
    auto policy = retries::exponential(1000, 500ms);
    policy.cap = 10s;
    for (int number = 6; number <= 1000; ++number) CHECK(policy.delay(number) == 10s);
    CHECK(policy.delay(std::numeric_limits<int>::max()) == 10s);
    auto steps = retries::incremental(1000, 500ms);
    steps.cap = milliseconds::max();
    CHECK(steps.delay(std::numeric_limits<int>::max()) ==
          500ms * std::int64_t{std::numeric_limits<int>::max()});
}
