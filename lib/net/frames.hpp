// WebSocket frames after RFC 6455, from the client's side.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::net {

enum class opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// Appends one frame that is a whole message. `mask` should not be guessed by who chose the payload.
void append_frame(std::string& out, opcode kind, std::string_view payload, std::uint32_t mask);

/// Appends a close frame, the reason cut to what fits; without a code the frame is empty.
void append_close_frame(std::string& out, std::uint16_t code, std::string_view reason, std::uint32_t mask);

/// What came of the server's bytes. Texts live until bytes are taken in again.
struct incoming_frame {
    enum class kind : std::uint8_t {
        message, ///< whole, put together if it came in pieces
        ping,    ///< to be answered with its payload
        pong,
        close,     ///< `code` is 1005 without one
        violation, ///< not WebSocket: `payload` says what, `code` is to be closed with
        too_large, ///< a message above the limit
    };
    kind what{};
    std::string_view payload{};
    std::uint16_t code = 0;
};

/// Finds the frames in what comes. Messages in one piece are not copied.
class frame_decoder {
public:
    explicit frame_decoder(std::size_t message_limit) : message_limit_{message_limit} {}

    /// Where the next bytes may go, as many as `came` then says.
    [[nodiscard]] std::span<char> room();
    void came(std::size_t bytes) noexcept {
        end_ += bytes;
        is_full_ = end_ == buffer_.size();
        most_come_ = std::max(most_come_, end_);
    }
    /// Gives back, with the next room(), what has not been needed since this was called before.
    void trim() noexcept { trims_to_ = 2 * std::exchange(most_come_, 0); }

    /// Whether something has come that next() has not given yet.
    [[nodiscard]] bool has_bytes() const noexcept { return begin_ != end_; }

    /// Nothing until more has come. After close, violation and too_large there is nothing more to ask for.
    [[nodiscard]] std::optional<incoming_frame> next();

private:
    struct header {
        bool is_last{};
        opcode kind{};
        std::size_t size{}; ///< of the header itself
        std::uint64_t length{};
    };
    std::optional<header> read_header(const char*& violation) const noexcept;
    incoming_frame control(const header& frame, std::string_view payload) const noexcept;
    std::optional<incoming_frame> data(const header& frame, std::string_view payload);

    std::size_t message_limit_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0, end_ = 0; // of what has come and was not taken
    bool is_full_ = false;            // the latest read took all the room there was
    std::size_t most_come_ = 0;       // at a time, since trim()
    std::optional<std::size_t> trims_to_;
    std::string message_; // pieces of one under way
    bool is_in_pieces_ = false;
    bool is_text_ = false; // what is in pieces
};

} // namespace nakama::net
