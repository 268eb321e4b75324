#include "percent.hpp"

#include "utf8.hpp"

#include <nakama/error.hpp>

namespace nakama::wire {
namespace {

bool is_unreserved(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

void check(std::string_view name, std::string_view value) {
    if (!is_utf8(value))
        throw error{errc::invalid_argument, "the text of \"" + std::string{name} + "\" is not UTF-8"};
}

} // namespace

void append_percent(std::string& out, std::string_view text) {
    constexpr char hex[] = "0123456789ABCDEF";
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
}

std::optional<std::string> decode_percent(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] == '%') {
            if (i + 2 >= text.size()) return {};
            const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return {};
            out += static_cast<char>(high << 4 | low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

target& target::segment(std::string_view name, std::string_view value) {
    check(name, value);
    if (value.empty()) throw error{errc::invalid_argument, "\"" + std::string{name} + "\" must not be empty"};
    text_ += '/';
    append_percent(text_, value);
    return *this;
}

target& target::query(std::string_view name, std::string_view value) {
    if (value.empty()) return *this;
    check(name, value);
    append_query(name, value);
    return *this;
}

target& target::query(std::string_view name, std::optional<std::string_view> value) {
    if (!value) return *this;
    check(name, *value);
    append_query(name, *value);
    return *this;
}

target& target::query(std::string_view name, text_list values) {
    for (const auto value : values) {
        check(name, value);
        append_query(name, value);
    }
    return *this;
}

target& target::parameter(std::string_view name, std::string_view value) {
    check("name of a parameter", name);
    check(name, value);
    std::string escaped;
    append_percent(escaped, name);
    append_query(escaped, value);
    return *this;
}

void target::append_query(std::string_view name, std::string_view value) {
    text_ += separator_;
    separator_ = '&';
    text_ += name;
    text_ += '=';
    append_percent(text_, value);
}

} // namespace nakama::wire
