// The boards that the recorder's runtime module had made.
#pragma once

#include "contract/surroundings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// What the recording's run added to the ids of its boards: from the first path of `resource` whose id begins
/// with `board` and a dash.
[[nodiscard]] std::string run_of(const std::vector<json::object>& exchanges, std::string_view resource,
                                 std::string_view board);

} // namespace replay
