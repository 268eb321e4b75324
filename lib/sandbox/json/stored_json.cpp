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
        constexpr long most_digits = 16383;
        const auto [end, failed] = std::from_chars(power.data(), power.data() + power.size(), exponent);
        if (failed != std::errc{} || exponent > most_digits || exponent < -most_digits)
            throw malformed{"a number is too large to be kept"};
    }
    auto point = std::min(digits.find('.'), digits.size());
    if (point < digits.size()) digits.erase(point, 1);
    if (exponent > 0) {
        const auto shift = static_cast<std::size_t>(exponent);
        if (digits.size() < point + shift) digits.append(point + shift - digits.size(), '0');
        point += shift;
    } else if (exponent < 0) {
        const auto shift = static_cast<std::size_t>(-exponent);
        if (shift >= point) {
            digits.insert(0, shift - point + 1, '0');
            point = 1;
        } else {
            point -= shift;
        }
    }
    const auto leading = std::min(digits.find_first_not_of('0'), point - 1);
    digits.erase(0, leading);
    point -= leading;
    const bool zero = digits.find_first_not_of('0') == std::string::npos;
    if (point < digits.size()) digits.insert(point, 1, '.');
    return (negative && !zero ? "-" : "") + digits;
}

void append_quoted(std::string& out, std::string_view text) {
    std::string quoted; // apart, for the writer puts commas before what follows something
    wire::json_writer{quoted}.value(text);
    out += quoted;
}

void append_normalised(std::string& out, const json_value& value) {
    switch (value.kind) {
    case json_kind::number:
        out += plain_number(value.text);
        return;
    case json_kind::string:
        append_quoted(out, value.text);
        return;
    case json_kind::array: {
        out += '[';
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            if (i > 0) out += ", ";
            append_normalised(out, value.items[i]);
        }
        out += ']';
        return;
    }
    case json_kind::object: {
        std::map<std::pair<std::size_t, std::string>, const json_value*> members;
        for (std::size_t i = 0; i < value.keys.size(); ++i)
            members[{value.keys[i].name.size(), value.keys[i].name}] = &value.items[i];
        out += '{';
        bool first = true;
        for (const auto& [key, item] : members) {
            out += first ? "" : ", ";
            append_quoted(out, key.second);
            out += ": ";
            append_normalised(out, *item);
            first = false;
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
    std::string out;
    append_normalised(out, parse_json(json).root);
    return out;
}

bool holds_object(std::string_view text) {
    try {
        const json_document document = parse_lenient(text);
        return document.root.kind == json_kind::object && is_blank(document.rest);
    } catch (const malformed&) {
        return false;
    }
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
