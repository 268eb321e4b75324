// The errors of a socket's requests.
#pragma once

#include <nakama/api/server.hpp>
#include <nakama/error.hpp>

#include <exception>
#include <string>
#include <string_view>

namespace nakama::realtime {

[[nodiscard]] error closed(std::string_view operation, const std::string& why, bool maybe_sent);

/// The refusal of a request, with what the server said.
[[nodiscard]] error refused(std::string_view operation, const realtime_error& said);

/// What a step failed with, as callers get it: Asio's codes and foreign exceptions become ours.
[[nodiscard]] error translated(const std::exception& thrown, std::string_view operation, bool maybe_sent);

} // namespace nakama::realtime
