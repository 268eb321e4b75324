// Generated text: lines, comments that are wrapped, calls that are broken where they are too long.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gen {

inline constexpr std::size_t columns = 110;

class output {
public:
    /// Adds a line, indented as deep as the open blocks.
    output& line(std::string_view text = {});
    /// Adds a comment of as many lines as it takes, each after `mark`: "/// ".
    output& comment(std::string_view mark, std::string_view text);
    /// Adds `before` + arguments + `after` on one line if they fit there, else the arguments below it.
    output& call(std::string_view before, const std::vector<std::string>& arguments, std::string_view after);

    output& indent() { return ++depth_, *this; }
    output& outdent() { return --depth_, *this; }
    /// A line that ends in a brace, and what is within it deeper until close().
    output& open(std::string_view text) { return line(text).indent(); }
    output& close(std::string_view text = "}") { return outdent().line(text); }

    std::size_t room() const { return columns - 4 * depth_; }
    const std::string& text() const { return text_; }

private:
    std::string text_;
    std::size_t depth_ = 0;
};

} // namespace gen
