// Time as servers tell it.
#pragma once

#include <nakama/config.hpp>

#include <chrono>

namespace nakama {

/// A moment in UTC, down to nanoseconds; the epoch stands for "not set".
using timestamp = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

} // namespace nakama
