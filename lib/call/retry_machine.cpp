#include "retry_machine.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace nakama::call {

bool may_repeat(const error& failure, bool idempotent) noexcept {
    switch (failure.http_status()) {
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
        return idempotent;
    case 0:
        break;
    default:
        // Not 500 either: it is what a failing function of the server's runtime gives.
        return false;
    }
    if (failure.code() == errc::resolve_failed || failure.code() == errc::connect_failed) return true;
    if (failure.code() == errc::connection_lost) return idempotent || !failure.request_may_have_been_sent();
    return false;
}

bool is_final(const error& failure) noexcept {
    for (const errc code :
         {errc::cancelled, errc::timed_out, errc::closed, errc::invalid_argument, errc::session_expired})
        if (failure.code() == code) return true;
    return false;
}

std::optional<std::chrono::milliseconds> retry_machine::after(const error& failure,
                                                              std::optional<std::chrono::milliseconds> asked,
                                                              clock::time_point now,
                                                              std::mt19937_64& random) {
    ++failures_;
    if (failures_ > policy_.retries || is_final(failure)) return {};
    failed_attempt seen{.operation = operation_,
                        .number = failures_,
                        .failure = failure,
                        .idempotent = idempotent_,
                        .may_repeat = may_repeat(failure, idempotent_),
                        .context = policy_.context};
    if (!(policy_.repeat_if ? policy_.repeat_if(seen) : seen.may_repeat)) return {};

    auto delay = policy_.delay(failures_);
    if (policy_.jitter)
        delay =
            std::chrono::milliseconds{std::uniform_int_distribution<std::int64_t>{0, delay.count()}(random)};
    if (asked) delay = std::max(delay, *asked);
    // Longer than any deadline, and still within what a clock can tell.
    delay = std::min<std::chrono::milliseconds>(delay, std::chrono::years{100});
    if (delay >= deadline_ - now) return {};
    if (policy_.budget.count() > 0 &&
        delay + std::chrono::ceil<std::chrono::milliseconds>(now - started_) > policy_.budget)
        return {};
    if (policy_.on_retry) {
        seen.delay = delay;
        policy_.on_retry(seen);
    }
    return delay;
}

namespace {

/// "Sun, 06 Nov 1994 08:49:37 GMT", the only form that is sent today.
std::optional<std::chrono::system_clock::time_point> http_date(std::string_view text) {
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() != 29 || !text.ends_with(" GMT")) return {};
    const auto number = [&](std::size_t at, std::size_t length) {
        int value = -1;
        const char* end = text.data() + at + length;
        const auto [stop, failed] = std::from_chars(text.data() + at, end, value);
        return failed == std::errc{} && stop == end ? value : -1;
    };
    const auto month = std::ranges::find(months, text.substr(8, 3));
    const int day = number(5, 2), year = number(12, 4), hour = number(17, 2), minute = number(20, 2),
              second = number(23, 2);
    if (month == months.end() || day < 1 || year < 1970 || year > 2200 || hour < 0 || minute < 0 ||
        second < 0)
        return {};
    const std::chrono::year_month_day date{
        std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month - months.begin()) + 1},
        std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return {};
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

} // namespace

std::optional<std::chrono::milliseconds> retry_after(std::string_view header,
                                                     std::chrono::system_clock::time_point now) {
    std::int32_t seconds = 0;
    const char* end = header.data() + header.size();
    const auto [stop, failed] = std::from_chars(header.data(), end, seconds);
    if (failed == std::errc{} && stop == end && seconds >= 0) return std::chrono::seconds{seconds};
    if (const auto date = http_date(header))
        return std::max(std::chrono::milliseconds::zero(),
                        std::chrono::ceil<std::chrono::milliseconds>(*date - now));
    return {};
}

} // namespace nakama::call
