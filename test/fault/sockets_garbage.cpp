// What no server should send, over real TCP.
#include "support/socket_script.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

socket_config quiet(bool reconnect = false) {
    return {.heartbeat = {.interval = 0ms}, .reconnect = reconnect ? every_second() : reconnects::none()};
}

/// A frame with any first byte, masked or not.
std::string raw_frame(unsigned char first, std::string_view payload, bool masked = false) {
    std::string frame{static_cast<char>(first)};
    frame += static_cast<char>(payload.size() | (masked ? 0x80 : 0));
    if (masked) frame.append(4, '\0');
    return frame.append(payload);
}

std::string masked_text(std::string_view payload) {
    return raw_frame(0x81, payload, true);
}

/// Sends this to the first connection when a request has come, and keeps the line.
auto sends(std::string bytes) {
    return [bytes = std::move(bytes)](frame_peer& peer) -> asio::awaitable<void> {
        if (peer.number == 1) {
            co_await peer.hear();
            co_await peer.send(bytes);
        }
        co_await peer.until_end();
    };
}

/// Answers all requests; says this before.
auto says_first(std::vector<std::string> messages) {
    return [messages = std::move(messages)](frame_peer& peer) -> asio::awaitable<void> {
        for (const auto& each : messages) co_await peer.send(each);
        for (;;) {
            const auto message = co_await peer.hear();
            if (message.empty()) co_return;
            const auto answered = R"({"cid":")" + cid_of(message) + R"(","match":{"match_id":"m."}})";
            co_await peer.say(answered);
        }
    };
}

/// A request that shows that the socket is good.
void still_serves(socket_script& w) {
    spawned<match> created;
    finish(w.io, *w.time, created, w.socket->match_create());
    REQUIRE(created.value);
    CHECK(created.value->match_id == "m.");
    CHECK(w.socket->is_connected());
    CHECK(w.closes.empty());
    CHECK(w.lines == 1);
}

} // namespace

TEST_CASE("bytes that are not WebSocket end the connection at once, which says so to the server") {
    struct garbage {
        std::string what, bytes, said;
        close_cause cause = close_cause::bad_frames;
    };
    // A frame of 100,001 bytes is announced, and not sent.
    const std::string large{"\x81\x7f\0\0\0\0\0\x01\x86\xa1", 10};
    const std::vector<garbage> all{
        {"reserved opcode", raw_frame(0x83, "x"), "close 1002"},
        {"reserved control opcode", raw_frame(0x8b, "x"), "close 1002"},
        {"reserved bits", raw_frame(0xf1, "x"), "close 1002"},
        {"masked", masked_text("{}"), "close 1002"},
        {"continuation of nothing", raw_frame(0x80, "x"), "close 1002"},
        {"fragmented ping", raw_frame(0x09, "x"), "close 1002"},
        {"a message within another", raw_frame(0x01, "{") + raw_frame(0x81, "{}"), "close 1002"},
        {"bad close code", raw_frame(0x88, std::string{"\x03\xed", 2}), "close 1002"},
        {"half a close code", raw_frame(0x88, "x"), "close 1002"},
        {"invalid UTF-8", raw_frame(0x81, "{\"\xff\":1}"), "close 1007"},
        {"HTTP", "HTTP/1.1 400 Bad Request\r\n\r\n", "close 1002"},
        {"too large", large, "close 1009", close_cause::too_large},
    };
    for (const auto& each : all) {
        for (const bool reconnect : {false, true}) {
            INFO(each.what << ", reconnect " << reconnect);
            socket_script w{sends(each.bytes), quiet(reconnect)};
            w.connect();
            const auto began = w.time->now();
            spawned<match> created;
            finish(w.io, *w.time, created, w.socket->match_create());
            CHECK(w.time->now() == began);
            REQUIRE(created.failed);
            CHECK(created.failed->code() == errc::closed);
            REQUIRE(created.failed->close());
            const auto& why = *created.failed->close();
            CHECK(to_string(why.cause) == to_string(each.cause));
            CHECK(why.initiator == close_info::by::network);
            CHECK(why.code == 0);
            CHECK(!why.reason.empty());
            w.settle();
            REQUIRE(w.heard.size() >= 2);
            CHECK(w.heard[1] == each.said);
            if (reconnect) w.until([&] { return !w.reports.empty(); });
            CHECK(w.lines == (reconnect ? 2 : 1));
            CHECK(w.closes.size() == (reconnect ? 0 : 1));
            CHECK(created.completions == 1);
        }
    }
}

