#include "answers.hpp"

#include <array>
#include <cstdint>

namespace bench {
namespace {

std::string http_answer(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nCache-Control: no-store, no-cache, must-revalidate\r\n"
           "Content-Type: application/json\r\nGrpc-Metadata-Content-Type: application/grpc\r\n"
           "Vary: Accept-Encoding\r\nDate: Mon, 23 Nov 2026 01:23:25 GMT\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

void append_frame(std::string& out, std::string_view text) {
    out += static_cast<char>(0x81);
    if (text.size() < 126) {
        out += static_cast<char>(text.size());
    } else {
        out += static_cast<char>(126);
        out += static_cast<char>(text.size() >> 8);
        out += static_cast<char>(text.size() & 0xff);
    }
    out += text;
}

/// As long as base64 makes it.
std::string data(std::size_t bytes) {
    const std::size_t groups = (bytes + 2) / 3;
    std::string text;
    for (std::size_t i = 0; i < groups; ++i) text += "TWFu";
    const std::size_t padding = groups * 3 - bytes;
    for (std::size_t i = 0; i < padding; ++i) text[text.size() - 1 - i] = '=';
    if (padding == 2) text[text.size() - 3] = 'Q'; // no bits beyond the last byte
    if (padding == 1) text[text.size() - 2] = 'E';
    return text;
}

std::string match_data_frame(std::size_t bytes) {
    std::string frame;
    append_frame(frame,
                 R"({"match_data":{"match_id":")" + std::string{match_id} +
                     R"(","presence":{"user_id":"c125cb56-c81e-40d0-a97d-ef4626a23ed8",)"
                     R"("session_id":"2b1e1a5c-c80f-11f0-a5f7-7106fdcb5b46","username":"ada"},"op_code":"7",)"
                     R"("data":")" +
                     data(bytes) + R"(","reliable":true}})");
    return frame;
}

std::string friends_body() {
    std::string body = R"({"friends":[)";
    for (int i = 0; i < 100; ++i) {
        const std::string number = std::to_string(1000 + i);
        body += i == 0 ? "" : ",";
        body += R"({"user":{"id":"c125cb56-c81e-40d0-a97d-ef4626a2)" + number + R"(","username":"player_)" +
                number + R"(","display_name":"Player number )" + number +
                R"(","avatar_url":"https://example.com/avatars/)" + number +
                R"(.png","lang_tag":"en","location":"London","timezone":"Europe/London",)"
                R"("metadata":"{\"level\": 42, \"guild\": \"The )" +
                number + R"(\"}","online":true,"edge_count":)" + std::to_string(i + 1) +
                R"(,"create_time":"2026-11-23T01:23:25Z","update_time":"2026-11-23T01:23:25Z"},"state":0,)"
                R"("update_time":"2026-11-23T01:23:25Z","metadata":"{}"})";
    }
    return body + R"(],"cursor":"a-cursor"})";
}

} // namespace

const std::string& account_answer() {
    static const std::string answer = http_answer(
        R"({"user":{"id":"c125cb56-c81e-40d0-a97d-ef4626a23ed8","username":"acct_039587_2e86","lang_tag":"en",)"
        R"("metadata":"{}","create_time":"2026-11-23T01:23:25Z","update_time":"2026-11-23T01:23:25Z"},)"
        R"("wallet":"{}","devices":[{"id":"corpus-039587-acct-be90c2"}]})");
    return answer;
}

const std::string& friends_answer() {
    static const std::string answer = http_answer(friends_body());
    return answer;
}

const std::string& small_match_data() {
    static const std::string frame = match_data_frame(small_bytes);
    return frame;
}

const std::string& large_match_data() {
    static const std::string frame = match_data_frame(large_bytes);
    return frame;
}

void append_rpc_answer(std::string& out, std::string_view cid) {
    std::string text = R"({"cid":")";
    text += cid;
    text += R"(","rpc":{"id":"echo","payload":"{\"n\":21}"}})";
    append_frame(out, text);
}

void append_pong(std::string& out, std::string_view cid) {
    std::string text = R"({"cid":")";
    text += cid;
    text += R"(","pong":{}})";
    append_frame(out, text);
}

std::string match_data_message(std::size_t bytes) {
    return R"({"match_data_send":{"match_id":")" + std::string{match_id} + R"(","op_code":"7","data":")" +
           data(bytes) + "\"}}";
}

} // namespace bench
