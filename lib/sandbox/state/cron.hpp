// When boards are reset.
#pragma once

#include <bitset>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace nakama::sandbox {

/// A cron expression as the server takes it: minute, hour, day of month, month and day of week, then perhaps
/// a year, and with all seven fields seconds in front. Values, names of months and days, `*`, `?`, ranges,
/// steps and lists; among days of the month also `L`, `LW` and `15W`, among days of the week `5L` and `5#3`;
/// `@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily` and `@hourly`. A day has to match one of its two
/// fields if both say something. In UTC, from 1970 to 2099.
class cron_schedule {
public:
    /// Throws std::invalid_argument.
    explicit cron_schedule(std::string_view expression);

    /// The first time after this one, the last time before it, in seconds of Unix time; 0 if there is none.
    [[nodiscard]] std::int64_t next(std::int64_t after) const;
    [[nodiscard]] std::int64_t last(std::int64_t before) const;

private:
    void read_days_of_month(std::string_view field);
    void read_days_of_week(std::string_view field);
    [[nodiscard]] bool matches(std::chrono::sys_days day) const;
    [[nodiscard]] bool matches_month_day(const std::chrono::year_month_day& date) const;
    [[nodiscard]] bool matches_weekday(const std::chrono::year_month_day& date) const;
    /// Of a day, in seconds; -1 if there is none.
    [[nodiscard]] int first_time_after(int second) const;
    [[nodiscard]] int last_time_before(int second) const;

    std::bitset<60> seconds_;
    std::bitset<60> minutes_;
    std::bitset<24> hours_;
    std::bitset<13> months_;
    std::bitset<2100> years_;

    bool any_month_day_ = false;
    std::bitset<32> month_days_;
    std::bitset<32> near_workdays_; ///< of these the nearest from Monday to Friday
    bool last_month_day_ = false;
    bool last_workday_ = false;

    bool any_weekday_ = false;
    std::bitset<7> weekdays_; ///< from Sunday
    std::bitset<7> last_weekdays_;
    std::bitset<35> nth_weekdays_; ///< seven for each week
};

} // namespace nakama::sandbox
