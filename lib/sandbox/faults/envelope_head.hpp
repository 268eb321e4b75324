// What a message over the socket is about, without reading all of it.
#pragma once

#include <string>
#include <string_view>

namespace nakama::sandbox {

struct envelope_head {
    std::string kind{}; ///< "match_data"; empty for an acknowledgement, and for what cannot be read
    std::string cid{};
    bool is_answer = false; ///< of what the server sends: a client has asked for it
};

/// Of a client's message.
[[nodiscard]] envelope_head head_of_message(std::string_view text);

/// Of what the server sends, as the sandbox writes it.
[[nodiscard]] envelope_head head_of_envelope(std::string_view text);

} // namespace nakama::sandbox
