// Members of a seed's objects: what is not there stays as it was.
#pragma once

#include "sandbox/json/document.hpp"

#include <nakama/timestamp.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace nakama::sandbox {

void read_text(document_object& from, std::string_view name, std::string& to);
/// An object, or one as text.
void read_json(document_object& from, std::string_view name, std::string& to);
void read_flag(document_object& from, std::string_view name, bool& to);
void read_number(document_object& from, std::string_view name, std::int32_t& to);
void read_number(document_object& from, std::string_view name, std::int64_t& to);
void read_time(document_object& from, std::string_view name, timestamp& to);

template <class Enum>
using named_values = std::span<const std::pair<std::string_view, Enum>>;

template <class Enum>
Enum read_named(const document_value& value, named_values<Enum> names) {
    std::string all;
    for (const auto& [name, meant] : names) {
        if (value.text() == name) return meant;
        if (!all.empty()) all += &name == &names.back().first ? " or " : ", ";
        all += '"' + std::string{name} + '"';
    }
    value.wrong("wants " + all);
}

} // namespace nakama::sandbox
