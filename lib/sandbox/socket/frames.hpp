// WebSocket frames after RFC 6455, from the server's side. Written for this sandbox rather than taken from
// Beast: the closing that the real server does (a frame, two seconds of deafness, a reset) and its reasons
// are part of what a client has to live with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nakama::sandbox {

enum class opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// Appends one frame that is a whole message.
void append_frame(std::string& out, opcode kind, std::string_view payload);

/// Appends a close frame; a code of 0 stands for a frame without code.
void append_close_frame(std::string& out, std::uint16_t code, std::string_view reason);

/// What came of the client's bytes.
struct incoming {
    enum class type {
        text,   ///< a whole message
        binary, ///< a whole message
        ping,   ///< to be answered with its payload
        pong,
        closing,   ///< the client closes; `code` is 0 without one
        violation, ///< to be closed with 1002 and `payload` as reason
        too_large, ///< to be closed with 1009
    };
    type what{};
    std::string payload{};
    std::uint16_t code{};
};

/// Puts messages together. After closing, violation and too_large there is nothing more to ask for.
class frame_reader {
public:
    explicit frame_reader(std::size_t max_message) : max_message_{max_message} {}

    void feed(std::string_view bytes) { buffer_ += bytes; }

    /// The next thing, or nothing until more is fed.
    [[nodiscard]] std::optional<incoming> next();

private:
    struct header {
        bool final{};
        std::uint8_t code{};
        std::uint64_t length{};
        std::size_t size{}; ///< of the header itself, mask included
    };

    std::optional<header> read_header(std::optional<incoming>& violation) const;
    std::string take_payload(const header& frame);
    std::optional<incoming> take_control(const header& frame);

    std::size_t max_message_;
    std::string buffer_;
    std::string message_;
    std::optional<opcode> kind_{}; ///< of the message under way
};

} // namespace nakama::sandbox
