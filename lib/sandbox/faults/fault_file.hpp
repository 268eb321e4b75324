// Orders of faults in a file.
#pragma once

#include <nakama/sandbox/faults.hpp>

#include <string_view>
#include <vector>

namespace nakama::sandbox {

/// Throws std::invalid_argument that names the place and what is wrong there.
[[nodiscard]] std::vector<fault_order> read_faults(std::string_view json, std::string_view name);

} // namespace nakama::sandbox
