#include "sandbox/socket/frames.hpp"

#include <utility>

namespace nakama::sandbox {
namespace {

std::uint8_t byte(char c) {
    return static_cast<std::uint8_t>(c);
}

incoming violation_of(std::string reason) {
    return {.what = incoming::type::violation, .payload = std::move(reason)};
}

bool may_be_sent(std::uint16_t code) {
    return (code >= 1000 && code <= 1013 && code != 1004 && code != 1005 && code != 1006) ||
           (code >= 3000 && code <= 4999);
}

} // namespace

void append_frame(std::string& out, opcode kind, std::string_view payload) {
    out += static_cast<char>(0x80 | static_cast<std::uint8_t>(kind));
    const std::size_t size = payload.size();
    const auto append_big_endian = [&](int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            out += static_cast<char>((static_cast<std::uint64_t>(size) >> shift) & 0xff);
    };
    if (size < 126) {
        out += static_cast<char>(size);
    } else if (size < 65536) {
        out += static_cast<char>(126);
        append_big_endian(2);
    } else {
        out += static_cast<char>(127);
        append_big_endian(8);
    }
    out += payload;
}

void append_close_frame(std::string& out, std::uint16_t code, std::string_view reason) {
    std::string payload;
    if (code != 0) {
        payload += static_cast<char>(code >> 8);
        payload += static_cast<char>(code & 0xff);
        payload += reason.substr(0, 123);
    }
    append_frame(out, opcode::close, payload);
}

std::optional<frame_reader::header> frame_reader::read_header(std::optional<incoming>& violation) const {
    if (buffer_.size() < 2) return {};
    header frame;
    frame.final = (byte(buffer_[0]) & 0x80) != 0;
    frame.code = byte(buffer_[0]) & 0x0f;
    const bool masked = (byte(buffer_[1]) & 0x80) != 0;
    const std::uint8_t length = byte(buffer_[1]) & 0x7f;
    const bool control = frame.code >= 8;

    const auto refuse = [&](std::string reason) {
        violation = violation_of(std::move(reason));
        return std::optional<header>{};
    };
    if ((byte(buffer_[0]) & 0x70) != 0) return refuse("RSV set");
    if (frame.code > 10 || (frame.code > 2 && !control))
        return refuse("bad opcode " + std::to_string(frame.code));
    if (control && length > 125) return refuse("len > 125 for control");
    if (control && !frame.final) return refuse("FIN not set on control");
    if (frame.code == 0 && !kind_) return refuse("continuation after FIN");
    if ((frame.code == 1 || frame.code == 2) && kind_) return refuse("data before FIN");
    if (!masked) return refuse("bad MASK");

    const std::size_t extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    frame.size = 2 + extended + 4;
    if (buffer_.size() < frame.size) return {};
    frame.length = extended == 0 ? length : 0;
    for (std::size_t i = 0; i < extended; ++i) frame.length = (frame.length << 8) | byte(buffer_[2 + i]);
    return frame;
}

std::string frame_reader::take_payload(const header& frame) {
    std::string payload = buffer_.substr(frame.size, frame.length);
    const std::string_view mask = std::string_view{buffer_}.substr(frame.size - 4, 4);
    for (std::size_t i = 0; i < payload.size(); ++i)
        payload[i] = static_cast<char>(byte(payload[i]) ^ byte(mask[i & 3]));
    buffer_.erase(0, frame.size + frame.length);
    return payload;
}

std::optional<incoming> frame_reader::take_control(const header& frame) {
    std::string payload = take_payload(frame);
    if (frame.code == static_cast<std::uint8_t>(opcode::ping))
        return incoming{incoming::type::ping, std::move(payload)};
    if (frame.code == static_cast<std::uint8_t>(opcode::pong))
        return incoming{incoming::type::pong, std::move(payload)};
    incoming closing{.what = incoming::type::closing};
    if (payload.size() < 2) return closing;
    closing.code = static_cast<std::uint16_t>(byte(payload[0]) << 8 | byte(payload[1]));
    closing.payload = payload.substr(2);
    if (!may_be_sent(closing.code)) return violation_of("bad close code " + std::to_string(closing.code));
    return closing;
}

std::optional<incoming> frame_reader::next() {
    for (;;) {
        std::optional<incoming> violation;
        const auto frame = read_header(violation);
        if (!frame) return violation;
        const bool control = frame->code >= 8;
        // The limit is for the whole message and judged by what is announced.
        if (!control && frame->length > max_message_ - message_.size())
            return incoming{incoming::type::too_large};
        if (buffer_.size() - frame->size < frame->length) return {};
        if (control) return take_control(*frame);

        if (!kind_) kind_ = static_cast<opcode>(frame->code);
        message_ += take_payload(*frame);
        if (!frame->final) continue;
        const bool text = *kind_ == opcode::text;
        kind_.reset();
        return incoming{text ? incoming::type::text : incoming::type::binary, std::exchange(message_, {})};
    }
}

} // namespace nakama::sandbox
