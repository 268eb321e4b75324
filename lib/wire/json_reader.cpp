#include "json_reader.hpp"

#include "base64.hpp"
#include "json_text.hpp"
#include "rfc3339.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstring>
#include <limits>
#include <utility>

namespace nakama::wire {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Whether `key` is `name`, which is in snake_case, in camelCase.
bool is_camel_case_of(std::string_view key, std::string_view name) {
    if (key.size() >= name.size() || name.find('_') == std::string_view::npos) return false;
    std::size_t k = 0;
    for (std::size_t n = 0; n < name.size(); ++n) {
        const bool capital = name[n] == '_';
        if (capital && ++n == name.size()) return false;
        if (k == key.size()) return false;
        const bool same = capital ? key[k] != name[n] && lower(key[k]) == name[n] : key[k] == name[n];
        if (!same) return false;
        ++k;
    }
    return k == key.size();
}

template <class Integer>
bool to_integer(double from, Integer& to) {
    constexpr double limit = 9223372036854775808.0; // 2^63
    if (!(from >= -limit && from < limit) || from != std::trunc(from)) return false;
    const auto wide = static_cast<std::int64_t>(from);
    if (wide < std::numeric_limits<Integer>::min() || wide > std::numeric_limits<Integer>::max())
        return false;
    to = static_cast<Integer>(wide);
    return true;
}

template <class Integer>
bool to_integer(std::int64_t from, Integer& to) {
    to = static_cast<Integer>(from);
    return std::in_range<Integer>(from);
}

bool to_number(std::int64_t from, double& to) {
    to = static_cast<double>(from);
    return true;
}

template <class Number>
bool to_number(std::string_view from, Number& to) {
    const char* last = from.data() + from.size();
    const auto [end, error] = std::from_chars(from.data(), last, to);
    if (end != last) return false;
    if constexpr (std::floating_point<Number>) {
        const bool is_tiny = from.find("e-") != from.npos || from.find("E-") != from.npos;
        if (error == std::errc::result_out_of_range && is_tiny) {
            to = 0;
            return true;
        }
    }
    return error == std::errc{};
}

template <class Integer>
bool to_integer(std::string_view from, Integer& to) {
    double number{};
    return to_number(from, to) || (to_number(from, number) && to_integer(number, to));
}

/// Each step takes where it begins and gives where the next one does, or null when it failed: a place that is
/// passed on stays in a register, and a member would go through memory at each character.
class reader {
public:
    reader(std::string_view text, std::string* unknown, read_limits limits)
        : begin_{text.data()}, end_{begin_ + text.size()}, unknown_{unknown}, depth_left_{limits.depth},
          text_{end_} {}

    bool document(void* object, const schema& schema) {
        const char* at = skip_space(begin_);
        if (at == end_) return refuse(at, too_early);
        if (*at != '{') return refuse_other(at);
        at = message(at, object, schema);
        if (!at) return false;
        at = skip_space(at);
        return at == end_ || refuse(at, "text after the end of the value");
    }

    read_failure failure() && { return std::move(failure_); }

private:
    using place = const char*;

    place skip_space(place at) const {
        // Servers write none.
        if (at == end_ || static_cast<unsigned char>(*at) > ' ') [[likely]]
            return at;
        while (at != end_ && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) ++at;
        return at;
    }

    std::nullptr_t fail(place at, std::string what) {
        failure_.what = std::move(what);
        failure_.offset = static_cast<std::size_t>(at - begin_);
        return nullptr;
    }
    bool refuse(place at, std::string what) {
        fail(at, std::move(what));
        return false;
    }
    /// The outermost value is none of ours.
    bool refuse_other(place at) {
        if (*at == '[') return refuse(at, "a list instead of an object");
        if (*at == '"') return refuse(at, "text instead of an object");
        if (!skip(at)) return false;
        if (*at == 'n') return refuse(at, "null instead of an object");
        const bool is_flag = *at == 't' || *at == 'f';
        return refuse(at, is_flag ? "a boolean instead of an object" : "a number instead of an object");
    }
    std::nullptr_t fail_syntax(place at) { return fail(at, at == end_ ? too_early : "syntax error"); }
    /// The path of a failure is put together on the way out, so that it costs nothing on the way in.
    std::nullptr_t fail_within(std::string_view step) {
        const bool joined = failure_.where.empty() || failure_.where.front() == '[';
        failure_.where.insert(0, joined ? std::string{step} : std::string{step} + '.');
        return nullptr;
    }

