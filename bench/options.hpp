// Reads the options of a program that measures.
#pragma once

#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

/// Goes through the arguments once. What is wrong with them is thrown as std::invalid_argument.
class options {
public:
    options(int count, char** arguments) : count_{count}, arguments_{arguments} {}

    /// Goes to the next option; false after the last.
    bool next() {
        if (++at_ >= count_) return false;
        option_ = arguments_[at_];
        return true;
    }
    bool is(std::string_view name) const { return option_ == name; }

    /// The option's value.
    std::string_view text() {
        if (++at_ >= count_) wrong("wants a value");
        return arguments_[at_];
    }
    template <class Number>
    Number number() {
        const std::string_view written = text();
        Number value{};
        const auto [end, failed] = std::from_chars(written.data(), written.data() + written.size(), value);
        if (failed != std::errc{} || end != written.data() + written.size() || !(value > 0))
            wrong("wants a number above 0");
        return value;
    }

    [[noreturn]] void unknown() const { wrong("is no option"); }
    [[noreturn]] void wrong(std::string_view why) const {
        throw std::invalid_argument{std::string{option_} + ' ' + std::string{why} + "; see --help"};
    }

private:
    int count_;
    char** arguments_;
    int at_ = 0;
    std::string_view option_;
};

} // namespace bench
