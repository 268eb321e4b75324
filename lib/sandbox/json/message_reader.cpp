#include "sandbox/json/message_reader.hpp"

#include "sandbox/json/field_names.hpp"
#include "wire/base64.hpp"
#include "wire/rfc3339.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace nakama::sandbox {
namespace {

/// The whole number that a JSON number says, also as 1e3 or 1.0; nothing for fractions and for what is too
/// big.
std::optional<std::int64_t> whole_number(std::string_view literal) {
    const bool negative = literal.starts_with('-');
    if (negative) literal.remove_prefix(1);
    std::string digits;
    long exponent = 0;
    std::size_t i = 0;
    for (; i < literal.size() && literal[i] >= '0' && literal[i] <= '9'; ++i) digits += literal[i];
    if (digits.empty() || (digits.size() > 1 && digits[0] == '0')) return {};
    if (i < literal.size() && literal[i] == '.') {
        const std::size_t dot = i;
        for (++i; i < literal.size() && literal[i] >= '0' && literal[i] <= '9'; ++i, --exponent)
            digits += literal[i];
        if (i == dot + 1) return {};
    }
    if (i < literal.size() && (literal[i] == 'e' || literal[i] == 'E')) {
        ++i;
        if (i < literal.size() && literal[i] == '+') ++i;
        long power{};
        const auto [end, failed] =
            std::from_chars(literal.data() + i, literal.data() + literal.size(), power);
        if (failed != std::errc{} || power > 1000 || power < -1000) return {};
        exponent += power;
        i = static_cast<std::size_t>(end - literal.data());
    }
    if (i != literal.size()) return {};
    for (; exponent < 0 && digits.size() > 1 && digits.back() == '0'; ++exponent) digits.pop_back();
    const bool zero = digits.find_first_not_of('0') == std::string::npos;
    if (zero) return 0;
    if (exponent < 0 || exponent > 19) return {};
    digits.append(static_cast<std::size_t>(exponent), '0');
    if (negative) digits.insert(digits.begin(), '-');
    std::int64_t result{};
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), result);
    if (failed != std::errc{} || end != digits.data() + digits.size()) return {};
    return result;
}

/// Infinities and NaN are left out: nothing here could make use of them.
std::optional<double> finite_number(std::string_view literal) {
    double result{};
    const auto [end, failed] = std::from_chars(literal.data(), literal.data() + literal.size(), result);
    if (failed != std::errc{} || end != literal.data() + literal.size() || !std::isfinite(result)) return {};
    return result;
}

} // namespace

message_reader::message_reader(std::string_view document, const json_value& object, unknown_fields policy)
    : document_{document}, object_{&object}, policy_{policy}, known_(object.keys.size()) {
    if (object.kind != json_kind::object) unexpected(object);
}

const json_value* message_reader::find(std::string_view name) {
    const json_value* found = nullptr;
    bool seen = false;
    for (std::size_t i = 0; i < object_->keys.size(); ++i) {
        const json_key& key = object_->keys[i];
        if (!is_field(key.name, name)) continue;
        known_[i] = true;
        if (seen)
            throw malformed{"proto: " + place_in(document_, key.begin) + ": duplicate field \"" + key.name +
                            "\""};
        seen = true;
        if (object_->items[i].kind != json_kind::null) found = &object_->items[i];
    }
    return found;
}

const json_value* message_reader::find_list(std::string_view name) {
    const json_value* value = find(name);
    if (value && value->kind != json_kind::array) unexpected(*value);
    return value;
}

const json_value* message_reader::find_object(std::string_view name) {
    const json_value* value = find(name);
    if (value && value->kind != json_kind::object) unexpected(*value);
    return value;
}

void message_reader::wrong(const json_value& value, std::string_view type, std::string_view name) const {
    const bool nested = value.kind == json_kind::object || value.kind == json_kind::array;
    throw malformed{"proto: " + place_in(document_, value.begin) + ": invalid value for " +
                    std::string{type} + " field " + camel_case(name) + ": " +
                    std::string{document_.substr(value.begin, nested ? 1 : value.end - value.begin)}};
}

void message_reader::unexpected(const json_value& value) const {
    const bool nested = value.kind == json_kind::object || value.kind == json_kind::array;
    throw malformed{"proto: syntax error " + place_in(document_, value.begin) + ": unexpected token " +
                    std::string{document_.substr(value.begin, nested ? 1 : value.end - value.begin)}};
}

std::string message_reader::as_text(const json_value& value, std::string_view name) const {
    if (value.kind != json_kind::string) wrong(value, "string", name);
    return value.text;
}

std::int64_t message_reader::as_integer(const json_value& value, std::string_view type, std::string_view name,
                                        std::int64_t min, std::int64_t max) const {
    if (value.kind != json_kind::number && value.kind != json_kind::string) wrong(value, type, name);
    const auto number = whole_number(value.text);
    if (!number || *number < min || *number > max) wrong(value, type, name);
    return *number;
}

bool message_reader::as_flag(const json_value& value, std::string_view name) const {
    if (value.kind != json_kind::boolean) wrong(value, "bool", name);
    return value.text == "true";
}

std::int32_t message_reader::as_int32(const json_value& value, std::string_view name) const {
    using limits = std::numeric_limits<std::int32_t>;
    return static_cast<std::int32_t>(as_integer(value, "int32", name, limits::min(), limits::max()));
}

