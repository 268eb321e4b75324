#include "sandbox/http/http_message.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/json/field_names.hpp"
#include "wire/percent.hpp"
#include "wire/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <stdexcept>
#include <type_traits>

namespace nakama::sandbox {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The first escape that is none, with what the server quotes of it.
std::string bad_escape(std::string_view text) {
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'f'); };
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '%' && (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])))
            return std::string{text.substr(i, 3)};
    return {};
}

struct raw_parameter {
    std::string_view name;
    std::string_view value;
};

template <class Each>
void for_each_parameter(std::string_view query, Each each) {
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view part = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (part.empty()) continue;
        const auto equals = std::min(part.find('='), part.size());
        each(part, raw_parameter{part.substr(0, equals), part.substr(std::min(equals + 1, part.size()))});
    }
}

void check_utf8(std::string_view text) {
    if (!wire::is_utf8(text))
        throw refusal{code::internal, "grpc: error while marshaling: string field contains invalid UTF-8"};
}

[[noreturn]] void unreadable(std::string_view name, const std::string& parser, const std::string& value,
                             const std::string& why) {
    throw refusal{code::invalid_argument, "parsing field \"" + std::string{name} + "\": strconv." + parser +
                                              ": parsing \"" + value + "\": " + why};
}

template <class Integer>
std::optional<Integer> integer(std::string_view name, const std::optional<std::string>& value) {
    if (!value) return {};
    constexpr bool is_signed = std::is_signed_v<Integer>;
    const char* const parser = is_signed ? "ParseInt" : "ParseUint";
    std::string_view digits = *value;
    if (is_signed && digits.starts_with('+') && !digits.starts_with("+-")) digits.remove_prefix(1);
    Integer number{};
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failed == std::errc::invalid_argument || end != digits.data() + digits.size())
        unreadable(name, parser, *value, "invalid syntax");
    if (failed == std::errc::result_out_of_range) unreadable(name, parser, *value, "value out of range");
    return number;
}

} // namespace

const std::string& http_request::path_value(std::string_view name) const {
    for (const auto& [key, value] : path_values) {
        if (key != name) continue;
        check_utf8(value);
        return value;
    }
    throw std::logic_error{"no route has a part {" + std::string{name} + "} in its path"};
}

std::vector<std::string> http_request::header(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : headers)
        if (std::ranges::equal(key, name, {}, lower)) values.push_back(value);
    return values;
}

query_parameters query_parameters::lenient(std::string_view query) {
    query_parameters result;
    for_each_parameter(query, [&](std::string_view part, raw_parameter raw) {
        auto name = wire::decode_percent(raw.name, true);
        auto value = wire::decode_percent(raw.value, true);
        if (name && value && part.find(';') == std::string_view::npos)
            result.values_.emplace_back(std::move(*name), std::move(*value));
    });
    return result;
}

query_parameters query_parameters::strict(std::string_view query) {
    for_each_parameter(query, [](std::string_view part, raw_parameter raw) {
        if (part.find(';') != std::string_view::npos)
            throw refusal{code::invalid_argument, "invalid semicolon separator in query"};
        for (const std::string_view text : {raw.name, raw.value})
            if (!wire::decode_percent(text, true))
                throw refusal{code::invalid_argument, "invalid URL escape \"" + bad_escape(text) + "\""};
    });
    return lenient(query);
}

bool query_parameters::has(std::string_view name) const {
    return std::ranges::any_of(values_, [&](const auto& value) { return value.first == name; });
}

std::string query_parameters::first(std::string_view name) const {
    for (const auto& [key, value] : values_)
        if (key == name) return value;
    return {};
}

std::map<std::string, std::vector<std::string>> query_parameters::all() const {
    std::map<std::string, std::vector<std::string>> result;
    for (const auto& [name, value] : values_) result[name].push_back(value);
    return result;
}

std::vector<std::string> query_parameters::texts(std::string_view name) const {
    std::vector<std::string> result;
    for (const auto& [key, value] : values_) {
        // What stands in brackets after a name comes before its value: that is how maps are written.
        const auto bracket = key.ends_with(']') ? key.rfind('[') : std::string::npos;
        if (!is_field(std::string_view{key}.substr(0, bracket), name)) continue;
        if (bracket != std::string::npos) result.push_back(key.substr(bracket + 1, key.size() - bracket - 2));
        result.push_back(value);
    }
    for (const std::string& text : result) check_utf8(text);
    return result;
}

std::optional<std::string> query_parameters::text(std::string_view name) const {
    std::vector<std::string> values = texts(name);
    if (values.empty()) return {};
    if (values.size() == 1) return std::move(values.front());
    std::string list;
    for (const std::string& value : values) list += (list.empty() ? "" : ", ") + value;
    throw refusal{code::invalid_argument, "too many values for field \"" + std::string{name} + "\": " + list};
}

std::optional<bool> query_parameters::flag(std::string_view name) const {
    const auto value = text(name);
    if (!value) return {};
    for (const std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"})
        if (*value == yes) return true;
    for (const std::string_view no : {"0", "f", "F", "FALSE", "false", "False"})
        if (*value == no) return false;
    unreadable(name, "ParseBool", *value, "invalid syntax");
}

std::optional<std::int32_t> query_parameters::int32(std::string_view name) const {
    return integer<std::int32_t>(name, text(name));
}

std::optional<std::int64_t> query_parameters::int64(std::string_view name) const {
    return integer<std::int64_t>(name, text(name));
}

std::optional<std::uint32_t> query_parameters::uint32(std::string_view name) const {
    return integer<std::uint32_t>(name, text(name));
}

std::string canonical_header(std::string_view name) {
    while (name.starts_with(' ') || name.starts_with('\t')) name.remove_prefix(1);
    while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
    std::string result{name};
    bool first = true;
    for (char& c : result) {
        if (first && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        else if (!first) c = lower(c);
        first = c == '-';
    }
    return result;
}

int http_status(int grpc_code) noexcept {
    constexpr std::array statuses{200, 499, 500, 400, 504, 404, 409, 403, 429,
                                  400, 409, 400, 501, 500, 503, 500, 401};
    const auto index = static_cast<std::size_t>(grpc_code);
    return grpc_code >= 0 && index < statuses.size() ? statuses[index] : 500;
}

} // namespace nakama::sandbox
