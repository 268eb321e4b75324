// How handles of matches, channels and parties learn what coming back has made of them.
#pragma once

#include <nakama/api/presences.hpp>
#include <nakama/error.hpp>

#include <optional>
#include <string>
#include <vector>

namespace nakama::realtime {

/// Told for each place that a socket was in before it was away.
struct place_change {
    std::string kind{}; ///< "match"
    std::string id{};
    std::vector<user_presence> presences{}; ///< who is there now, if it could be entered again
    user_presence self{};
    std::optional<error> lost{}; ///< why not, if it could not
};

} // namespace nakama::realtime
