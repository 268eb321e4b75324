// The codec alone: every generated type read and written, against a document of Boost.JSON.
#pragma once

#include "measure.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace bench::codec {

struct type {
    std::string_view name; ///< in C++
    comparison reading;    ///< against parsing to a document
    comparison writing;    ///< against writing such a document
};

/// The median of as many rounds for each type.
std::vector<type> measure(std::size_t rounds);

} // namespace bench::codec
