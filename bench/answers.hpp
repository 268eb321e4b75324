// What the other side says. Texts of HTTP and frames of WebSocket, made once.
#pragma once

#include <string>
#include <string_view>

namespace bench {

inline constexpr int burst = 100; ///< messages that come at once to the WebSocket opened last, by GET /burst

const std::string& account_answer();   ///< 200 to GET /v2/account
const std::string& friends_answer();   ///< 200 to GET /v2/friend: 100 friends, 42 KB
const std::string& small_match_data(); ///< a frame with 64 bytes for a match
const std::string& large_match_data(); ///< a frame with 1024 bytes for a match

/// A frame that answers an rpc.
void append_rpc_answer(std::string& out, std::string_view cid);

/// A frame that answers a ping.
void append_pong(std::string& out, std::string_view cid);

inline constexpr std::size_t small_bytes = 64;
inline constexpr std::size_t large_bytes = 1024;
inline constexpr std::string_view match_id = "f13bb1d5-87e7-47c4-b2d8-4f3a7a4c51a2.";

/// What a client sends for the same match, as JSON.
std::string match_data_message(std::size_t bytes);

} // namespace bench
