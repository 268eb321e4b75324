#include "http_text.hpp"

#include <nakama/error.hpp>

#include <algorithm>
#include <string>

namespace nakama::net {
namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

} // namespace

void check_header(std::string_view name, std::string_view value) {
    // A token of RFC 9110, 5.6.2.
    constexpr std::string_view also = "!#$%&'*+-.^_`|~";
    const auto is_token = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               also.find(c) != std::string_view::npos;
    };
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_token))
        throw error{errc::invalid_argument,
                    "a header's name may have letters, digits and " + std::string{also} + " alone"};
    if (std::any_of(value.begin(), value.end(), is_control))
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
