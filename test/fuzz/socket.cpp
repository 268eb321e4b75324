// Two users' sockets. Each line of the input is a frame: its first letter says whose, "a" or "b", and of what
// kind, in capitals raw bytes; the rest is the payload. MATCH, ANNA and BERT stand for ids.
#include "fuzz/harness.hpp"

#include <algorithm>
#include <cctype>

using namespace nakama::fuzz;

namespace {

std::string masked(std::string_view payload) {
    std::string frame{'\x81'};
    if (payload.size() < 126) {
        frame += static_cast<char>(0x80 | payload.size());
    } else {
        frame += static_cast<char>(0x80 | 126);
        frame += static_cast<char>(payload.size() >> 8);
        frame += static_cast<char>(payload.size());
    }
    frame.append(4, '\0'); // a mask that changes nothing
    return frame.append(payload);
}

void replace(std::string& in, std::string_view what, const std::string& by) {
    for (auto at = in.find(what); at != std::string::npos; at = in.find(what, at + by.size()))
        in.replace(at, what.size(), by);
}

std::string after(const std::string& text, std::string_view mark, char end) {
    const auto begin = text.find(mark);
    if (begin == std::string::npos) return {};
    return text.substr(begin + mark.size(), text.find(end, begin + mark.size()) - begin - mark.size());
}

void open(connection& line, const std::string& token) {
    line.write("GET /ws?status=true HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
               "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
}

struct world_of_two : world {
    std::string anna_token = sign_in(*this, "anna");
    std::string bert_token = sign_in(*this, "bert");
    std::string anna_id = server.accounts().find_by_username("anna")->user.id;
    std::string bert_id = server.accounts().find_by_username("bert")->user.id;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto& served = world_for_a_while<world_of_two>();
    connection anna{served}, bert{served};
    open(anna, served.anna_token);
    open(bert, served.bert_token);
    anna.write(masked(R"({"cid":"0","match_create":{}})"));
    const std::string match = after(anna.read(), R"("match_id":")", '"');

    std::string_view rest = text_of(data, size);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const std::string_view one = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (one.empty()) continue;
        std::string payload{one.substr(1)};
        replace(payload, "MATCH", match);
        replace(payload, "ANNA", served.anna_id);
        replace(payload, "BERT", served.bert_id);
        const auto who = static_cast<unsigned char>(one.front());
        connection& line = std::tolower(who) == 'b' ? bert : anna;
        line.write(std::isupper(who) ? payload : masked(std::string_view{payload}.substr(0, 60000)));
    }
    served.pass_time();
    return 0;
}
