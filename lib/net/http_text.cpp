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