    /// Takes what is between two brackets, element by element. `element` takes one from its first character
    /// on, if there is one.
    template <class Element>
    place each(place at, char closing, Element element) {
        if (depth_left_ == 0) return fail(at, "too deep");
        --depth_left_;
        at = skip_space(at + 1);
        if (at == end_ || *at != closing)
            for (;;) {
                at = element(at);
                if (!at) return nullptr;
                if (at != end_ && *at == ',') [[likely]] {
                    at = skip_space(at + 1);
                    continue;
                }
                at = skip_space(at);
                if (at == end_) return fail(at, too_early);
                if (*at == closing) break;
                if (*at != ',') return fail_syntax(at);
                at = skip_space(at + 1);
            }
        ++depth_left_;
        return at + 1;
    }

    place message(place opening, void* object, const schema& layout) {
        const bool is_outermost = std::exchange(is_outermost_, false);
        const field* expected = layout.fields.data(); // servers keep the order
        return each(opening, '}', [&](place at) -> place {
            const field* found = known_name(at, layout, expected);
            if (found) [[likely]] {
                at = skip_space(at + 1 + found->name.size() + 2);
            } else {
                std::string_view key;
                at = name(at, key);
                if (!at) return nullptr;
                found = otherwise_written(layout, key);
                if (!found) {
                    if (is_outermost && unknown_ && unknown_->empty()) unknown_->assign(key);
                    return skip(at);
                }
            }
            expected = found + 1;
            if (const place after = usual(at, *found, object)) return after;
            at = value_of(at, *found, object);
            return at ? at : fail_within(found->name);
        });
    }

    /// Takes what most values are; null for anything else, and for what is none.
    place usual(place at, const field& field, void* object) {
        if (at == end_ || !is_single(field.form)) return nullptr;
        if (*at != '"') return field.value == kind::int32 ? usual_integer(at, field, object) : nullptr;
        switch (field.value) {
        case kind::string:
            return usual_text(at + 1, field, object);
        case kind::time:
            return usual_time(at + 1, field, object);
        case kind::bytes:
            return usual_bytes(at + 1, field, object);
        default:
            return nullptr;
        }
    }

    place usual_text(place start, const field& field, void* object) {
        std::string_view come;
        const place after = text_.take(start, come);
        if (after) put(come, *to<std::string>(field, object, {}));
        return after;
    }

    /// Servers write whole seconds.
    place usual_time(place start, const field& field, void* object) const {
        constexpr std::ptrdiff_t size = std::string_view{"2026-11-23T01:25:16Z"}.size();
        if (end_ - start <= size || start[size] != '"') return nullptr;
        const auto time = parse_rfc3339({start, size});
        if (!time) return nullptr;
        *to<timestamp>(field, object, {}) = *time;
        return start + size + 1;
    }

    /// What is special in a text is no base64 either, so that decoding finds it.
    place usual_bytes(place start, const field& field, void* object) const {
        const auto* const quote =
            static_cast<place>(std::memchr(start, '"', static_cast<std::size_t>(end_ - start)));
        if (!quote) return nullptr;
        const std::string_view come{start, static_cast<std::size_t>(quote - start)};
        return decode_base64(come, *to<std::string>(field, object, {})) ? quote + 1 : nullptr;
    }

    place usual_integer(place at, const field& field, void* object) const {
        std::int64_t whole = 0;
        const place after = short_integer(at, whole);
        if (!after || !std::in_range<std::int32_t>(whole)) return nullptr;
        *to<std::int32_t>(field, object, {}) = static_cast<std::int32_t>(whole);
        return after;
    }

    static bool is_single(shape form) { return form != shape::list && form != shape::map; }

    /// The field whose name stands at `at` in the way that servers write it.
    const field* known_name(place at, const schema& layout, const field* expected) const {
        if (end_ - at <= static_cast<std::ptrdiff_t>(field_name::head_size) || *at != '"') return nullptr;
        ++at;
        const auto left = static_cast<std::size_t>(end_ - at);
        const std::uint64_t head = field_name::head_at(at);
        const field* const first = layout.fields.data();
        const field* const last = first + layout.fields.size();
        for (const field* each = expected; each != last; ++each)
            if (each->name.is_at(at, head, left)) return each;
        for (const field* each = first; each != expected; ++each)
            if (each->name.is_at(at, head, left)) return each;
        return nullptr;
    }

    /// The field of a name in camelCase, or with escapes or space.
    static const field* otherwise_written(const schema& layout, std::string_view key) {
        const auto found = std::ranges::find_if(layout.fields, [key](const field& each) {
            return key == each.name || is_camel_case_of(key, each.name);
        });
        return found == layout.fields.end() ? nullptr : &*found;
    }

    /// Takes any name, its colon and the space behind it.
    place name(place at, std::string_view& key) {
        if (at == end_ || *at != '"') return fail_syntax(at);
        at = text(at, key);
        if (!at) return nullptr;
        at = skip_space(at);
        if (at == end_ || *at != ':') return fail_syntax(at);
        return skip_space(at + 1);
    }

