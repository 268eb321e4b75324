#include "json_writer.hpp"

#include "base64.hpp"
#include "plain_text.hpp"
#include "rfc3339.hpp"
#include "utf8.hpp"

#include <nakama/error.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace nakama::wire {

void json_writer::separate() {
    if (out_.empty()) return;
    switch (out_.back()) {
    case '{':
    case '[':
    case ':':
        return;
    default:
        out_ += ',';
    }
}

void json_writer::open(char bracket) {
    separate();
    out_ += bracket;
}

void json_writer::close(char bracket) {
    out_ += bracket;
}

void json_writer::key(std::string_view name) {
    separate();
    name_ = name;
    out_ += '"';
    out_ += name;
    out_ += "\":";
}

void json_writer::entry_key(std::string_view name) {
    separate();
    name_ = name;
    quote(name);
    out_ += ':';
}

void json_writer::value(std::string_view text) {
    separate();
    quote(text);
}

void json_writer::value(bool flag) {
    separate();
    out_ += flag ? "true" : "false";
}

template <class Integer>
void json_writer::append_integer(Integer number) {
    char digits[24];
    out_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void json_writer::value(std::int32_t number) {
    separate();
    append_integer(number);
}

void json_writer::value(std::uint32_t number) {
    separate();
    append_integer(number);
}

void json_writer::value(std::int64_t number) {
    separate();
    out_ += '"';
    append_integer(number);
    out_ += '"';
}

void json_writer::value(double number) {
    if (!std::isfinite(number))
        throw error{errc::invalid_argument,
                    "the number of \"" + std::string{name_} + "\" is infinite or not a number"};
    separate();
    // As the server writes it: plainly from 1e-6 to below 1e21, beyond that with an exponent without leading
    // zero.
    const double size = std::fabs(number);
    const bool plain = size == 0 || (size >= 1e-6 && size < 1e21);
    char digits[32];
    const char* const end = std::to_chars(digits, digits + sizeof digits, number,
                                          plain ? std::chars_format::fixed : std::chars_format::scientific)
                                .ptr;
    std::string_view text{digits, static_cast<std::size_t>(end - digits)};
    if (const auto zero = text.size() - 2; !plain && text[zero] == '0') {
        out_ += text.substr(0, zero);
        text = text.substr(zero + 1);
    }
    out_ += text;
}

void json_writer::value(timestamp time) {
    separate();
    out_ += '"';
    append_rfc3339(out_, time);
    out_ += '"';
}

void json_writer::bytes(std::string_view data) {
    separate();
    out_ += '"';
    append_base64(out_, data);
    out_ += '"';
}

void json_writer::quote(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    if (skip_plain(at, end) == end) {
        const std::size_t start = out_.size();
        out_.resize(start + text.size() + 2);
        char* const to = out_.data() + start;
        *to = '"';
        std::copy(at, end, to + 1);
        to[text.size() + 1] = '"';
        return;
    }
    out_ += '"';
    for (const char* plain = at;;) {
        at = skip_plain(at, end);
        if (at != end && static_cast<unsigned char>(*at) >= 0x80) {
            const std::size_t size = character_size(at, end);
            if (size == 0)
                throw error{errc::invalid_argument,
                            "the text of \"" + std::string{name_} + "\" is not UTF-8"};
            at += size;
            continue;
        }
        out_.append(plain, static_cast<std::size_t>(at - plain));
        if (at == end) break;
        escape(*at);
        plain = ++at;
    }
    out_ += '"';
}

void json_writer::escape(char c) {
    constexpr char hex[] = "0123456789abcdef";
    out_ += '\\';
    switch (c) {
    case '"':
    case '\\':
        out_ += c;
        break;
    case '\b':
        out_ += 'b';
        break;
    case '\f':
        out_ += 'f';
        break;
    case '\n':
        out_ += 'n';
        break;
    case '\r':
        out_ += 'r';
        break;
    case '\t':
        out_ += 't';
        break;
    default:
        out_ += "u00";
        out_ += hex[static_cast<unsigned char>(c) >> 4];
        out_ += hex[c & 15];
    }
}

namespace {

/// Enumerations lie in memory as the integers they stand on.
std::int32_t enumerator(const void* value) {
    std::int32_t number{};
    std::memcpy(&number, value, sizeof number);
    return number;
}

bool is_zero(const field& field, const void* value) {
    switch (field.value) {
    case kind::string:
    case kind::bytes:
        return static_cast<const std::string*>(value)->empty();
    case kind::boolean:
        return !*static_cast<const bool*>(value);
    case kind::int32:
        return *static_cast<const std::int32_t*>(value) == 0;
    case kind::int64:
        return *static_cast<const std::int64_t*>(value) == 0;
    case kind::uint32:
        return *static_cast<const std::uint32_t*>(value) == 0;
    case kind::enumeration:
        return enumerator(value) == 0;
    case kind::number:
        return *static_cast<const double*>(value) == 0;
    case kind::time:
        return *static_cast<const timestamp*>(value) == timestamp{};
    case kind::message:
        return false;
    }
    return false;
}

void write_message(json_writer& writer, const void* object, const schema& schema);

void write_value(json_writer& writer, const field& field, const void* value) {
    switch (field.value) {
    case kind::string:
        return writer.value(std::string_view{*static_cast<const std::string*>(value)});
    case kind::bytes:
        return writer.bytes(*static_cast<const std::string*>(value));
    case kind::boolean:
        return writer.value(*static_cast<const bool*>(value));
    case kind::int32:
        return writer.value(*static_cast<const std::int32_t*>(value));
    case kind::int64:
        return writer.value(*static_cast<const std::int64_t*>(value));
    case kind::uint32:
        return writer.value(*static_cast<const std::uint32_t*>(value));
    case kind::enumeration:
        return writer.value(enumerator(value));
    case kind::number:
        return writer.value(*static_cast<const double*>(value));
    case kind::time:
        return writer.value(*static_cast<const timestamp*>(value));
    case kind::message:
        return write_message(writer, value, field.message());
    }
}

/// Whether nothing of a message would be written: such a message is taken for absent.
bool is_empty(const void* object, const schema& schema) {
    for (const field& field : schema.fields) {
        struct probe {
            const struct field& field;
            bool any = false;
        } probe{field};
        field.each(
            object,
            [](void* context, std::string_view, const void* value) {
                auto& p = *static_cast<struct probe*>(context);
                const bool absent = p.field.form == shape::plain &&
                                    (p.field.value == kind::message ? is_empty(value, p.field.message())
                                                                    : is_zero(p.field, value));
                p.any = p.any || !absent;
            },
            &probe);
        if (probe.any) return false;
    }
    return true;
}

void write_message(json_writer& writer, const void* object, const schema& schema) {
    struct context {
        json_writer& writer;
        const wire::field* field = nullptr;
        bool begun = false;
    } state{writer};
    writer.begin_object();
    for (const field& field : schema.fields) {
        state.field = &field;
        state.begun = false;
        field.each(
            object,
            [](void* context, std::string_view key, const void* value) {
                auto& s = *static_cast<struct context*>(context);
                const auto& f = *s.field;
                switch (f.form) {
                case shape::plain:
                    if (f.value == kind::message ? is_empty(value, f.message()) : is_zero(f, value)) return;
                    s.writer.key(f.name);
                    break;
                case shape::wrapped:
                case shape::alternative:
                    s.writer.key(f.name);
                    break;
                case shape::list:
                case shape::map:
                    if (!s.begun) {
                        s.writer.key(f.name);
                        f.form == shape::list ? s.writer.begin_list() : s.writer.begin_object();
                        s.begun = true;
                    }
                    if (f.form == shape::map) s.writer.entry_key(key);
                    break;
                }
                write_value(s.writer, f, value);
            },
            &state);
        if (state.begun) field.form == shape::list ? writer.end_list() : writer.end_object();
    }
    writer.end_object();
}

} // namespace

void write_json(std::string& out, const void* object, const schema& schema) {
    json_writer writer{out};
    write_message(writer, object, schema);
}

} // namespace nakama::wire
