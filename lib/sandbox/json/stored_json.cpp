#include "sandbox/json/stored_json.hpp"

#include "sandbox/json/json_input.hpp"
#include "wire/json_writer.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>
#include <utility>

namespace nakama::sandbox {
namespace {

constexpr long most_digits = 131072;       // before the point
constexpr long most_decimals = 16383;      // behind it
constexpr long most_exponent = 0x3fffffff; // as it is written

[[noreturn]] void refuse_number() {
    throw malformed{"a number is beyond what the database keeps"};
}

/// A database's numbers have no exponents, and zero has no sign; digits behind the point stay.
std::string plain_number(std::string_view literal) {
    const bool negative = literal.starts_with('-');
    if (negative) literal.remove_prefix(1);
    const auto e = std::min(literal.find_first_of("eE"), literal.size());
    std::string digits{literal.substr(0, e)};
    long exponent = 0;
    if (e < literal.size()) {
        std::string_view power = literal.substr(e + 1);
        if (power.starts_with('+')) power.remove_prefix(1);
        const auto [end, failed] = std::from_chars(power.data(), power.data() + power.size(), exponent);
        if (failed != std::errc{} || exponent >= most_exponent || exponent <= -most_exponent) refuse_number();
    }
    // Digits alone, and how many of them are before the point.
    const auto written = std::min(digits.find('.'), digits.size());
    if (written < digits.size()) digits.erase(written, 1);
    const auto zeros = std::min(digits.find_first_not_of('0'), digits.size());
    long point = static_cast<long>(written) + exponent - static_cast<long>(zeros);
    digits.erase(0, zeros);
    const bool zero = digits.empty();
    const long decimals = std::max(0L, static_cast<long>(digits.size()) - point);
    if (decimals > most_decimals || (!zero && point > most_digits)) refuse_number();
    if (zero) point = -decimals;

    if (point <= 0) {
        digits.insert(0, static_cast<std::size_t>(-point), '0');
        digits.insert(0, 1, '0');
        point = 1;
    } else if (digits.size() < static_cast<std::size_t>(point)) {
        digits.append(static_cast<std::size_t>(point) - digits.size(), '0');
    }
    if (decimals > 0) digits.insert(static_cast<std::size_t>(point), 1, '.');
    return (negative && !zero ? "-" : "") + digits;
}

void append_text(std::string& out, const std::string& text) {
    if (text.find('\0') != std::string::npos) throw malformed{"the database keeps no text with NUL in it"};
    std::string quoted; // a writer sets commas by what is before it
    wire::json_writer{quoted}.value(text);
    out += quoted;
}

void append_normalised(std::string& out, const json_value& value) {
    switch (value.kind) {
    case json_kind::number:
        out += plain_number(value.text);
        return;
    case json_kind::string:
        append_text(out, value.text);
        return;
    case json_kind::array:
        out += '[';
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            if (i > 0) out += ", ";
            append_normalised(out, value.items[i]);
        }
        out += ']';
        return;
    case json_kind::object: {
        std::map<std::pair<std::size_t, std::string_view>, std::size_t> members; // later ones win
        for (std::size_t i = 0; i < value.keys.size(); ++i) {
            const std::string& name = value.keys[i].name;
            members[{name.size(), name}] = i;
        }
        out += '{';
        bool first = true;
        for (const auto& [key, i] : members) {
            if (!first) out += ", ";
            first = false;
            append_text(out, value.keys[i].name);
            out += ": ";
            append_normalised(out, value.items[i]);
        }
        out += '}';
        return;
    }
    default:
        out += value.text;
    }
}

json_value as_list(json_value value) {
    if (value.kind == json_kind::array) return value;
    json_value list{.kind = json_kind::array};
    list.items.push_back(std::move(value));
    return list;
}

} // namespace

std::string normalised(std::string_view json) {
    const json_document document = parse_json(json);
    if (!is_blank(document.rest)) throw malformed{"something follows the value"};
    std::string out;
    append_normalised(out, document.root);
    return out;
}

std::optional<std::string> storable(std::string_view json) {
    try {
        return normalised(json);
    } catch (const malformed&) {
        return {};
    }
}

bool holds_object(std::string_view text) {
    try {
        const json_document document = parse_lenient(text);
        return document.root.kind == json_kind::object && is_blank(document.rest);
    } catch (const malformed&) {
        return false;
    }
}

std::optional<std::string> storable_object(std::string_view json) {
    auto kept = storable(json);
    if (kept && !kept->starts_with('{')) kept.reset();
    return kept;
}

std::string merged(const std::string& old, const std::string& added) {
    json_value base = parse_json(old).root;
    json_value more = parse_json(added).root;
    if (base.kind == json_kind::object && more.kind == json_kind::object) {
        for (std::size_t i = 0; i < more.keys.size(); ++i) {
            base.keys.push_back(more.keys[i]);
            base.items.push_back(more.items[i]); // later keys win
        }
    } else {
        base = as_list(std::move(base));
        for (json_value& item : as_list(std::move(more)).items) base.items.push_back(std::move(item));
    }
    std::string out;
    append_normalised(out, base);
    return out;
}

} // namespace nakama::sandbox
