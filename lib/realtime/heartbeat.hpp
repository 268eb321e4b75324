// Decides when to ask whether the server is still there, and when it is not.
#pragma once

#include <nakama/clock.hpp>
#include <nakama/heartbeat.hpp>

#include <cstdint>

namespace nakama::realtime {

/// Is looked at now and then instead of being told of every byte, which would cost a look at the clock each.
class heartbeat {
public:
    explicit heartbeat(heartbeat_policy policy) : policy_{policy} {}

    enum class action : std::uint8_t { none, ping, give_up };
    struct step {
        action what = action::none;
        clock::time_point look_again{};
    };

    /// What is known when it is looked at.
    struct signs {
        std::uint64_t received = 0; ///< counts whatever has come so far
        bool is_held_up = false;    ///< we do not read at the moment, so nothing can come
        /// The latest moment up to which a request that is under way may be answered.
        clock::time_point busy_until = clock::time_point::min();
    };

    /// A new connection.
    step start(clock::time_point now, std::uint64_t received = 0);
    step look(clock::time_point now, const signs& seen);

private:
    heartbeat_policy policy_;
    std::uint64_t received_ = 0;
    bool has_pinged_ = false;
    bool was_excused_ = false;                                   // at the look before
    clock::time_point excused_until_ = clock::time_point::min(); // by requests from before the ping
};

} // namespace nakama::realtime
