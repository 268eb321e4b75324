#include "frames.hpp"

#include "wire/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace nakama::net {
namespace {

// Enough for what idle sockets hear; grows with what comes, and shrinks again.
constexpr std::size_t small = 256;
constexpr std::size_t most_read = std::size_t{64} * 1024;
constexpr std::size_t longest_control = 125;
constexpr std::uint64_t longest = (std::uint64_t{1} << 63) - 1; // RFC 6455, 5.2
constexpr std::uint16_t protocol_error = 1002, no_status = 1005, bad_text = 1007;

constexpr unsigned char final_bit = 0x80, reserved_bits = 0x70, mask_bit = 0x80;

bool is_control(opcode kind) {
    return static_cast<std::uint8_t>(kind) >= 8;
}

bool is_known(opcode kind) {
    return kind <= opcode::binary || (kind >= opcode::close && kind <= opcode::pong);
}

/// Codes that a close frame may carry (RFC 6455, 7.4).
bool is_close_code(std::uint16_t code) {
    return code >= 1000 && code < 5000 && code != 1004 && code != 1005 && code != 1006 && code != 1015 &&
           (code < 1016 || code >= 3000);
}

std::uint64_t big_endian(const char* from, std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) value = value << 8 | static_cast<unsigned char>(from[i]);
    return value;
}

} // namespace

void append_frame(std::string& out, opcode kind, std::string_view payload, std::uint32_t mask) {
    const std::size_t length = payload.size();
    std::array<char, 14> header{};
    std::size_t size = 0;
    const auto put = [&](std::size_t byte) { header[size++] = static_cast<char>(byte); };
    put(final_bit | static_cast<std::size_t>(kind));
    if (length <= longest_control) {
        put(mask_bit | length);
    } else {
        const std::size_t long_form = length <= 0xffff ? 2 : 8;
        put(mask_bit | (long_form == 2 ? 126U : 127U));
        for (std::size_t i = long_form; i-- > 0;) put(length >> 8 * i);
    }
    const char* const key = header.data() + size;
    std::memcpy(header.data() + size, &mask, sizeof mask);
    out.append(header.data(), size + sizeof mask);

    const std::size_t start = out.size();
    out.append(payload);
    char* const to = out.data() + start;
    const std::uint64_t twice = std::uint64_t{mask} << 32 | mask;
    std::size_t i = 0;
    for (; length - i >= sizeof twice; i += sizeof twice) {
        std::uint64_t word{};
        std::memcpy(&word, to + i, sizeof word);
        word ^= twice;
        std::memcpy(to + i, &word, sizeof word);
    }
    for (; i < length; ++i) to[i] = static_cast<char>(to[i] ^ key[i % sizeof mask]);
}

void append_close_frame(std::string& out, std::uint16_t code, std::string_view reason, std::uint32_t mask) {
    std::string payload;
    if (code != 0 && code != no_status) {
        payload += static_cast<char>(code >> 8);
        payload += static_cast<char>(code & 0xff);
        payload += reason.substr(0, longest_control - 2);
        // Not in the middle of a character.
        while (payload.size() > 2 && !wire::is_utf8(std::string_view{payload}.substr(2))) payload.pop_back();
    }
    append_frame(out, opcode::close, payload, mask);
}

std::span<char> frame_decoder::room() {
    if (!is_in_pieces_ && message_.capacity() > most_read) std::string{}.swap(message_);
    if (begin_ == end_) {
        begin_ = end_ = 0;
        const auto trimmed = std::max(small, std::exchange(trims_to_, std::nullopt).value_or(most_read));
        if (buffer_.size() > trimmed) {
            std::vector<char>(trimmed).swap(buffer_);
        } else if (std::exchange(is_full_, false) && buffer_.size() < most_read) {
            // Probably more has come than that: the next read takes it at once.
            const std::size_t larger = std::min(4 * buffer_.size(), most_read);
            std::vector<char>(larger).swap(buffer_);
        }
    } else if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
        if (std::exchange(is_full_, false) && buffer_.size() < most_read)
            buffer_.resize(std::min(4 * buffer_.size(), most_read));
    }
    if (end_ == buffer_.size()) {
        // At once for a long message whose length is known, but not for what is only announced.
        std::size_t wanted = std::max(small, 2 * buffer_.size());
        const char* ignored = nullptr;
        if (const auto frame = read_header(ignored))
            wanted = std::min(std::max<std::uint64_t>(wanted, frame->size + frame->length),
                              std::max<std::uint64_t>(wanted, 4 * end_));
        buffer_.resize(wanted);
    }
    return std::span{buffer_}.subspan(end_).first(std::min(buffer_.size() - end_, most_read));
}