double message_reader::as_number(const json_value& value, std::string_view name) const {
    if (value.kind != json_kind::number && value.kind != json_kind::string) wrong(value, "double", name);
    const auto number = finite_number(value.text);
    if (!number) wrong(value, "double", name);
    return *number;
}

std::optional<std::string> message_reader::text(std::string_view name) {
    const json_value* value = find(name);
    if (!value) return {};
    return as_text(*value, name);
}

std::optional<std::string> message_reader::wrapped_text(std::string_view name) {
    const json_value* value = find(name);
    if (!value) return {};
    return as_text(*value, "value");
}

std::optional<std::string> message_reader::bytes(std::string_view name) {
    const json_value* value = find(name);
    if (!value) return {};
    if (value->kind != json_kind::string) wrong(*value, "bytes", name);
    auto decoded = wire::decode_base64(value->text);
    if (!decoded) wrong(*value, "bytes", name);
    return decoded;
}

std::optional<bool> message_reader::flag(std::string_view name) {
    const json_value* value = find(name);
    if (!value) return {};
    return as_flag(*value, name);
}

std::optional<bool> message_reader::wrapped_flag(std::string_view name) {
    const json_value* value = find(name);
    if (!value) return {};
    return as_flag(*value, "value");
}

std::optional<std::int32_t> message_reader::int32(std::string_view name) {
    const json_value* value = find(name);
    if (!value) return {};
    return as_int32(*value, name);
}

std::optional<std::int32_t> message_reader::wrapped_int32(std::string_view name) {
    const json_value* value = find(name);
    if (!value) return {};
    return as_int32(*value, "value");
}

std::optional<std::int64_t> message_reader::int64(std::string_view name) {
    using limits = std::numeric_limits<std::int64_t>;
    const json_value* value = find(name);
    if (!value) return {};
    return as_integer(*value, "int64", name, limits::min(), limits::max());
}

std::optional<timestamp> message_reader::time(std::string_view name) {
    const json_value* value = find(name);
    if (!value) return {};
    if (value->kind != json_kind::string) unexpected(*value);
    const auto time = wire::parse_rfc3339(value->text);
    if (!time)
        throw malformed{"proto: " + place_in(document_, value->begin) +
                        ": invalid google.protobuf.Timestamp value " +
                        std::string{document_.substr(value->begin, value->end - value->begin)}};
    return time;
}

std::optional<std::int32_t> message_reader::enumeration(std::string_view name,
                                                        std::span<const std::string_view> names) {
    using limits = std::numeric_limits<std::int32_t>;
    const json_value* value = find(name);
    if (!value) return {};
    if (value->kind == json_kind::number)
        return static_cast<std::int32_t>(as_integer(*value, "enum", name, limits::min(), limits::max()));
    if (value->kind != json_kind::string) wrong(*value, "enum", name);
    const auto found = std::ranges::find(names, value->text);
    if (found != names.end()) return static_cast<std::int32_t>(found - names.begin());
    if (policy_ == unknown_fields::refused) wrong(*value, "enum", name);
    return {};
}

std::vector<std::string> message_reader::texts(std::string_view name) {
    std::vector<std::string> result;
    if (const json_value* list = find_list(name))
        for (const json_value& item : list->items) result.push_back(as_text(item, name));
    return result;
}

std::optional<std::map<std::string, std::string>> message_reader::text_map(std::string_view name) {
    const json_value* object = find_object(name);
    if (!object) return {};
    std::map<std::string, std::string> result;
    for (std::size_t i = 0; i < object->keys.size(); ++i) {
        const json_key& key = object->keys[i];
        if (result.contains(key.name))
            throw malformed{"proto: " + place_in(document_, key.begin) + ": duplicate map key \"" + key.name +
                            "\""};
        result.emplace(key.name, as_text(object->items[i], "value"));
    }
    return result;
}

std::optional<std::map<std::string, double>> message_reader::number_map(std::string_view name) {
    const json_value* object = find_object(name);
    if (!object) return {};
    std::map<std::string, double> result;
    for (std::size_t i = 0; i < object->keys.size(); ++i) {
        const json_key& key = object->keys[i];
        if (result.contains(key.name))
            throw malformed{"proto: " + place_in(document_, key.begin) + ": duplicate map key \"" + key.name +
                            "\""};
        result.emplace(key.name, as_number(object->items[i], "value"));
    }
    return result;
}

std::optional<message_reader> message_reader::message(std::string_view name) {
    const json_value* value = find(name);
    if (!value) return {};
    return message_reader{document_, *value, policy_};
}

std::vector<message_reader> message_reader::messages(std::string_view name) {
    std::vector<message_reader> result;
    if (const json_value* list = find_list(name))
        for (const json_value& item : list->items) result.emplace_back(document_, item, policy_);
    return result;
}

std::string_view message_reader::json() const {
    return document_.substr(object_->begin, object_->end - object_->begin);
}

void message_reader::finish() const {
    if (policy_ == unknown_fields::ignored) return;
    for (std::size_t i = 0; i < known_.size(); ++i)
        if (!known_[i])
            throw malformed{"proto: " + place_in(document_, object_->keys[i].begin) + ": unknown field \"" +
                            object_->keys[i].name + "\""};
}

} // namespace nakama::sandbox