    place value_of(place at, const field& field, void* object) {
        if (field.form == shape::list) return list(at, field, object);
        if (field.form == shape::map) return map(at, field, object);
        return value(at, field, object, {});
    }

    place list(place at, const field& field, void* object) {
        if (at == end_) return fail(at, too_early);
        if (*at == 'n') return literal(at, "null");
        if (*at != '[')
            return fail(at, *at == '{' ? "an object instead of a list" : "a single value instead of a list");
        std::size_t index = 0;
        const bool is_outermost = !std::exchange(is_in_list_, true);
        const place after = each(at, ']', [&](place start) -> place {
            const place behind = value(start, field, object, {});
            if (!behind) return fail_within('[' + std::to_string(index) + ']');
            // Elements are mostly alike: the first tells how many there may be. Not in lists within lists,
            // which would each take room for all that follows.
            if (index++ == 0 && is_outermost)
                field.reserve(object, static_cast<std::size_t>(end_ - behind),
                              static_cast<std::size_t>(behind - start));
            return behind;
        });
        if (is_outermost) is_in_list_ = false;
        return after;
    }

    place map(place at, const field& field, void* object) {
        if (at == end_) return fail(at, too_early);
        if (*at == 'n') return literal(at, "null");
        if (*at != '{') return fail(at, "a single value instead of a map");
        return each(at, '}', [&](place start) -> place {
            std::string_view key;
            start = name(start, key);
            if (!start) return nullptr;
            const std::string entry{key}; // the value may need the memory that it lies in
            const place behind = value(start, field, object, entry);
            return behind ? behind : fail_within(entry);
        });
    }

    /// One value of a field, neither a whole list nor a whole map.
    place value(place at, const field& field, void* object, std::string_view key) {
        switch (at == end_ ? '\0' : *at) {
        case '"': {
            std::string_view come;
            const place after = text(at, come);
            if (!after) return nullptr;
            if (field.value == kind::string) {
                put(come, *to<std::string>(field, object, key));
                return after;
            }
            return store_text(at, field, object, key, come) ? after : nullptr;
        }
        case '{':
            if (field.value != kind::message) return fail(at, "an object where there should be none");
            return message(at, field.open(object, key), field.message());
        case '[':
            return fail(at, "a list where there should be none");
        case 't':
        case 'f':
            return flag(at, field, object, key);
        case 'n':
            return literal(at, "null");
        default:
            return number(at, field, object, key);
        }
    }

    template <class T>
    static T* to(const field& field, void* object, std::string_view key) {
        return static_cast<T*>(field.open(object, key));
    }

    /// Assigning to a text that is too short goes a longer way to the same end.
    static void put(std::string_view come, std::string& text) {
        if (come.size() > text.capacity()) text = std::string{come};
        else text.assign(come);
    }

    place literal(place at, std::string_view word) {
        const std::string_view rest{at, static_cast<std::size_t>(end_ - at)};
        if (rest.starts_with(word)) return at + word.size();
        return fail(at, word.starts_with(rest) ? too_early : "syntax error");
    }

    place flag(place at, const field& field, void* object, std::string_view key) {
        const bool value = *at == 't';
        const place after = literal(at, value ? "true" : "false");
        if (!after) return nullptr;
        if (field.value != kind::boolean) return fail(at, "an unexpected boolean");
        *to<bool>(field, object, key) = value;
        return after;
    }

    place digits(place at) const {
        while (at != end_ && *at >= '0' && *at <= '9') ++at;
        return at;
    }

    /// Takes a number, as strictly as RFC 8259 says.
    place number_text(place at) {
        if (at != end_ && *at == '-') ++at;
        place after = at != end_ && *at == '0' ? at + 1 : digits(at);
        if (after == at) return fail_syntax(at);
        at = after;
        if (at != end_ && *at == '.') {
            after = digits(at + 1);
            if (after == at + 1) return fail_syntax(after);
            at = after;
        }
        if (at != end_ && (*at == 'e' || *at == 'E')) {
            ++at;
            if (at != end_ && (*at == '+' || *at == '-')) ++at;
            after = digits(at);
            if (after == at) return fail_syntax(at);
            at = after;
        }
        return at;
    }

    /// Takes an integer that is short enough to be one in any case; null if there is none.
    place short_integer(place at, std::int64_t& found) const {
        constexpr std::ptrdiff_t most_digits = 18;
        const bool is_negative = *at == '-';
        const place first = at + (is_negative ? 1 : 0);
        const place limit = end_ - first < most_digits ? end_ : first + most_digits;
        std::int64_t whole = 0;
        for (at = first; at != limit && *at >= '0' && *at <= '9'; ++at) whole = whole * 10 + (*at - '0');
        const bool is_plain = at != end_ && (*at == ',' || *at == '}' || *at == ']');
        if (!is_plain || at == first || (*first == '0' && (is_negative || at - first > 1))) return nullptr;
        found = is_negative ? -whole : whole;
        return at;
    }

