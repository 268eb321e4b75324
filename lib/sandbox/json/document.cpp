#include "sandbox/json/document.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace nakama::sandbox {
namespace {

std::string_view name_of(json_kind kind) {
    switch (kind) {
    case json_kind::null:
        return "null";
    case json_kind::boolean:
        return "true or false";
    case json_kind::number:
        return "a number";
    case json_kind::string:
        return "a text";
    case json_kind::array:
        return "a list";
    case json_kind::object:
        return "an object";
    }
    return "something";
}

/// Nothing unless all of `text` is a number.
std::optional<double> to_number(std::string_view text) {
    double number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

void expect(const document_value& value, json_kind wanted) {
    if (value.kind() == wanted) return;
    value.wrong("wants " + std::string{name_of(wanted)} + ", not " + std::string{name_of(value.kind())});
}

/// "3:14", counted from 1.
std::string line_and_column(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto newline = before.rfind('\n');
    const auto column = before.size() - (newline == std::string_view::npos ? 0 : newline + 1) + 1;
    return std::to_string(line) + ':' + std::to_string(column);
}

/// Where a text stops being the beginning of a document: up to there it only lacks its end.
std::size_t first_error(std::string_view text) {
    const auto is_beginning = [&](std::size_t size) {
        try {
            (void)parse_json(text.substr(0, size));
            return true;
        } catch (const malformed& input) {
            return std::string_view{input.what()} == "unexpected EOF";
        }
    };
    std::size_t good = 0, bad = text.size() + 1;
    while (bad - good > 1) {
        const std::size_t middle = good + (bad - good) / 2;
        (middle <= text.size() && is_beginning(middle) ? good : bad) = middle;
    }
    return good;
}

} // namespace

std::size_t document_source::offset_of(const json_value& value) const {
    return static_cast<std::size_t>(parsed.text.data() - text.data()) + value.begin;
}

void document_value::wrong(const std::string& why) const {
    throw std::invalid_argument{source_->name + ':' +
                                line_and_column(source_->text, source_->offset_of(*value_)) + ": " +
                                (path_.empty() ? "" : path_ + ": ") + why};
}

const std::string& document_value::text() const {
    expect(*this, json_kind::string);
    return value_->text;
}

bool document_value::flag() const {
    expect(*this, json_kind::boolean);
    return value_->text == "true";
}

std::int64_t document_value::integer(std::int64_t min, std::int64_t max) const {
    expect(*this, json_kind::number);
    std::int64_t number{};
    const char* const last = value_->text.data() + value_->text.size();
    const auto [end, failed] = std::from_chars(value_->text.data(), last, number);
    if (failed != std::errc{} || end != last || number < min || number > max)
        wrong("wants a whole number from " + std::to_string(min) + " to " + std::to_string(max) + ", not " +
              value_->text);
    return number;
}

std::chrono::milliseconds document_value::duration() const {
    constexpr double longest = 1e12; // milliseconds: 31 years
    std::string_view text = value_->text;
    double unit = 1000;
    if (kind() == json_kind::string) {
        if (text.ends_with("ms")) unit = 1;
        else if (text.ends_with('m')) unit = 60'000;
        else if (text.ends_with('h')) unit = 3'600'000;
        else if (!text.ends_with('s')) text = {};
        text.remove_suffix(std::min<std::size_t>(text.size(), text.ends_with("ms") ? 2 : 1));
    } else if (kind() != json_kind::number) {
        text = {};
    }
    const auto number = to_number(text);
    if (!number || !(*number >= 0) || *number * unit > longest)
        wrong("wants seconds, or a text as \"250ms\", \"2s\", \"1m\", \"1h\"");
    return std::chrono::milliseconds{std::llround(*number * unit)};
}

std::vector<document_value> document_value::items() const {
    expect(*this, json_kind::array);
    std::vector<document_value> result;
    for (std::size_t i = 0; i < value_->items.size(); ++i)
        result.push_back({*source_, value_->items[i], path_ + '[' + std::to_string(i) + ']'});
    return result;
}

document_object document_value::object() const {
    expect(*this, json_kind::object);
    return document_object{*this};
}

std::string document_value::json_text() const {
    if (kind() == json_kind::object)
        return source_->text.substr(source_->offset_of(*value_), value_->end - value_->begin);
    if (kind() != json_kind::string) wrong("wants an object, or one as text");
    return value_->text;
}

document_object::document_object(const document_value& object)
    : object_{object}, known_(object.value_->keys.size()) {
    const auto& keys = object_.value_->keys;
    for (std::size_t i = 0; i < keys.size(); ++i)
        for (std::size_t before = 0; before < i; ++before)
            if (keys[before].name == keys[i].name) object_.wrong('"' + keys[i].name + "\" is there twice");
}

std::optional<document_value> document_object::find(std::string_view name) {
    const json_value& object = *object_.value_;
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
        if (object.keys[i].name != name) continue;
        known_[i] = true;
        if (object.items[i].kind == json_kind::null) return {};
        const std::string path = object_.path_.empty() ? "" : object_.path_ + '.';
        return document_value{*object_.source_, object.items[i], path + std::string{name}};
    }
    return {};
}

document_value document_object::need(std::string_view name) {
    if (auto found = find(name)) return std::move(*found);
    object_.wrong("lacks \"" + std::string{name} + '"');
}

std::vector<std::pair<std::string, document_value>> document_object::members() const {
    std::vector<std::pair<std::string, document_value>> result;
    const json_value& object = *object_.value_;
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
        const std::string& name = object.keys[i].name;
        result.emplace_back(name,
                            document_value{*object_.source_, object.items[i], object_.path_ + '.' + name});
    }
    return result;
}

void document_object::finish() const {
    const auto unknown = std::ranges::find(known_, false);
    if (unknown == known_.end()) return;
    const auto& key = object_.value_->keys[static_cast<std::size_t>(unknown - known_.begin())];
    json_value place;
    place.begin = key.begin;
    document_value{*object_.source_, place, object_.path_}.wrong("there is no member \"" + key.name +
                                                                 "\" here");
}

document::document(std::string_view text, std::string_view name)
    : source_{std::make_unique<document_source>()} {
    source_->name = name;
    source_->text = text;
    try {
        source_->parsed = parse_json(source_->text);
    } catch (const malformed& input) {
        throw std::invalid_argument{source_->name + ':' +
                                    line_and_column(source_->text, first_error(source_->text)) + ": " +
                                    input.what()};
    }
    if (!is_blank(source_->parsed.rest)) {
        const auto begin = source_->text.size() - source_->parsed.rest.size();
        throw std::invalid_argument{
            source_->name + ':' +
            line_and_column(source_->text, source_->text.find_first_not_of(" \t\r\n", begin)) +
            ": something follows the document"};
    }
}

} // namespace nakama::sandbox
