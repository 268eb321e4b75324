// Bodies as servers compress them.
#pragma once

#include <string>
#include <string_view>

namespace nakama::test {

std::string gzipped(std::string_view text);
std::string deflated(std::string_view text);                ///< with zlib's header, as RFC 9110 says
std::string deflated_without_header(std::string_view text); ///< as Nakama does

} // namespace nakama::test
