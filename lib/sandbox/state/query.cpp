#include "sandbox/state/query.hpp"

#include <algorithm>
#include <charconv>

namespace nakama::sandbox {
namespace {

/// Digits, maybe with a sign before and a fraction behind them; the real server knows no other numbers.
std::optional<double> number(std::string_view text) {
    const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
    if (digits.empty() || digits.front() == '.' ||
        digits.find_first_not_of("0123456789.") != std::string_view::npos)
        return {};
    double value{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

} // namespace

class query::parser {
public:
    parser(std::string_view text, std::string_view prefix) : text_{text}, prefix_{prefix} {}

    void run(query& result) {
        if (!text_.empty() && std::ranges::all_of(text_, is_blank))
            throw bad_query{"nothing but blanks", false};
        for (skip_blanks(); !done(); skip_blanks()) {
            const std::size_t begin = at_;
            const need kind = peek() == '+' ? need::must : peek() == '-' ? need::must_not : need::liked;
            if (kind != need::liked) ++at_;
            if (done() || peek() == ':' || peek() == '"') malformed_or_unsupported(begin);
            if (peek() == '*' && (at_ + 1 == text_.size() || is_blank(text_[at_ + 1]))) {
                ++at_;
                if (kind == need::must_not) unsupported(begin);
                result.everything_ = true;
                continue;
            }
            result.terms_.push_back(read_term(kind, begin));
        }
    }

private:
    bool done() const { return at_ >= text_.size(); }
    char peek() const { return done() ? '\0' : text_[at_]; }

    void skip_blanks() {
        while (!done() && is_blank(peek())) ++at_;
    }

    [[noreturn]] void unsupported(std::size_t begin) const {
        std::size_t end = begin;
        while (end < text_.size() && !is_blank(text_[end])) ++end;
        throw bad_query{"the sandbox does not know \"" + std::string{text_.substr(begin, end - begin)} +
                            "\": use " + std::string{prefix_} +
                            "name:value, with + or - before it, and >, >=, <, <= for numbers",
                        true};
    }

    /// An operator without operand, a value without name, a quote: an open one is malformed.
    [[noreturn]] void malformed_or_unsupported(std::size_t begin) {
        if (peek() != '"') throw bad_query{"a name or value is missing", false};
        (void)quoted();
        unsupported(begin);
    }

    term read_term(need kind, std::size_t begin) {
        term result;
        result.kind = kind;
        std::string name;
        while (!done() && !is_blank(peek()) && peek() != ':') name += unescaped();
        if (peek() != ':' || !name.starts_with(prefix_) || name.size() == prefix_.size()) unsupported(begin);
        ++at_;
        result.name = name.substr(prefix_.size());

        if (peek() == '"') {
            (void)quoted();
            result.never = true;
        } else if (peek() == '>' || peek() == '<') {
            range(result, begin);
        } else {
            result.text = word(begin);
            const auto value = number(*result.text);
            if (value) {
                result.min = result.max = *value;
                result.numeric = true;
            }
        }
        boost(begin);
        return result;
    }

    char unescaped() {
        if (peek() == '\\') ++at_;
        if (done()) throw bad_query{"nothing follows a backslash", false};
        return text_[at_++];
    }

    std::string quoted() {
        std::string result;
        for (++at_; peek() != '"';) {
            if (done()) throw bad_query{"a quote is not closed", false};
            result += unescaped();
        }
        ++at_;
        return result;
    }

    std::string word(std::size_t begin) {
        std::string result;
        const bool signed_text = peek() == '+' || peek() == '-' || peek() == '=';
        if (peek() == '/') unsupported(begin); // a regular expression
        while (!done() && !is_blank(peek()) && peek() != '^') {
            if (peek() == '*' || peek() == '?' || peek() == '~') unsupported(begin);
            if (peek() == ':') throw bad_query{"a colon in a value needs a backslash before it", false};
            result += unescaped();
        }
        if (result.empty()) throw bad_query{"a value is missing", false};
        if (signed_text && !number(result)) throw bad_query{"a value begins with an operator", false};
        return result;
    }

    void range(term& result, std::size_t begin) {
        const bool above = peek() == '>';
        ++at_;
        const bool included = peek() == '=';
        if (included) ++at_;
        if (peek() == '"') unsupported(begin); // a range of dates
        const auto bound = number(word(begin));
        if (!bound) throw bad_query{"a bound is no number", false};
        result.numeric = true;
        (above ? result.min : result.max) = *bound;
        (above ? result.min_included : result.max_included) = included;
    }

    void boost(std::size_t begin) {
        if (peek() == '^') {
            std::string factor;
            for (++at_; !done() && !is_blank(peek());) factor += unescaped();
            if (!factor.empty() && !number(factor)) throw bad_query{"a boost is no number", false};
        }
        if (!done() && !is_blank(peek())) unsupported(begin);
    }

    std::string_view text_;
    std::string_view prefix_;
    std::size_t at_ = 0;
};

query::query(std::string_view text, std::string_view prefix) {
    parser{text, prefix}.run(*this);
    everything_ = everything_ || terms_.empty();
}

bool query::term::holds(const properties& ticket) const {
    if (never) return false;
    if (text) {
        const auto [begin, end] = ticket.texts.equal_range(name);
        if (std::any_of(begin, end, [&](const auto& one) { return one.second == *text; })) return true;
    }
    if (!numeric) return false;
    const auto [begin, end] = ticket.numbers.equal_range(name);
    return std::any_of(begin, end, [&](const auto& one) {
        const double value = one.second;
        return (min_included ? value >= min : value > min) && (max_included ? value <= max : value < max);
    });
}

bool query::matches(const properties& ticket) const {
    bool any_must = everything_;
    bool any_liked = false;
    bool one_liked = false;
    for (const term& one : terms_) {
        const bool holds = one.holds(ticket);
        switch (one.kind) {
        case need::must:
            if (!holds) return false;
            any_must = true;
            break;
        case need::must_not:
            if (holds) return false;
            break;
        case need::liked:
            any_liked = true;
            one_liked = one_liked || holds;
            break;
        }
    }
    // What is only liked decides nothing beside what must be, but alone one of it has to hold.
    return any_must || !any_liked || one_liked;
}

int query::score(const properties& ticket) const {
    return static_cast<int>(std::ranges::count_if(
        terms_, [&](const term& one) { return one.kind == need::liked && one.holds(ticket); }));
}

} // namespace nakama::sandbox
