#include "rfc3339.hpp"

#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace nakama::wire {
namespace {

namespace chrono = std::chrono;

class cursor {
public:
    explicit cursor(std::string_view text) : text_{text} {}

    bool literal(char wanted) { return literal(wanted, wanted); }
    bool literal(char a, char b) {
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

/// The days from 1970 to a date of a year from 1901 to 2099, where every fourth is a leap year.
constexpr std::int64_t days_until(unsigned year, unsigned month, unsigned day) {
    // A year that begins in March has its leap day at the end.
    const bool is_before_march = month < 3;
    const unsigned years = year - 1600 - is_before_march, months = is_before_march ? month + 9 : month - 3;
    constexpr std::int64_t march_1600 = -135084; // with a leap year in every four since then
    return march_1600 + years * 1461 / 4 + (months * 153 + 2) / 5 + day;
}

constexpr std::size_t wide = sizeof(std::uint64_t);

/// Where a byte lies in eight that were read at once.
constexpr int shift(std::size_t byte) {
    return static_cast<int>(8 * (std::endian::native == std::endian::little ? byte : wide - 1 - byte));
}

/// What eight characters of a time look like: 0 stands for any digit.
struct form {
    consteval explicit form(std::string_view text) {
        for (std::size_t i = 0; i < wide; ++i) {
            characters |= std::uint64_t{static_cast<unsigned char>(text[i])} << shift(i);
            if (text[i] == '0') digits |= std::uint64_t{0x0f} << shift(i);
        }
    }
    std::uint64_t characters = 0;
    std::uint64_t digits = 0; // the lower halves of those that are any digit, where digits differ from 0
};

/// Eight characters that were read at once.
class eight_characters {
public:
    explicit eight_characters(const char* from) : text_{from} {}

    [[nodiscard]] bool are(const form& wanted) const {
        std::uint64_t text;
        std::memcpy(&text, text_, wide);
        const std::uint64_t differs = text ^ wanted.characters;
        // Digits stay below 16 when 6 is added.
        constexpr std::uint64_t six = 0x0606060606060606u, upper = 0xf0f0f0f0f0f0f0f0u;
        return ((differs & ~wanted.digits) | ((differs + (six & wanted.digits)) & upper)) == 0;
    }
    /// The number that two of them are.
    [[nodiscard]] int pair(std::size_t at) const { return text_[at] * 10 + text_[at + 1] - '0' * 11; }

private:
    const char* text_;
};

/// "2026-11-23T01:25:16Z", as servers write whole seconds.
std::optional<timestamp> whole_seconds(std::string_view text) {
    if (text.size() != 20 || text.back() != 'Z') return {};
    const eight_characters date{text.data()}, hours{text.data() + 8}, seconds{text.data() + 11};
    static constexpr form date_form{"0000-00-"}, hours_form{"00T00:00"}, seconds_form{"00:00:00"};
    if (!date.are(date_form) || !hours.are(hours_form) || !seconds.are(seconds_form)) return {};
    const auto number = [](int pair) { return static_cast<unsigned>(pair); };
    const unsigned year = number(date.pair(0) * 100 + date.pair(2)), month = number(date.pair(5)),
                   day = number(hours.pair(0)), hour = number(hours.pair(3)), minute = number(hours.pair(6)),
                   second = number(seconds.pair(6));
    // Nothing that needs more thought: other years, leap seconds, days that may not exist.
    const bool is_usual =
        (year - 1901 < 199) & (month - 1 < 12) & (day - 1 < 28) & (hour < 24) & (minute < 60) & (second < 60);
    if (!is_usual) return {};
    const std::int64_t days = days_until(year, month, day);
    return timestamp{chrono::seconds{((days * 24 + hour) * 60 + minute) * 60 + second}};
}

void append_number(std::string& out, int number, int digits) {
    const std::size_t start = out.size();
    out.resize(start + static_cast<std::size_t>(digits));
    for (char* to = out.data() + out.size(); to != out.data() + start; number /= 10)
        *--to = static_cast<char>('0' + number % 10);
}

} // namespace

std::optional<timestamp> parse_rfc3339(std::string_view text) {
    if (const auto usual = whole_seconds(text)) return usual;
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
    append_number(out, static_cast<int>(date.year()), 4);
    out += '-';
    append_number(out, static_cast<int>(static_cast<unsigned>(date.month())), 2);
    out += '-';
    append_number(out, static_cast<int>(static_cast<unsigned>(date.day())), 2);
    out += 'T';
    append_number(out, static_cast<int>(clock.hours().count()), 2);
    out += ':';
    append_number(out, static_cast<int>(clock.minutes().count()), 2);
    out += ':';
    append_number(out, static_cast<int>(clock.seconds().count()), 2);

    auto fraction =
        static_cast<int>((chrono::nanoseconds{time.time_since_epoch()} % chrono::seconds{1}).count());
    if (fraction < 0) fraction += 1'000'000'000;
    if (fraction != 0) {
        int digits = 9;
        for (; fraction % 1000 == 0; digits -= 3) fraction /= 1000;
        out += '.';
        append_number(out, fraction, digits);
    }
    out += 'Z';
}

} // namespace nakama::wire
