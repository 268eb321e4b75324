// The certificate that a server shows.
#pragma once

#include <nakama/sandbox/server.hpp>

#include <chrono>
#include <string>

namespace nakama::sandbox {

/// Both PEM.
struct certificate {
    std::string chain{};
    std::string key{};
};

/// One that vouches for itself, for localhost, 127.0.0.1 and ::1, and for `address` if that is another one.
/// Valid from a day before `now` for a year. Throws std::runtime_error.
[[nodiscard]] certificate make_certificate(const std::string& address,
                                           std::chrono::system_clock::time_point now);

/// The one that the configuration names, or a new one. Throws std::runtime_error for files that cannot be
/// read.
[[nodiscard]] certificate certificate_of(const server_config& config,
                                         std::chrono::system_clock::time_point now);

} // namespace nakama::sandbox
