// The query language of the matchmaker and of listings, as far as it is used every day.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

/// What a ticket of the matchmaker says about its users, or a label about what has it.
struct properties {
    std::multimap<std::string, std::string> texts{};
    std::multimap<std::string, double> numbers{};
};

/// A query that cannot be read, or that asks for what is not served here.
class bad_query : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
    bad_query(const std::string& text, bool understood) : invalid_argument{text}, understood_{understood} {}
    /// Whether a real server would have understood it.
    bool understood() const noexcept { return understood_; }

private:
    bool understood_ = false;
};

/// `*`, or terms apart by blanks: `+` before what must be, `-` before what must not be, nothing before what
/// is liked. A term is `properties.name:` (in listings `label.name:`) and a text, a plain number, or `>`,
/// `>=`, `<`, `<=` and a plain number. A backslash takes the next character as it is. A boost, `^2`, is
/// accepted and ignored. A "quoted text" is accepted and holds for nobody: properties are not split into
/// words, which is what the real server looks for.
class query {
public:
    /// Throws bad_query.
    explicit query(std::string_view text, std::string_view prefix = "properties.");

    [[nodiscard]] bool matches(const properties& ticket) const;

    /// How many of the liked terms hold.
    [[nodiscard]] int score(const properties& ticket) const;

private:
    enum class need { liked, must, must_not };

    struct term {
        need kind{};
        std::string name{};
        std::optional<std::string> text{}; ///< absent in ranges
        double min = -std::numeric_limits<double>::infinity();
        double max = std::numeric_limits<double>::infinity();
        bool min_included = true;
        bool max_included = true;
        bool numeric = false; ///< whether numbers may match
        bool never = false;   ///< holds for nobody

        [[nodiscard]] bool holds(const properties& ticket) const;
    };

    class parser;

    std::vector<term> terms_;
    bool everything_ = false;
};

} // namespace nakama::sandbox
