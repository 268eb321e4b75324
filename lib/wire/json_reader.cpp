#include "json_reader.hpp"

#include "base64.hpp"
#include "rfc3339.hpp"

#include <boost/container/small_vector.hpp>
#include <boost/json/basic_parser_impl.hpp>

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace nakama::wire {
namespace {

using boost::system::error_code;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Whether `key` is `name` in snake_case or in camelCase.
bool names(std::string_view key, std::string_view name) {
    if (key == name) return true;
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
bool to_integer(std::string_view from, Integer& to) {
    const char* last = from.data() + from.size();
    auto [end, error] = std::from_chars(from.data(), last, to);
    if (error == std::errc{} && end == last) return true;
    double number{};
    auto [number_end, number_error] = std::from_chars(from.data(), last, number);
    return number_error == std::errc{} && number_end == last && to_integer(number, to);
}

class handler {
public:
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    handler(void* object, const schema& schema, std::string* unknown)
        : root_{object}, root_schema_{schema}, unknown_{unknown} {}

    std::optional<read_failure> failure;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }

    bool on_object_begin(error_code& ec) {
        if (skipped_ > 0 || skips_value()) return ++skipped_, true;
        if (levels_.empty()) {
            levels_.push_back({.object = root_, .layout = &root_schema_});
            return true;
        }
        level& top = levels_.back();
        if (top.current->form == shape::map && !top.map) {
            levels_.push_back({.object = top.object, .map = top.current});
            return true;
        }
        if (top.current->value != kind::message) return fail(ec, "an object where there should be none");
        if (top.current->form == shape::list && !top.inside) return fail(ec, "an object instead of a list");
        levels_.push_back({.object = place(top), .layout = &top.current->message()});
        return true;
    }

    bool on_object_end(std::size_t, error_code&) {
        if (skipped_ > 0) return --skipped_, true;
        levels_.pop_back();
        return true;
    }

    bool on_array_begin(error_code& ec) {
        if (skipped_ > 0 || (!levels_.empty() && skips_value())) return ++skipped_, true;
        if (levels_.empty()) return fail(ec, "a list instead of an object");
        level& top = levels_.back();
        if (top.current->form != shape::list || top.inside)
            return fail(ec, "a list where there should be none");
        top.inside = true;
        top.index = 0;
        return true;
    }

    bool on_array_end(std::size_t, error_code&) {
        if (skipped_ > 0) return --skipped_, true;
        levels_.back().inside = false;
        return true;
    }

    bool on_key_part(boost::json::string_view part, std::size_t, error_code&) {
        if (skipped_ == 0) text_.append(part.data(), part.size());
        return true;
    }

    bool on_key(boost::json::string_view part, std::size_t, error_code&) {
        if (skipped_ > 0) return true;
        const std::string_view key = whole(part);
        level& top = levels_.back();
        if (top.map) {
            top.current = top.map;
            top.key.assign(key);
        } else {
            top.current = find(top, key);
            if (!top.current && levels_.size() == 1 && unknown_ && unknown_->empty()) unknown_->assign(key);
        }
        text_.clear();
        return true;
    }

    bool on_string_part(boost::json::string_view part, std::size_t, error_code&) {
        if (takes_value()) text_.append(part.data(), part.size());
        return true;
    }

    bool on_string(boost::json::string_view part, std::size_t, error_code& ec) {
        if (!takes_value()) return levels_.empty() ? fail(ec, "text instead of an object") : true;
        const bool stored = store_text(ec, whole(part));
        text_.clear();
        return stored;
    }

    bool on_number_part(boost::json::string_view, error_code&) { return true; }

    bool on_int64(std::int64_t value, boost::json::string_view, error_code& ec) {
        return store_number(ec, value);
    }
    bool on_uint64(std::uint64_t value, boost::json::string_view, error_code& ec) {
        return store_number(ec, static_cast<double>(value));
    }
    bool on_double(double value, boost::json::string_view, error_code& ec) { return store_number(ec, value); }

    bool on_bool(bool value, error_code& ec) {
        if (!takes_value()) return levels_.empty() ? fail(ec, "a boolean instead of an object") : true;
        if (!single(ec)) return false;
        level& top = levels_.back();
        if (top.current->value != kind::boolean) return fail(ec, "an unexpected boolean");
        *static_cast<bool*>(place(top)) = value;
        return true;
    }

    bool on_null(error_code& ec) { return levels_.empty() ? fail(ec, "null instead of an object") : true; }

    bool on_comment_part(boost::json::string_view, error_code&) { return true; }
    bool on_comment(boost::json::string_view, error_code&) { return true; }

    std::string path() const {
        std::string result;
        for (const level& at : levels_) {
            if (!at.current) break;
            // The element that the next level belongs to has been counted already.
            const std::size_t index = &at == &levels_.back() ? at.index : at.index - 1;
            if (at.map) {
                result += '.' + at.key;
                continue;
            }
            if (!result.empty()) result += '.';
            result += at.current->name;
            if (at.current->form == shape::list && at.inside) result += '[' + std::to_string(index) + ']';
        }
        return result;
    }

private:
    struct level {
        void* object = nullptr;
        const schema* layout = nullptr; // of a message
        const field* map = nullptr;     // of a map's entries
        const field* current = nullptr; // null while the value belongs to an unknown field
        bool inside = false;            // within the current field's list
        std::size_t index = 0;          // of a list's next element
        std::size_t next = 0;           // where the next key is expected: servers keep the order
        std::string key{};              // of a map's entry
    };

    static const field* find(level& top, std::string_view key) {
        const auto fields = top.layout->fields;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const std::size_t at = (top.next + i) % fields.size();
            if (!names(key, fields[at].name)) continue;
            top.next = at + 1;
            return &fields[at];
        }
        return nullptr;
    }

    bool skips_value() const { return !levels_.empty() && !levels_.back().current; }
    bool takes_value() const { return skipped_ == 0 && !levels_.empty() && levels_.back().current; }

    /// The whole of a text that the parser may have delivered in parts.
    std::string_view whole(boost::json::string_view last) {
        if (text_.empty()) return {last.data(), last.size()};
        text_.append(last.data(), last.size());
        return text_;
    }

    void* place(level& top) {
        if (top.inside) ++top.index;
        return top.current->open(top.object, top.key);
    }

    bool single(error_code& ec) {
        const level& top = levels_.back();
        if (top.map) return true;
        if (top.current->form == shape::list && !top.inside)
            return fail(ec, "a single value instead of a list");
        if (top.current->form == shape::map) return fail(ec, "a single value instead of a map");
        return true;
    }

    bool store_text(error_code& ec, std::string_view text) {
        if (!single(ec)) return false;
        level& top = levels_.back();
        switch (top.current->value) {
        case kind::string:
            static_cast<std::string*>(place(top))->assign(text);
            return true;
        case kind::bytes:
            return decode_base64(text, *static_cast<std::string*>(place(top))) || fail(ec, "not base64");
        case kind::time:
            if (auto time = parse_rfc3339(text)) {
                *static_cast<timestamp*>(place(top)) = *time;
                return true;
            }
            return fail(ec, "not a time in the form of RFC 3339");
        case kind::int32:
            return store_integer<std::int32_t>(ec, text);
        case kind::int64:
            return store_integer<std::int64_t>(ec, text);
        case kind::uint32:
            return store_integer<std::uint32_t>(ec, text);
        case kind::enumeration:
            return store_name(ec, text);
        case kind::number: {
            double number{};
            auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error != std::errc{} || end != text.data() + text.size()) return fail(ec, "not a number");
            *static_cast<double*>(place(top)) = number;
            return true;
        }
        case kind::boolean:
        case kind::message:
            break;
        }
        return fail(ec, "unexpected text");
    }

    /// A name that this version does not know leaves the value unset.
    bool store_name(error_code& ec, std::string_view text) {
        for (const enum_name& each : levels_.back().current->names())
            if (each.name == text) return store_enumerator(each.number);
        std::int32_t number{};
        if (to_integer(text, number)) return store_enumerator(number);
        return text.empty() ? fail(ec, "an empty name") : true;
    }

    /// Enumerations lie in memory as the integers they stand on.
    bool store_enumerator(std::int32_t number) {
        std::memcpy(place(levels_.back()), &number, sizeof number);
        return true;
    }

    template <class Integer, class From>
    bool store_integer(error_code& ec, From from) {
        Integer value{};
        if (!to_integer(from, value)) return fail(ec, "not an integer of the field's size");
        *static_cast<Integer*>(place(levels_.back())) = value;
        return true;
    }

    template <class Number>
    bool store_number(error_code& ec, Number value) {
        if (!takes_value()) return levels_.empty() ? fail(ec, "a number instead of an object") : true;
        if (!single(ec)) return false;
        level& top = levels_.back();
        switch (top.current->value) {
        case kind::int32:
            return store_integer<std::int32_t>(ec, static_cast<double>(value));
        case kind::uint32:
            return store_integer<std::uint32_t>(ec, static_cast<double>(value));
        case kind::enumeration:
            if (std::int32_t number{}; to_integer(static_cast<double>(value), number))
                return store_enumerator(number);
            return fail(ec, "not an integer of the field's size");
        case kind::int64:
            if constexpr (std::same_as<Number, std::int64_t>) {
                *static_cast<std::int64_t*>(place(top)) = value;
                return true;
            } else {
                return store_integer<std::int64_t>(ec, value);
            }
        case kind::number:
            *static_cast<double*>(place(top)) = static_cast<double>(value);
            return true;
        default:
            return fail(ec, "an unexpected number");
        }
    }

    bool fail(error_code& ec, std::string_view what) {
        failure = read_failure{.where = path(), .what = std::string{what}};
        ec = boost::json::error::exception; // any code stops the parser; the reason is kept in `failure`
        return false;
    }

    void* root_;
    const schema& root_schema_;
    std::string* unknown_;
    boost::container::small_vector<level, 8> levels_; // on the stack, for all but the strangest messages
    std::size_t skipped_ = 0;                         // depth within a value that nobody wants
    std::string text_;
};

} // namespace

std::optional<read_failure> read_json(std::string_view text, void* object, const schema& schema,
                                      std::string* unknown_field, read_limits limits) {
    boost::json::parse_options options;
    options.max_depth = limits.depth;
    boost::json::basic_parser<handler> parser{options, object, schema, unknown_field};
    error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    handler& state = parser.handler();
    if (!error && used < text.size())
        return read_failure{.what = "text after the end of the value", .offset = used};
    if (!error) return {};
    if (!state.failure) state.failure = read_failure{.where = state.path(), .what = error.message()};
    state.failure->offset = used;
    return std::move(state.failure);
}

} // namespace nakama::wire
