#include "sandbox/json/json_input.hpp"

#include "wire/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace nakama::sandbox {
namespace {

constexpr std::string_view white = " \t\r\n";

/// Two passes of the server in one: its scanner knows nothing of UTF-8 and surrogates and complains of syntax
/// first, its decoder complains of the rest. So the decoder's first complaint is kept until the scanner is
/// done.
class parser {
public:
    parser(std::string_view text, bool lenient) : text_{text}, lenient_{lenient} {}

    json_document run() {
        at_ = std::min(text_.find_first_not_of(white), text_.size());
        text_.remove_prefix(at_);
        at_ = 0;
        json_document document;
        document.root = value(0);
        document.text = text_.substr(0, at_);
        document.rest = text_.substr(at_);
        if (complaint_ && !lenient_) throw malformed{*complaint_};
        return document;
    }

private:
    static constexpr int max_depth = 1000; // a real server goes on to 10000, with a stack that grows

    [[noreturn]] void unexpected(std::string_view context) const {
        if (at_ >= text_.size()) throw malformed{"unexpected EOF"};
        throw malformed{"invalid character " + quoted(text_[at_]) + " " + std::string{context}};
    }

    static std::string quoted(char c) {
        switch (c) {
        case '\'':
            return "'\\''";
        case '\t':
            return "'\\t'";
        case '\n':
            return "'\\n'";
        case '\r':
            return "'\\r'";
        default:
            break;
        }
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            constexpr char hex[] = "0123456789abcdef";
            return {'\'', '\\', 'x', hex[byte >> 4], hex[byte & 15], '\''};
        }
        if (byte < 0x80) return {'\'', c, '\''};
        // Taken for a code point of its own.
        return {'\'', static_cast<char>(0xc0 | (byte >> 6)), static_cast<char>(0x80 | (byte & 0x3f)), '\''};
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_white() {
        while (at_ < text_.size() && white.find(text_[at_]) != std::string_view::npos) ++at_;
    }

    /// Only the first one counts: finding the place of each would take forever where there are many.
    template <class Text>
    void complain(Text text) {
        if (!complaint_) complaint_ = text();
    }

    json_value value(int depth) {
        if (depth > max_depth) throw malformed{"exceeded max depth"};
        skip_white();
        json_value result;
        result.begin = at_;
        switch (peek()) {
        case '{':
            object(result, depth);
            break;
        case '[':
            array(result, depth);
            break;
        case '"':
            result.kind = json_kind::string;
            result.text = string();
            break;
        case 't':
            literal("true");
            result.kind = json_kind::boolean;
            break;
        case 'f':
            literal("false");
            result.kind = json_kind::boolean;
            break;
        case 'n':
            literal("null");
            result.kind = json_kind::null;
            break;
        default:
            if (peek() != '-' && (peek() < '0' || peek() > '9')) unexpected("looking for beginning of value");
            number();
            result.kind = json_kind::number;
        }
        result.end = at_;
        if (result.text.empty() && result.kind <= json_kind::number)
            result.text = text_.substr(result.begin, result.end - result.begin);
        return result;
    }

    void object(json_value& result, int depth) {
        result.kind = json_kind::object;
        ++at_;
        skip_white();
        if (peek() == '}') {
            ++at_;
            return;
        }
        for (;;) {
            skip_white();
            if (peek() != '"') unexpected("looking for beginning of object key string");
            const std::size_t begin = at_;
            result.keys.push_back({string(), begin});
            skip_white();
            if (peek() != ':') unexpected("after object key");
            ++at_;
            result.items.push_back(value(depth + 1));
            skip_white();
            if (peek() == '}') break;
            if (peek() != ',') unexpected("after object key:value pair");
            ++at_;
        }
        ++at_;
    }

    void array(json_value& result, int depth) {
        result.kind = json_kind::array;
        ++at_;
        skip_white();
        if (peek() == ']') {
            ++at_;
            return;
        }
        for (;;) {
            result.items.push_back(value(depth + 1));
            skip_white();
            if (peek() == ']') break;
            if (peek() != ',') unexpected("after array element");
            ++at_;
        }
        ++at_;
    }

    void literal(std::string_view word) {
        for (std::size_t i = 0; i < word.size(); ++i, ++at_)
            if (peek() != word[i])
                unexpected("in literal " + std::string{word} + " (expecting '" + word[i] + "')");
    }

    void digits(std::string_view context) {
        if (peek() < '0' || peek() > '9') unexpected(context);
        while (peek() >= '0' && peek() <= '9') ++at_;
    }

    void number() {
        if (peek() == '-') ++at_;
        if (peek() == '0') ++at_;
        else digits("in numeric literal");
        if (peek() == '.') {
            ++at_;
            digits("after decimal point in numeric literal");
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            if (peek() == '+' || peek() == '-') ++at_;
            digits("in exponent of numeric literal");
        }
    }