    place number(place at, const field& field, void* object, std::string_view key) {
        if (at == end_) return fail(at, too_early);
        if (std::int64_t whole{}; const place after = short_integer(at, whole))
            return store_number(at, field, object, key, whole) ? after : nullptr;
        const place after = number_text(at);
        if (!after) return nullptr;
        const std::string_view come{at, static_cast<std::size_t>(after - at)};
        return store_number(at, field, object, key, come) ? after : nullptr;
    }

    /// `come` is the number itself, or its text.
    template <class Number>
    bool store_number(place at, const field& field, void* object, std::string_view key, Number come) {
        switch (field.value) {
        case kind::int32:
            return store_integer<std::int32_t>(at, field, object, key, come);
        case kind::int64:
            return store_integer<std::int64_t>(at, field, object, key, come);
        case kind::uint32:
            return store_integer<std::uint32_t>(at, field, object, key, come);
        case kind::enumeration: {
            std::int32_t number{};
            return to_integer(come, number) ? store_enumerator(field, object, key, number)
                                            : refuse(at, "not an integer of the field's size");
        }
        case kind::number:
            return store_double(at, field, object, key, come);
        default:
            return refuse(at, "an unexpected number");
        }
    }

    bool store_text(place at, const field& field, void* object, std::string_view key, std::string_view come) {
        switch (field.value) {
        case kind::bytes:
            return decode_base64(come, *to<std::string>(field, object, key)) || refuse(at, "not base64");
        case kind::time:
            if (const auto time = parse_rfc3339(come)) {
                *to<timestamp>(field, object, key) = *time;
                return true;
            }
            return refuse(at, "not a time in the form of RFC 3339");
        case kind::enumeration:
            return store_name(at, field, object, key, come);
        case kind::int32:
        case kind::int64:
        case kind::uint32:
        case kind::number:
            return store_number(at, field, object, key, come);
        default:
            return refuse(at, "unexpected text");
        }
    }

    /// A name that this version does not know leaves the value unset.
    bool store_name(place at, const field& field, void* object, std::string_view key, std::string_view come) {
        for (const enum_name& each : field.names())
            if (each.name == come) return store_enumerator(field, object, key, each.number);
        if (std::int32_t number{}; to_integer(come, number))
            return store_enumerator(field, object, key, number);
        return !come.empty() || refuse(at, "an empty name");
    }

    /// Enumerations lie in memory as the integers they stand on.
    static bool store_enumerator(const field& field, void* object, std::string_view key,
                                 std::int32_t number) {
        std::memcpy(field.open(object, key), &number, sizeof number);
        return true;
    }

    template <class Integer, class Number>
    bool store_integer(place at, const field& field, void* object, std::string_view key, Number come) {
        Integer value{};
        if (!to_integer(come, value)) return refuse(at, "not an integer of the field's size");
        *to<Integer>(field, object, key) = value;
        return true;
    }

    template <class Number>
    bool store_double(place at, const field& field, void* object, std::string_view key, Number come) {
        double value{};
        if (!to_number(come, value)) return refuse(at, "not a number that a double can hold");
        *to<double>(field, object, key) = value;
        return true;
    }

    /// Takes a text from its opening quote on.
    place text(place at, std::string_view& found) {
        const place after = text_.take(at + 1, found);
        return after ? after : fail(text_.failed().at, text_.failed().what);
    }

    /// Takes a value that nobody wants.
    place skip(place at) {
        switch (at == end_ ? '\0' : *at) {
        case '"': {
            std::string_view ignored;
            return text(at, ignored);
        }
        case '{':
            return each(at, '}', [this](place start) -> place {
                std::string_view ignored;
                start = name(start, ignored);
                return start ? skip(start) : nullptr;
            });
        case '[':
            return each(at, ']', [this](place start) { return skip(start); });
        case 't':
            return literal(at, "true");
        case 'f':
            return literal(at, "false");
        case 'n':
            return literal(at, "null");
        default:
            return number_text(at);
        }
    }

    static constexpr const char* too_early = "incomplete JSON";

    const char* begin_;
    const char* end_;
    std::string* unknown_;
    bool is_outermost_ = true;
    bool is_in_list_ = false;
    std::size_t depth_left_;
    json_text text_;
    read_failure failure_;
};

} // namespace

std::optional<read_failure> read_json(std::string_view text, void* object, const schema& schema,
                                      std::string* unknown_field, read_limits limits) {
    reader reader{text, unknown_field, limits};
    if (reader.document(object, schema)) return {};
    return std::move(reader).failure();
}

} // namespace nakama::wire
