#include "rfc3339.hpp"

#include <charconv>
#include <cstdio>

namespace nakama::wire {
namespace {

namespace chrono = std::chrono;

class cursor {
public:
    explicit cursor(std::string_view text) : text_{text} {}

    bool literal(char a, char b = 0) {
        if (text_.empty() || (text_.front() != a && text_.front() != b)) return false;
        text_.remove_prefix(1);
        return true;
    }

    bool number(std::size_t digits, int& value) {
        if (text_.size() < digits) return false;
        for (std::size_t i = 0; i < digits; ++i)
            if (text_[i] < '0' || text_[i] > '9') return false;
        std::from_chars(text_.data(), text_.data() + digits, value);
        text_.remove_prefix(digits);
        return true;
    }

    std::size_t digits() const {
        std::size_t count = 0;
        while (count < text_.size() && text_[count] >= '0' && text_[count] <= '9') ++count;
        return count;
    }

    bool done() const { return text_.empty(); }

private:
    std::string_view text_;
};

} // namespace

std::optional<timestamp> parse_rfc3339(std::string_view text) {
    cursor in{text};
    int year{}, month{}, day{}, hour{}, minute{}, second{};
    const bool date_time = in.number(4, year) && in.literal('-') && in.number(2, month) && in.literal('-') &&
                           in.number(2, day) && in.literal('T', 't') && in.number(2, hour) &&
                           in.literal(':') && in.number(2, minute) && in.literal(':') && in.number(2, second);
    if (!date_time || hour > 23 || minute > 59 || second > 60) return {};

    int nanoseconds = 0;
    if (in.literal('.')) {
        const std::size_t digits = in.digits();
        if (digits == 0 || digits > 9 || !in.number(digits, nanoseconds)) return {};
        for (std::size_t i = digits; i < 9; ++i) nanoseconds *= 10;
    }

    int offset_minutes = 0;
    if (!in.literal('Z', 'z')) {
        const bool east = in.literal('+');
        int hours{}, minutes{};
        if (!east && !in.literal('-')) return {};
        if (!in.number(2, hours) || !in.literal(':') || !in.number(2, minutes)) return {};
        if (hours > 23 || minutes > 59) return {};
        offset_minutes = (hours * 60 + minutes) * (east ? 1 : -1);
    }
    if (!in.done()) return {};

    const chrono::year_month_day date{chrono::year{year}, chrono::month{static_cast<unsigned>(month)},
                                      chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return {};
    // 64 bits of nanoseconds end in the years 1677 and 2262.
    if (year < 1678) return timestamp::min();
    if (year > 2261) return timestamp::max();
    return timestamp{chrono::sys_days{date}} + chrono::hours{hour} +
           chrono::minutes{minute - offset_minutes} + chrono::seconds{second} +
           chrono::nanoseconds{nanoseconds};
}

void append_rfc3339(std::string& out, timestamp time) {
    // In whole seconds: the day that the earliest time lies in begins before 64 bits of nanoseconds do.
    const auto second = chrono::floor<chrono::seconds>(time);
    const auto day = chrono::floor<chrono::days>(second);
    const chrono::year_month_day date{day};
    const chrono::hh_mm_ss clock{second - day};
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    out += text;

    auto fraction =
        static_cast<int>((chrono::nanoseconds{time.time_since_epoch()} % chrono::seconds{1}).count());
    if (fraction < 0) fraction += 1'000'000'000;
    if (fraction == 0) *text = 0;
    else if (fraction % 1'000'000 == 0) std::snprintf(text, sizeof text, ".%03d", fraction / 1'000'000);
    else if (fraction % 1'000 == 0) std::snprintf(text, sizeof text, ".%06d", fraction / 1'000);
    else std::snprintf(text, sizeof text, ".%09d", fraction);
    out += text;
    out += 'Z';
}

} // namespace nakama::wire