TEST_CASE("a text that cannot be read is told as an error, and the socket goes on") {
    const std::string deep = R"({"match_data":{"x":)" + std::string(40, '[') + std::string(40, ']') + "}}";
    const std::vector<std::string> unreadable{
        "",
        "no json",
        "{",
        "[]",
        "null",
        "{} {}",
        R"({"match_data":5})",
        R"({"match_data":{"op_code":"x"}})",
        R"({"match_data":{"data":"*"}})",
        deep,
        R"({"unknown":)" + std::string(60'000, '[') + std::string(30'000, ']'),
    };
    for (const auto& each : unreadable) {
        INFO(each.substr(0, 50));
        socket_script w{says_first({text_frame(each)}), quiet()};
        w.connect();
        auto data = w.socket->stream<match_data>();
        still_serves(w);
        CHECK(w.errors.size() == 1);
        CHECK(data.size() == 0);
    }
}

TEST_CASE("max_depth bounds the nesting that is understood") {
    const auto nested = [](std::size_t lists) {
        return text_frame(R"({"new_kind":{"x":)" + std::string(lists, '[') + std::string(lists, ']') + "}}");
    };
    for (const std::size_t depth : {std::size_t{8}, std::size_t{32}, std::size_t{100}}) {
        auto config = quiet();
        config.max_depth = depth;
        // The envelope and its kind are two levels.
        socket_script w{says_first({nested(depth - 2), nested(depth - 1)}), config};
        int unknown = 0;
        w.socket->on_unknown([&](const unknown_message&) { ++unknown; });
        w.connect();
        still_serves(w);
        CHECK(unknown == 1);
        CHECK(w.errors.size() == 1);
    }
}

TEST_CASE("kinds that are not known are passed on whole") {
    const std::string message = R"({"match_replay":{"frames":[1,2,{"a":"ü"}]}})";
    socket_script w{says_first({text_frame(message)}), quiet()};
    std::vector<unknown_message> unknown;
    w.socket->on_unknown([&](const unknown_message& each) { unknown.push_back(each); });
    w.connect();
    still_serves(w);
    CHECK(w.errors.empty());
    CHECK(unknown == std::vector<unknown_message>{{.kind = "match_replay", .text = message}});
}

TEST_CASE("a message in binary frames is read like any other, its UTF-8 included") {
    socket_script w{says_first({raw_frame(0x82, R"({"match_data":{"op_code":"7"}})"),
                                raw_frame(0x82, "\x0a\x03\xff\xfe\xfd"),
                                raw_frame(0x82, "{\"match_data\":{\"match_id\":\"\xff\"}}")}),
                    quiet()};
    auto data = w.socket->stream<match_data>();
    w.connect();
    still_serves(w);
    CHECK(w.errors.size() == 2);
    REQUIRE(data.size() == 1);
    CHECK(data.try_next()->op_code == 7);
}

TEST_CASE("a message may come in as many frames, and as few bytes at a time, as the server likes") {
    static const std::string text = R"({"match_data":{"op_code":"7","match_id":"mü."}})";
    const auto talk = [](frame_peer& peer) -> asio::awaitable<void> {
        std::string bytes;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool is_last = i + 1 == text.size();
            bytes += raw_frame(static_cast<unsigned char>((is_last ? 0x80 : 0) | (i == 0 ? 1 : 0)),
                               std::string_view{text}.substr(i, 1));
            bytes += raw_frame(0x89, ""); // control frames may come between
        }
        for (const char byte : bytes) {
            const std::string one(1, byte);
            co_await peer.send(one);
            co_await asio::post(asio::use_awaitable);
        }
        co_await peer.until_end();
    };
    socket_script w{talk, quiet()};
    auto data = w.socket->stream<match_data>();
    w.connect();
    w.until([&] { return data.size() == 1; });
    CHECK(data.try_next()->match_id == "mü.");
    w.settle();
    CHECK(std::ranges::count(w.heard, "pong") == static_cast<std::ptrdiff_t>(text.size()));
}

TEST_CASE("answers to nobody, and again, change nothing; of another kind they fail their request") {
    const auto talk = [](frame_peer& peer) -> asio::awaitable<void> {
        auto asked = co_await peer.hear();
        const auto first = cid_of(asked);
        co_await peer.say(R"({"cid":"no such","match":{"match_id":"x."}})");
        co_await peer.say(R"({"cid":"999","error":{"code":3,"message":"x"}})");
        const auto twice = R"({"cid":")" + first + R"(","match":{"match_id":"m."}})";
        co_await peer.say(twice);
        co_await peer.say(twice);
        asked = co_await peer.hear();
        const auto second = cid_of(asked);
        const auto other = R"({"cid":")" + second + R"(","channel":{"id":"2...x"}})";
        co_await peer.say(other);
        asked = co_await peer.hear();
        const auto third = cid_of(asked);
        co_await peer.say(twice); // the first one's, once more
        const auto late = R"({"cid":")" + third + R"(","match":{"match_id":"n."}})";
        co_await peer.time.sleep_for(11s);
        co_await peer.say(late); // its request was given up
        asked = co_await peer.hear();
        const auto fourth = cid_of(asked);
        const auto good = R"({"cid":")" + fourth + R"(","match":{"match_id":"o."}})";
        co_await peer.say(good);
        co_await peer.until_end();
    };
    socket_script w{talk, quiet()};
    w.connect();
    spawned<match> first, second, third, fourth;
    finish(w.io, *w.time, first, w.socket->match_create());
    CHECK(first.value.value().match_id == "m.");
    finish(w.io, *w.time, second, w.socket->match_create());
    CHECK(second.failed.value().code() == errc::malformed_answer);
    finish(w.io, *w.time, third, w.socket->match_create());
    CHECK(third.failed.value().code() == errc::timed_out);
    w.time->advance(1s);
    w.settle();
    finish(w.io, *w.time, fourth, w.socket->match_create());
    CHECK(fourth.value.value().match_id == "o.");
    CHECK(w.socket->is_connected());
    CHECK(w.errors.empty());
    for (const auto* each : {&first, &second, &third, &fourth}) CHECK(each->completions == 1);
}
