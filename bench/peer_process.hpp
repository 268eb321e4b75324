// The program bench-peer, run beside a measurement.
#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace bench {

class peer_process {
public:
    /// Starts `program`. Throws std::runtime_error.
    explicit peer_process(const std::string& program);
    ~peer_process(); ///< it ends with us
    peer_process(const peer_process&) = delete;
    peer_process& operator=(const peer_process&) = delete;

    std::uint16_t port(bool tls) const noexcept { return tls ? tls_port_ : port_; }

private:
    pid_t process_ = 0;
    int input_ = -1;
    std::uint16_t port_ = 0;
    std::uint16_t tls_port_ = 0;
};

} // namespace bench
