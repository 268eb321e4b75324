#include "sandbox/json/json_output.hpp"

#include "sandbox/json/json_input.hpp"
#include "wire/json_writer.hpp"
#include "wire/utf8.hpp"

#include <map>

namespace nakama::sandbox {
namespace {

/// How many bytes of `text` are one character; 0 if they are none.
std::size_t character(std::string_view text) {
    for (std::size_t size = 1; size <= 4 && size <= text.size(); ++size)
        if (wire::is_utf8(text.substr(0, size))) return size;
    return 0;
}

void append_marshalled(std::string& out, const json_value& value) {
    char separator = 0;
    const auto separate = [&] {
        if (separator) out += separator;
        separator = ',';
    };
    switch (value.kind) {
    case json_kind::string:
        append_escaped(out, value.text);
        return;
    case json_kind::array:
        out += '[';
        for (const json_value& item : value.items) {
            separate();
            append_marshalled(out, item);
        }
        out += ']';
        return;
    case json_kind::object: {
        std::map<std::string_view, const json_value*> members;
        for (std::size_t i = 0; i < value.keys.size(); ++i) members[value.keys[i].name] = &value.items[i];
        out += '{';
        for (const auto& [key, item] : members) {
            separate();
            append_escaped(out, key);
            out += ':';
            append_marshalled(out, *item);
        }
        out += '}';
        return;
    }
    default:
        out += value.text;
    }
}

} // namespace

std::string marshalled(std::string_view json) {
    std::string out;
    append_marshalled(out, parse_json(json).root);
    return out;
}

void append_escaped(std::string& out, std::string_view text) {
    constexpr char hex[] = "0123456789abcdef";
    out += '"';
    while (!text.empty()) {
        const std::size_t size = character(text);
        const std::string_view one = text.substr(0, size);
        if (size == 0) {
            out += "\\ufffd";
        } else if (one == "\xe2\x80\xa8" || one == "\xe2\x80\xa9") {
            out += one == "\xe2\x80\xa8" ? "\\u2028" : "\\u2029";
        } else if (size > 1) {
            out += one;
        } else {
            const auto c = static_cast<unsigned char>(one[0]);
            switch (c) {
            case '"':
            case '\\':
                out += '\\';
                out += one;
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (c >= 0x20 && c != '<' && c != '>' && c != '&') {
                    out += one;
                } else {
                    out += "\\u00";
                    out += hex[c >> 4];
                    out += hex[c & 15];
                }
            }
        }
        text.remove_prefix(size == 0 ? 1 : size);
    }
    out += '"';
}

std::string error_body(int code, std::string_view message) {
    std::string body;
    wire::json_writer writer{body};
    writer.begin_object();
    writer.key("code");
    writer.value(code);
    writer.key("message");
    writer.value(message);
    writer.end_object();
    return body;
}

} // namespace nakama::sandbox
