#include "net/frames.hpp"

#include "sandbox/socket/frames.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

using namespace nakama::net;
using kind = incoming_frame::kind;

namespace {

/// What a decoder makes of bytes that come in portions: "m:text", "p:ping", "c1000:reason".
std::string decoded(std::string_view bytes, std::size_t portion, std::size_t limit = 1 << 20) {
    frame_decoder decoder{limit};
    std::string result;
    for (;;) {
        while (const auto frame = decoder.next()) {
            switch (frame->what) {
            case kind::message:
                result += "m:";
                break;
            case kind::ping:
                result += "p:";
                break;
            case kind::pong:
                result += "q:";
                break;
            case kind::close:
                return result + 'c' + std::to_string(frame->code) + ':' + std::string{frame->payload} + ' ';
            case kind::violation:
                return result + "violation ";
            case kind::too_large:
                return result + "too_large ";
            }
            result += std::string{frame->payload} + ' ';
        }
        if (bytes.empty()) return result;
        const auto room = decoder.room();
        REQUIRE(!room.empty());
        const auto part = bytes.substr(0, std::min(portion, room.size()));
        std::ranges::copy(part, room.begin());
        decoder.came(part.size());
        bytes.remove_prefix(part.size());
    }
}

std::string decoded(std::string_view bytes) {
    const auto whole = decoded(bytes, bytes.size());
    CHECK(decoded(bytes, 1) == whole);
    CHECK(decoded(bytes, 3) == whole);
    return whole;
}

/// From a server: not masked.
std::string frame(int first, std::string_view payload) {
    std::string out(1, static_cast<char>(first));
    if (payload.size() < 126) {
        out += static_cast<char>(payload.size());
    } else if (payload.size() < 65536) {
        out += static_cast<char>(126);
        out += static_cast<char>(payload.size() >> 8);
        out += static_cast<char>(payload.size() & 0xff);
    } else {
        out += static_cast<char>(127);
        for (int i = 7; i >= 0; --i) out += static_cast<char>(payload.size() >> 8 * i & 0xff);
    }
    return out.append(payload);
}

} // namespace

TEST_CASE("what a client writes is what a server reads") {
    std::mt19937 random{1};
    std::string sent;
    std::vector<std::string> messages;
    for (const std::size_t size :
         std::initializer_list<std::size_t>{0, 1, 7, 8, 9, 125, 126, 127, 1000, 65535, 65536, 70001}) {
        std::string text(size, '\0');
        for (char& c : text) c = static_cast<char>('a' + random() % 26);
        append_frame(sent, opcode::text, text, static_cast<std::uint32_t>(random()));
        messages.push_back(std::move(text));
    }
    append_frame(sent, opcode::ping, "are you there", 0xdeadbeef);
    append_close_frame(sent, 1000, "bye", 0x01020304);
    nakama::sandbox::frame_reader reader{1 << 20};
    reader.feed(sent);
    using type = nakama::sandbox::incoming::type;
    for (const auto& text : messages) {
        const auto read = reader.next();
        REQUIRE(read);
        CHECK(read->what == type::text);
        CHECK(read->payload == text);
    }
    CHECK(reader.next()->payload == "are you there");
    const auto last = reader.next();
    CHECK(last->what == type::closing);
    CHECK(last->code == 1000);
}

