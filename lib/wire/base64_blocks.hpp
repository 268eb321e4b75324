// The bulk of base64, many bytes at once where the processor can.
#pragma once

#include <cstddef>
#include <string_view>

namespace nakama::wire {

/// Encodes the beginning of `data` in the standard alphabet to `to`, where all of it has room, and tells how
/// many bytes that was: a multiple of three, perhaps none.
[[nodiscard]] std::size_t encode_blocks(std::string_view data, char* to) noexcept;

/// Decodes the beginning of `text`, which has no padding, to `to`, where all of it has room, and tells how
/// many characters that was: a multiple of four, perhaps none. It stops before what is not of the standard
/// alphabet.
[[nodiscard]] std::size_t decode_blocks(std::string_view text, char* to) noexcept;

} // namespace nakama::wire
