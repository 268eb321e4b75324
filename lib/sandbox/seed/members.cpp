#include "sandbox/seed/members.hpp"

#include "wire/rfc3339.hpp"

#include <limits>

namespace nakama::sandbox {
namespace {

template <class Number>
void read_integer(document_object& from, std::string_view name, Number& to) {
    if (const auto given = from.find(name))
        to = static_cast<Number>(
            given->integer(std::numeric_limits<Number>::min(), std::numeric_limits<Number>::max()));
}

} // namespace

void read_text(document_object& from, std::string_view name, std::string& to) {
    if (const auto given = from.find(name)) to = given->text();
}

void read_json(document_object& from, std::string_view name, std::string& to) {
    if (const auto given = from.find(name)) to = given->json_text();
}

void read_flag(document_object& from, std::string_view name, bool& to) {
    if (const auto given = from.find(name)) to = given->flag();
}

void read_number(document_object& from, std::string_view name, std::int32_t& to) {
    read_integer(from, name, to);
}

void read_number(document_object& from, std::string_view name, std::int64_t& to) {
    read_integer(from, name, to);
}

void read_time(document_object& from, std::string_view name, timestamp& to) {
    const auto given = from.find(name);
    if (!given) return;
    const auto time = wire::parse_rfc3339(given->text());
    if (!time) given->wrong("wants a time as \"2026-12-24T18:00:00Z\"");
    to = *time;
}

} // namespace nakama::sandbox