std::optional<frame_decoder::header> frame_decoder::read_header(const char*& violation) const noexcept {
    const std::size_t come = end_ - begin_;
    if (come < 2) return {};
    const char* at = buffer_.data() + begin_;
    const auto first = static_cast<unsigned char>(at[0]), second = static_cast<unsigned char>(at[1]);
    header frame{.is_last = (first & final_bit) != 0,
                 .kind = static_cast<opcode>(first & 0x0f),
                 .size = 2,
                 .length = second & 0x7fU};
    if ((first & reserved_bits) != 0) violation = "a reserved bit is set";
    else if (!is_known(frame.kind)) violation = "an unknown opcode";
    else if ((second & mask_bit) != 0) violation = "a masked frame from a server";
    else if (is_control(frame.kind) && frame.length > longest_control)
        violation = "a control frame that is too long";
    else if (is_control(frame.kind) && !frame.is_last) violation = "a control frame in pieces";
    else if (frame.kind == opcode::continuation && !is_in_pieces_) violation = "a piece of no message";
    else if ((frame.kind == opcode::text || frame.kind == opcode::binary) && is_in_pieces_)
        violation = "a message within another";
    if (violation) return {};
    if (frame.length < 126) return frame;
    const std::size_t long_form = frame.length == 126 ? 2 : 8;
    frame.size += long_form;
    if (come < frame.size) return {};
    frame.length = big_endian(at + 2, long_form);
    if (frame.length <= longest) return frame;
    violation = "a length that is none";
    return {};
}

std::optional<incoming_frame> frame_decoder::next() {
    using kind = incoming_frame::kind;
    for (;;) {
        const char* violation = nullptr;
        const auto frame = read_header(violation);
        if (violation)
            return incoming_frame{.what = kind::violation, .payload = violation, .code = protocol_error};
        if (!frame) return {};
        const std::size_t held = frame->kind == opcode::continuation ? message_.size() : 0;
        if (!is_control(frame->kind) && frame->length > message_limit_ - std::min(message_limit_, held))
            return incoming_frame{.what = kind::too_large};
        if (end_ - begin_ - frame->size < frame->length) return {};
        const std::string_view payload{buffer_.data() + begin_ + frame->size,
                                       static_cast<std::size_t>(frame->length)};
        begin_ += frame->size + payload.size();
        if (is_control(frame->kind)) return control(*frame, payload);
        if (auto whole = data(*frame, payload)) return whole;
    }
}

incoming_frame frame_decoder::control(const header& frame, std::string_view payload) const noexcept {
    using kind = incoming_frame::kind;
    if (frame.kind == opcode::ping) return {.what = kind::ping, .payload = payload};
    if (frame.kind == opcode::pong) return {.what = kind::pong, .payload = payload};
    if (payload.empty()) return {.what = kind::close, .code = no_status};
    if (payload.size() == 1)
        return {.what = kind::violation, .payload = "half a close code", .code = protocol_error};
    const auto code = static_cast<std::uint16_t>(big_endian(payload.data(), 2));
    payload.remove_prefix(2);
    if (!is_close_code(code))
        return {.what = kind::violation, .payload = "a close code that is none", .code = protocol_error};
    if (!wire::is_utf8(payload))
        return {.what = kind::violation, .payload = "a close reason that is not UTF-8", .code = bad_text};
    return {.what = kind::close, .payload = payload, .code = code};
}

std::optional<incoming_frame> frame_decoder::data(const header& frame, std::string_view payload) {
    using kind = incoming_frame::kind;
    if (frame.kind != opcode::continuation) {
        is_text_ = frame.kind == opcode::text;
        message_.clear();
    }
    if (!frame.is_last || is_in_pieces_) {
        message_ += payload;
        is_in_pieces_ = !frame.is_last;
        if (is_in_pieces_) return {};
        payload = message_;
    }
    if (is_text_ && !wire::is_utf8(payload))
        return incoming_frame{
            .what = kind::violation, .payload = "a text that is not UTF-8", .code = bad_text};
    return incoming_frame{.what = kind::message, .payload = payload};
}

} // namespace nakama::net
