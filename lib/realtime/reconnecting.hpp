// Decides whether and when a socket that has lost its connection dials again.
#pragma once

#include <nakama/clock.hpp>
#include <nakama/close_info.hpp>
#include <nakama/reconnect.hpp>

#include <chrono>
#include <optional>
#include <random>

namespace nakama::realtime {

class reconnecting {
public:
    explicit reconnecting(const reconnect_policy& policy) : policy_{policy} {}

    /// A connection that has lasted so long is lost.
    void lost(clock::time_point now, clock::duration lasted);

    /// How long to wait before dialling, after the loss or the failed attempt that `why` tells of; nothing
    /// if the socket is to end.
    [[nodiscard]] std::optional<std::chrono::milliseconds> after(const close_info& why, clock::time_point now,
                                                                 std::mt19937_64& random);

    /// Of dialling since the loss.
    int attempts() const noexcept { return attempts_; }
    clock::time_point since() const noexcept { return since_; }

private:
    reconnect_policy policy_;
    int failures_ = 0; // since there was a connection that lasted
    int attempts_ = 0;
    clock::time_point since_{};
};

} // namespace nakama::realtime
