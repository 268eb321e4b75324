#include "sandbox/state/cron.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace nakama::sandbox {
namespace {

using namespace std::chrono;

/// No schedule has a time before the one or from the other on.
constexpr std::int64_t before_all = -1;
constexpr std::int64_t behind_all = sys_seconds{sys_days{2100y / January / 1}}.time_since_epoch().count();

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> aliases{{
    {"@yearly", "0 0 0 1 1 * *"},
    {"@annually", "0 0 0 1 1 * *"},
    {"@monthly", "0 0 0 1 * * *"},
    {"@weekly", "0 0 0 * * 0 *"},
    {"@daily", "0 0 0 * * * *"},
    {"@hourly", "0 0 * * * * *"},
}};

constexpr std::array<std::string_view, 12> month_names{"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> day_names{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};

struct field_rule {
    std::string_view name;
    int min;
    int max;
    std::span<const std::string_view> names{}; ///< the first one stands for `min`
    int min_again = -1;                        ///< another number for `min`
};

constexpr field_rule second_rule{"second", 0, 59};
constexpr field_rule minute_rule{"minute", 0, 59};
constexpr field_rule hour_rule{"hour", 0, 23};
constexpr field_rule month_day_rule{"day of month", 1, 31};
constexpr field_rule month_rule{"month", 1, 12, month_names};
constexpr field_rule weekday_rule{"day of week", 0, 6, day_names, 7};
constexpr field_rule year_rule{"year", 1970, 2099};

[[noreturn]] void refuse(const field_rule& rule, std::string_view text) {
    throw std::invalid_argument{"a cron expression cannot have \"" + std::string{text} + "\" as its " +
                                std::string{rule.name}};
}

std::optional<int> number(std::string_view text) {
    int result{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), result);
    if (failed != std::errc{} || end != text.data() + text.size() || text.front() == '-') return {};
    return result;
}

std::optional<int> value_of(std::string_view text, const field_rule& rule) {
    for (std::size_t i = 0; i < rule.names.size(); ++i)
        if (text == rule.names[i] || text == rule.names[i].substr(0, 3))
            return rule.min + static_cast<int>(i);
    const auto value = number(text);
    if (value && *value == rule.min_again) return rule.min;
    if (!value || *value < rule.min || *value > rule.max) return {};
    return value;
}

/// What stands between commas.
struct entry {
    int first;
    int last;
    int step = 1;
    bool all = false;
};

std::optional<entry> read_entry(std::string_view text, const field_rule& rule) {
    if (text == "*" || text == "?") return entry{.first = rule.min, .last = rule.max, .all = true};
    const auto slash = text.find('/');
    const std::string_view range = text.substr(0, slash);
    entry result{.first = rule.min, .last = rule.max};
    if (range != "*") {
        const auto dash = range.find('-');
        const auto first = value_of(range.substr(0, dash), rule);
        if (!first) return {};
        result.first = *first;
        if (dash != std::string_view::npos) {
            const auto last = value_of(range.substr(dash + 1), rule);
            if (!last) return {};
            result.last = *last;
        } else if (slash == std::string_view::npos) {
            result.last = *first;
        }
    }
    if (slash != std::string_view::npos) {
        const auto step = number(text.substr(slash + 1));
        if (!step || *step < 1 || *step > rule.max) return {};
        result.step = *step;
    }
    return result;
}

/// Reads what is between commas, first as `special` does; gives whether all values match.
template <std::size_t Size, class Special>
bool read_field(std::string_view text, const field_rule& rule, std::bitset<Size>& values,
                const Special& special) {
    bool some = false;
    bool all = false;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find(','));
        text.remove_prefix(std::min(one.size() + 1, text.size()));
        if (one.empty()) continue;
        some = true;
        if (special(one)) continue;
        const auto read = read_entry(one, rule);
        if (!read) refuse(rule, one);
        all = all || read->all;
        for (int value = read->first; value <= read->last; value += read->step)
            values.set(static_cast<std::size_t>(value));
    }
    if (!some) refuse(rule, ",");
    return all;
}

template <std::size_t Size>
void read_field(std::string_view text, const field_rule& rule, std::bitset<Size>& values) {
    read_field(text, rule, values, [](std::string_view) { return false; });
}

std::vector<std::string> fields_of(std::string_view expression) {
    std::string text{expression};
    for (const auto& [alias, meaning] : aliases)
        for (auto at = text.find(alias); at != std::string::npos; at = text.find(alias))
            text.replace(at, alias.size(), meaning);
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    std::istringstream words{text};
    std::vector<std::string> fields;
    for (std::string one; words >> one;) fields.push_back(one);
    return fields;
}

unsigned last_day_of(const year_month_day& date) {
    return unsigned{(date.year() / date.month() / std::chrono::last).day()};
}

/// Within the same month.
unsigned nearest_workday(const year_month_day& date) {
    const unsigned day{date.day()};
    const weekday on{sys_days{date}};
    if (on == Saturday) return day > 1 ? day - 1 : day + 2;
    if (on == Sunday) return day < last_day_of(date) ? day + 1 : day - 2;
    return day;
}

} // namespace

