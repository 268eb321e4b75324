// Many sockets at once: what opening one costs, what it holds while idle, and what a heartbeat costs.
#pragma once

#include "measure.hpp"

#include <cstddef>
#include <string>

namespace bench::sockets {

struct figures {
    cost open; ///< of one, some being opened at a time
    double opened_per_second{};
    double heap{};  ///< bytes of each; 0 where the heap does not tell
    double idle{};  ///< microseconds of processor time in a second, for all of them without heartbeat
    cost heartbeat; ///< of one
    bool all_stayed = false;
};

/// The most that this process and the peer may have at once: raises the limit of open files as far as it
/// goes, which a peer that is started later inherits.
std::size_t most();

/// Both start `peer` anew: one that is still busy with sockets that have gone would answer late.
figures of_library(const std::string& peer, std::size_t count);
/// Plain WebSocket streams, with a read under way in each.
figures of_floor(const std::string& peer, std::size_t count);
/// The same over TLS, without `idle`.
figures of_library_over_tls(const std::string& peer, std::size_t count);
figures of_floor_over_tls(const std::string& peer, std::size_t count);

} // namespace bench::sockets