    std::string string() {
        const std::size_t begin = at_++;
        std::string result;
        while (peek() != '"' || at_ >= text_.size()) {
            if (at_ >= text_.size()) unexpected("in string literal");
            if (static_cast<unsigned char>(peek()) < 0x20) unexpected("in string literal");
            if (peek() == '\\') escape(result, begin);
            else result += text_[at_++];
        }
        ++at_;
        if (!wire::is_utf8(result)) {
            complain([&] {
                return "proto: syntax error " + place_in(text_, begin) + ": invalid UTF-8 in string";
            });
            replace_what_is_not_utf8(result);
        }
        return result;
    }

    static void replace_what_is_not_utf8(std::string& text) {
        std::string clean;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t size = 1;
            while (size < 4 && at + size < text.size() &&
                   !wire::is_utf8(std::string_view{text}.substr(at, size)))
                ++size;
            const std::string_view one = std::string_view{text}.substr(at, size);
            const bool good = wire::is_utf8(one);
            clean += good ? one : "\xef\xbf\xbd";
            at += good ? size : 1;
        }
        text = std::move(clean);
    }

    void escape(std::string& out, std::size_t begin) {
        ++at_;
        switch (peek()) {
        case 'b':
            out += '\b';
            break;
        case 'f':
            out += '\f';
            break;
        case 'n':
            out += '\n';
            break;
        case 'r':
            out += '\r';
            break;
        case 't':
            out += '\t';
            break;
        case '"':
        case '\\':
        case '/':
            out += peek();
            break;
        case 'u':
            return unicode_escape(out, begin);
        default:
            unexpected("in string escape code");
        }
        ++at_;
    }

    std::uint32_t hex4() {
        ++at_; // the 'u'
        std::uint32_t unit = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const char c = peek();
            std::uint32_t digit{};
            if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
            else if (c >= 'a' && c <= 'f') digit = static_cast<std::uint32_t>(c - 'a' + 10);
            else if (c >= 'A' && c <= 'F') digit = static_cast<std::uint32_t>(c - 'A' + 10);
            else unexpected("in \\u hexadecimal character escape");
            unit = unit * 16 + digit;
        }
        return unit;
    }

    void unicode_escape(std::string& out, std::size_t begin) {
        std::uint32_t point = hex4();
        if (point >= 0xd800 && point < 0xe000) {
            const bool paired = point < 0xdc00 && text_.substr(at_, 2) == "\\u";
            const std::size_t second = at_;
            std::uint32_t low = 0;
            if (paired) {
                ++at_;
                low = hex4();
            }
            if (low >= 0xdc00 && low < 0xe000) {
                point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
            } else {
                // The decoder looks for the other half before it looks for the end of the string.
                complain([&] {
                    return text_.size() - second < 6 ? "proto: unexpected EOF"
                                                     : "proto: syntax error " + place_in(text_, begin) +
                                                           ": invalid escape code in string";
                });
                at_ = second;
                point = 0xfffd;
            }
        }
        if (point < 0x80) {
            out += static_cast<char>(point);
        } else if (point < 0x800) {
            out += static_cast<char>(0xc0 | (point >> 6));
            out += static_cast<char>(0x80 | (point & 0x3f));
        } else if (point < 0x10000) {
            out += static_cast<char>(0xe0 | (point >> 12));
            out += static_cast<char>(0x80 | ((point >> 6) & 0x3f));
            out += static_cast<char>(0x80 | (point & 0x3f));
        } else {
            out += static_cast<char>(0xf0 | (point >> 18));
            out += static_cast<char>(0x80 | ((point >> 12) & 0x3f));
            out += static_cast<char>(0x80 | ((point >> 6) & 0x3f));
            out += static_cast<char>(0x80 | (point & 0x3f));
        }
    }

    std::string_view text_;
    bool lenient_;
    std::size_t at_ = 0;
    std::optional<std::string> complaint_;
};

} // namespace

json_document parse_json(std::string_view text) {
    return parser{text, false}.run();
}

json_document parse_lenient(std::string_view text) {
    return parser{text, true}.run();
}

bool is_blank(std::string_view text) noexcept {
    return text.find_first_not_of(white) == std::string_view::npos;
}

std::string place_in(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto start = before.rfind('\n');
    const std::string_view last = start == std::string_view::npos ? before : before.substr(start + 1);
    const auto column = std::count_if(last.begin(), last.end(),
                                      [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }) +
                        1;
    return "(line " + std::to_string(line) + ":" + std::to_string(column) + ")";
}

} // namespace nakama::sandbox