cron_schedule::cron_schedule(std::string_view expression) {
    const auto fields = fields_of(expression);
    if (fields.size() < 5)
        throw std::invalid_argument{"a cron expression has five fields at least: " + std::string{expression}};
    std::size_t at = 0;
    if (fields.size() >= 7) read_field(fields[at++], second_rule, seconds_);
    else seconds_.set(0);
    read_field(fields[at++], minute_rule, minutes_);
    read_field(fields[at++], hour_rule, hours_);
    read_days_of_month(fields[at++]);
    read_field(fields[at++], month_rule, months_);
    read_days_of_week(fields[at++]);
    read_field(at < fields.size() ? fields[at] : std::string{"*"}, year_rule, years_);
}

void cron_schedule::read_days_of_month(std::string_view field) {
    any_month_day_ = read_field(field, month_day_rule, month_days_, [&](std::string_view one) {
        if (one == "l") return last_month_day_ = true;
        if (one == "lw") return last_workday_ = true;
        if (!one.ends_with('w')) return false;
        const auto day = value_of(one.substr(0, one.size() - 1), month_day_rule);
        if (day) near_workdays_.set(static_cast<std::size_t>(*day));
        return day.has_value();
    });
}

void cron_schedule::read_days_of_week(std::string_view field) {
    any_weekday_ = read_field(field, weekday_rule, weekdays_, [&](std::string_view one) {
        if (one.ends_with('l')) {
            const auto day = value_of(one.substr(0, one.size() - 1), weekday_rule);
            if (day) last_weekdays_.set(static_cast<std::size_t>(*day));
            return day.has_value();
        }
        const auto mark = one.find('#');
        if (mark == std::string_view::npos) return false;
        const auto day = value_of(one.substr(0, mark), weekday_rule);
        const auto week = number(one.substr(mark + 1));
        if (!day || !week || *week < 1 || *week > 5) return false;
        nth_weekdays_.set(static_cast<std::size_t>((*week - 1) * 7 + *day));
        return true;
    });
}

std::int64_t cron_schedule::next(std::int64_t after) const {
    const sys_seconds from{seconds{std::clamp(after, before_all, behind_all)}};
    sys_days day = floor<days>(from);
    auto second = static_cast<int>((from - day).count());
    for (; year_month_day{day}.year() <= year{2099}; day += days{1}, second = -1) {
        if (!matches(day)) continue;
        if (const int found = first_time_after(second); found >= 0)
            return (sys_seconds{day} + seconds{found}).time_since_epoch().count();
    }
    return 0;
}

std::int64_t cron_schedule::last(std::int64_t before) const {
    const sys_seconds from{seconds{std::clamp(before, before_all, behind_all)}};
    sys_days day = floor<days>(from);
    auto second = static_cast<int>((from - day).count());
    for (; year_month_day{day}.year() >= year{1970}; day -= days{1}, second = 86400) {
        if (!matches(day)) continue;
        if (const int found = last_time_before(second); found >= 0)
            return (sys_seconds{day} + seconds{found}).time_since_epoch().count();
    }
    return 0;
}

bool cron_schedule::matches(sys_days day) const {
    const year_month_day date{day};
    if (date.year() < year{1970} || date.year() > year{2099}) return false;
    if (!years_.test(static_cast<std::size_t>(int{date.year()})) || !months_.test(unsigned{date.month()}))
        return false;
    if (any_month_day_ && any_weekday_) return true;
    return (!any_month_day_ && matches_month_day(date)) || (!any_weekday_ && matches_weekday(date));
}

bool cron_schedule::matches_month_day(const year_month_day& date) const {
    const unsigned day{date.day()};
    const unsigned last = last_day_of(date);
    if (month_days_.test(day) || (last_month_day_ && day == last)) return true;
    const auto at = [&](unsigned other) { return date.year() / date.month() / std::chrono::day{other}; };
    if (last_workday_ && nearest_workday(at(last)) == day) return true;
    for (unsigned wanted = 1; wanted <= last; ++wanted)
        if (near_workdays_.test(wanted) && nearest_workday(at(wanted)) == day) return true;
    return false;
}

bool cron_schedule::matches_weekday(const year_month_day& date) const {
    const unsigned day{date.day()};
    const unsigned on = weekday{sys_days{date}}.c_encoding();
    if (weekdays_.test(on) || nth_weekdays_.test((day - 1) / 7 * 7 + on)) return true;
    return last_weekdays_.test(on) && day + 7 > last_day_of(date);
}

int cron_schedule::first_time_after(int second) const {
    for (int hour = std::max(second, 0) / 3600; hour < 24; ++hour) {
        if (!hours_.test(static_cast<std::size_t>(hour))) continue;
        for (int minute = 0; minute < 60; ++minute) {
            if (!minutes_.test(static_cast<std::size_t>(minute))) continue;
            for (int one = 0; one < 60; ++one) {
                const int time = (hour * 60 + minute) * 60 + one;
                if (time > second && seconds_.test(static_cast<std::size_t>(one))) return time;
            }
        }
    }
    return -1;
}

int cron_schedule::last_time_before(int second) const {
    for (int hour = std::min(second / 3600, 23); hour >= 0; --hour) {
        if (!hours_.test(static_cast<std::size_t>(hour))) continue;
        for (int minute = 59; minute >= 0; --minute) {
            if (!minutes_.test(static_cast<std::size_t>(minute))) continue;
            for (int one = 59; one >= 0; --one) {
                const int time = (hour * 60 + minute) * 60 + one;
                if (time < second && seconds_.test(static_cast<std::size_t>(one))) return time;
            }
        }
    }
    return -1;
}

} // namespace nakama::sandbox
