#include "http_text.hpp"

#include <nakama/error.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace nakama::net {
namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

// A token of RFC 9110, 5.6.2.
constexpr std::string_view also_in_name = "!#$%&'*+-.^_`|~";
constexpr auto in_name = [] {
    std::array<bool, 256> result{};
    for (int c = 0; c < 256; ++c)
        result[static_cast<std::size_t>(c)] =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            (c < 128 && also_in_name.find(static_cast<char>(c)) != std::string_view::npos);
    return result;
}();

bool is_in_name(char c) {
    return in_name[static_cast<unsigned char>(c)];
}

} // namespace

void check_header(std::string_view name, std::string_view value) {
    if (name.empty() || !std::ranges::all_of(name, is_in_name))
        throw error{errc::invalid_argument,
                    "a header's name may have letters, digits and " + std::string{also_in_name} + " alone"};
    if (std::ranges::any_of(value, is_control))
        throw error{errc::invalid_argument, "the header " + std::string{name} +
                                                " has a line break or control character in its value"};
}

void check_target(std::string_view target) {
    const auto breaks = [](char c) { return is_control(c) || c == ' ' || c == '\t'; };
    if (target.empty() || target.front() != '/' || std::any_of(target.begin(), target.end(), breaks))
        throw error{errc::invalid_argument,
                    "the path or query of the request has a blank or control character"};
}

} // namespace nakama::net
