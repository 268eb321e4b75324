// Generated from gen/api by nakama-gen; not to be edited.
// Streams that the server's own code sends to its users.
#pragma once

#include <nakama/api/presences.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace nakama {

/// What names a stream.
struct stream {
    std::int32_t mode{}; ///< [1] what kind of stream, 0 to 255
    std::string subject{}; ///< [2] often a UUID; empty if it has none
    std::string subcontext{}; ///< [3] often a UUID; empty if it has none
    std::string label{}; ///< [4] any text; empty if it has none

    bool operator==(const stream&) const = default;
};

/// Data that came through a stream.
struct stream_data {
    nakama::stream stream{}; ///< [1] where it came from
    user_presence sender{}; ///< [2] empty where the server itself sent it
    std::string data{}; ///< [3] any text, as the server's code gave it
    bool reliable{}; ///< [4] as the sender set it

    bool operator==(const stream_data&) const = default;
};

/// Who came to and who went from a stream.
struct stream_presence_event {
    nakama::stream stream{}; ///< [1] the stream it is about
    std::vector<user_presence> joins{}; ///< [2] who came; coming again is no event
    std::vector<user_presence> leaves{}; ///< [3] who went

    bool operator==(const stream_presence_event&) const = default;
};

} // namespace nakama
