// Several observers where there is room for one.
#pragma once

#include <nakama/config.hpp>
#include <nakama/observer.hpp>

#include <memory>
#include <vector>

namespace nakama {

/// An observer that passes every event on to each of `observers`, in their order; null ones are left out:
///
///     config.observer = nakama::fan_out({nakama::log_to(std::clog), metrics->share()});
NAKAMA_API std::shared_ptr<observer> fan_out(std::vector<std::shared_ptr<observer>> observers);

} // namespace nakama
