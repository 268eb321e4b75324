#include <nakama/round_trip_times.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace nakama;
using namespace std::chrono_literals;

TEST_CASE("round trips are smoothed as TCP does it") {
    round_trip_times times;
    CHECK(times.quantile(0.5) == 0us);
    times.add(800us);
    CHECK(times.last == 800us);
    CHECK(times.smoothed == 800us);
    CHECK(times.variation == 400us);
    times.add(1600us);
    CHECK(times.last == 1600us);
    CHECK(times.smoothed == 900us);  // (7 * 800 + 1600) / 8
    CHECK(times.variation == 500us); // (3 * 400 + 800) / 4
    CHECK(times.shortest == 800us);
    CHECK(times.longest == 1600us);
    CHECK(times.count == 2);
}

TEST_CASE("round trips fall into the classes whose bounds they do not exceed") {
    round_trip_times times;
    for (const auto each : {100us, 101us, 250us}) times.add(each);
    times.add(std::chrono::microseconds{5'000'001});
    CHECK(times.histogram.front() == 1);
    CHECK(times.histogram[1] == 2);
    CHECK(times.histogram.back() == 1);
    CHECK(times.quantile(0.25) == 100us);
    CHECK(times.quantile(0.75) == 250us);
    CHECK(times.quantile(1) == std::chrono::microseconds{5'000'001});
    times.add(-5us);
    CHECK(times.shortest == 0us);
}
