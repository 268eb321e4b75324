#include "sandbox/state/label.hpp"

#include "sandbox/json/json_input.hpp"

#include <charconv>
#include <system_error>

namespace nakama::sandbox {
namespace {

void collect(const json_value& value, const std::string& path, properties& label) {
    switch (value.kind) {
    case json_kind::null:
        break;
    case json_kind::boolean:
        label.texts.emplace(path, value.text == "true" ? "T" : "F");
        break;
    case json_kind::number: {
        double number{};
        const char* const end = value.text.data() + value.text.size();
        if (std::from_chars(value.text.data(), end, number).ec == std::errc{})
            label.numbers.emplace(path, number);
        break;
    }
    case json_kind::string:
        label.texts.emplace(path, value.text);
        break;
    case json_kind::array:
        for (const json_value& item : value.items) collect(item, path, label);
        break;
    case json_kind::object:
        for (std::size_t i = 0; i < value.items.size(); ++i)
            collect(value.items[i], path.empty() ? value.keys[i].name : path + '.' + value.keys[i].name,
                    label);
        break;
    }
}

} // namespace

properties properties_of_label(const std::string& label) {
    properties result;
    try {
        const json_document document = parse_lenient(label);
        if (document.root.kind == json_kind::object && is_blank(document.rest))
            collect(document.root, {}, result);
    } catch (const malformed&) {
        // Any text may be a label.
    }
    return result;
}

} // namespace nakama::sandbox
