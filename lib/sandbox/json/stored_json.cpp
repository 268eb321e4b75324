#include "sandbox/json/stored_json.hpp"

#include "sandbox/json/json_input.hpp"
#include "wire/json_writer.hpp"

#include <map>
#include <utility>

namespace nakama::sandbox {
namespace {

void append_normalised(std::string& out, const json_value& value) {
    switch (value.kind) {
    case json_kind::string: {
        wire::json_writer{out}.value(value.text);
        return;
    }
    case json_kind::array: {
        out += '[';
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            if (i > 0) out += ", ";
            std::string item;
            append_normalised(item, value.items[i]);
            out += item;
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
            std::string text;
            wire::json_writer{text}.value(key.second);
            text += ": ";
            std::string content;
            append_normalised(content, *item);
            out += first ? "" : ", ";
            out += text + content;
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
