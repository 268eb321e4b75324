// What a published OpenAPI file has and a description lacks.
#pragma once

#include <filesystem>
#include <iosfwd>

namespace gen {

/// Prints one line a difference and a summary to `out`. True if there are differences.
/// Throws input_error for a file that is no OpenAPI 2 description of Nakama or Satori.
bool diff(const std::filesystem::path& upstream, const std::filesystem::path& root, std::ostream& out);

} // namespace gen
