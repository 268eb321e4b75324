#include "sandbox/faults/envelope_head.hpp"

#include "sandbox/json/json_input.hpp"

#include <algorithm>
#include <array>

namespace nakama::sandbox {
namespace {

/// What is sent only to those who have asked. `party` is told without being asked for as well, and then has
/// no cid.
constexpr std::array<std::string_view, 10> answers{
    "channel", "channel_message_ack",     "error", "match", "matchmaker_ticket", "party_join_request",
    "pong",    "party_matchmaker_ticket", "rpc",   "status"};

std::string snake_case(std::string_view camel) {
    std::string result;
    for (const char c : camel) {
        if (c >= 'A' && c <= 'Z') {
            result += '_';
            result += static_cast<char>(c - 'A' + 'a');
        } else {
            result += c;
        }
    }
    return result;
}

} // namespace

envelope_head head_of_message(std::string_view text) {
    envelope_head head;
    try {
        const json_document document = parse_json(text);
        if (document.root.kind != json_kind::object) return head;
        for (std::size_t i = 0; i < document.root.keys.size(); ++i) {
            const std::string& key = document.root.keys[i].name;
            if (key == "cid") head.cid = document.root.items[i].text;
            else if (head.kind.empty()) head.kind = snake_case(key);
        }
    } catch (const malformed&) {
        return {};
    }
    return head;
}

envelope_head head_of_envelope(std::string_view text) {
    envelope_head head;
    constexpr std::string_view with_cid = R"({"cid":")";
    if (text.starts_with(with_cid) || text == "{}") {
        head.is_answer = true;
        return head;
    }
    if (!text.starts_with("{\"")) return head;
    text.remove_prefix(2);
    head.kind = text.substr(0, text.find('"'));
    head.is_answer = std::ranges::find(answers, head.kind) != answers.end();
    return head;
}

} // namespace nakama::sandbox