TEST_CASE("the mask is in the frame and over its payload") {
    std::string out;
    append_frame(out, opcode::text, "Hello", 0);
    CHECK(out == std::string{"\x81\x85\0\0\0\0Hello", 11});
    // The example of RFC 6455, 5.7, whose bytes are 37 fa 21 3d.
    out.clear();
    std::uint32_t mask{};
    std::memcpy(&mask, "\x37\xfa\x21\x3d", 4);
    append_frame(out, opcode::text, "Hello", mask);
    CHECK(out == "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
}

TEST_CASE("messages come whole, however their bytes do") {
    CHECK(decoded(frame(0x81, "one") + frame(0x82, "two") + frame(0x81, "")) == "m:one m:two m: ");
    CHECK(decoded(frame(0x81, std::string(126, 'x'))) == "m:" + std::string(126, 'x') + ' ');
    const std::string large(200'000, 'y');
    CHECK(decoded(frame(0x81, large) + frame(0x81, "after"), 5000) == "m:" + large + " m:after ");
}

TEST_CASE("pieces are put together, with control frames between them") {
    CHECK(decoded(frame(0x01, "a") + frame(0x89, "?") + frame(0x00, "b") + frame(0x8a, "!") +
                  frame(0x80, "c")) == "p:? q:! m:abc ");
    CHECK(decoded(frame(0x01, "\xc3") + frame(0x80, "\xbc")) == "m:\xc3\xbc ");
}

TEST_CASE("closing tells code and reason") {
    CHECK(decoded(frame(0x88, std::string{"\x03\xe8"} + "bye")) == "c1000:bye ");
    CHECK(decoded(frame(0x88, "")) == "c1005: ");
    CHECK(decoded(frame(0x88, std::string{"\x0f\xa0", 2})) == "c4000: ");
}

TEST_CASE("what is not WebSocket is noticed") {
    for (const auto& bytes :
         {frame(0xc1, "x"), frame(0x83, "x"), frame(0x8b, "x"), frame(0x80, "x"),
          frame(0x01, "x") + frame(0x81, "y"), frame(0x09, "x"), frame(0x89, std::string(126, 'x')),
          std::string{"\x81\x81\0\0\0\0x", 7}, frame(0x88, "x"), frame(0x88, std::string{"\x03\xed", 2}),
          frame(0x88, std::string{"\x00\x01", 2}), frame(0x88, "\x03\xe8\xff"), frame(0x81, "\xff"),
          frame(0x01, "\xc3") + frame(0x80, "x")})
        CHECK(decoded(bytes) == "violation ");
    CHECK(decoded(frame(0x82, "\xff")) == "m:\xff ");
}

TEST_CASE("messages above the limit are not waited for") {
    CHECK(decoded(frame(0x81, "12345"), 1, 5) == "m:12345 ");
    CHECK(decoded(frame(0x81, "123456").substr(0, 2), 1, 5) == "too_large ");
    CHECK(decoded(frame(0x01, "123") + frame(0x80, "456"), 1, 5) == "too_large ");
    CHECK(decoded(std::string{"\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10}, 1) == "too_large ");
    CHECK(decoded(std::string{"\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10}, 1) == "violation ");
}

TEST_CASE("pieces of a message before do not count") {
    CHECK(decoded(frame(0x01, "abc") + frame(0x80, "de") + frame(0x81, "12345"), 1, 5) == "m:abcde m:12345 ");
}

TEST_CASE("a length that no message can have is no WebSocket") {
    const std::string bytes{"\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xf7...", 13};
    CHECK(decoded(bytes, 13, static_cast<std::size_t>(-1)) == "violation ");
}

TEST_CASE("random bytes neither crash nor hang a decoder") {
    std::mt19937 random{7};
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes(random() % 40, '\0');
        for (char& c : bytes) c = static_cast<char>(random() % 4 == 0 ? random() : 0x81 & random());
        CHECK(decoded(bytes, 1 + random() % 10, 30) == decoded(bytes, 40, 30));
    }
}

TEST_CASE("a long reason is cut between characters") {
    std::string reason;
    for (int i = 0; i < 100; ++i) reason += "\xc3\xbc";
    std::string out;
    append_close_frame(out, 1000, reason, 0);
    CHECK(static_cast<unsigned char>(out[1]) == (0x80 | 124)); // 2 for the code, 61 characters
    out.clear();
    append_close_frame(out, 0, "no code, no reason", 0);
    CHECK(out.size() == 6);
}

TEST_CASE("room grows while reads fill it, and is given back when it has not been needed") {
    frame_decoder decoder{1 << 20};
    const std::string one = frame(0x81, std::string(300, 'x'));
    std::string much;
    while (much.size() < 1'000'000) much += one;
    std::size_t messages = 0, reads = 0;
    const auto feed = [&](std::string_view bytes) {
        while (!bytes.empty()) {
            const auto room = decoder.room();
            const auto part = bytes.substr(0, room.size());
            std::ranges::copy(part, room.begin());
            decoder.came(part.size());
            bytes.remove_prefix(part.size());
            ++reads;
            while (const auto next = decoder.next()) {
                REQUIRE(next->payload.size() == 300);
                ++messages;
            }
        }
    };
    const std::size_t at_first = decoder.room().size();
    feed(much);
    CHECK(messages == much.size() / one.size());
    CHECK(reads < 40);
    CHECK(decoder.room().size() > 32'000);
    for (int i = 0; i < 100; ++i) feed(one);
    CHECK(decoder.room().size() > 32'000);
    decoder.trim(); // much was needed since the beginning
    feed(one);
    CHECK(decoder.room().size() > 32'000);
    decoder.trim();
    CHECK(decoder.room().size() <= 4 * at_first);
    feed(much);
    CHECK(messages == 2 * (much.size() / one.size()) + 101);
}
