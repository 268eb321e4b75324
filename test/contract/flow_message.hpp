// What an entry of a flow holds.
#pragma once

#include "flow_cid.hpp"
#include "message_kind.hpp"
#include "nakama_caller.hpp"
#include "recording.hpp"

#include <set>

namespace nakama::test {

inline bool is_last_fragment(const json::object& entry) {
    const auto* fin = entry.if_contains("fin");
    return !fin || *fin == json::value(true);
}

/// Whether a message is still incomplete after this frame. Pings may come between the parts of one.
inline bool is_incomplete_after(const json::object& entry, bool before) {
    const auto* opcode = entry.if_contains("opcode");
    const bool is_control = opcode && opcode->is_int64() && opcode->get_int64() >= 8;
    return is_control ? before : !is_last_fragment(entry);
}

/// The message that a client has sent; throws inexpressible if ours sends none like it.
inline json::object sent_message(const json::object& entry) {
    const auto is = [&](std::string_view name, const json::value& usual) {
        const auto* found = entry.if_contains(name);
        return !found || *found == usual;
    };
    if (entry.contains("summary"))
        throw inexpressible{"too long to be recorded: " + text_in(entry, "summary")};
    if (!is_last_fragment(entry)) throw inexpressible{"a fragment"};
    if (!is("opcode", 1))
        throw inexpressible{"a frame of its own, with opcode " + json::serialize(entry.at("opcode"))};
    if (!is("mask", true)) throw inexpressible{"a frame without a mask"};
    if (entry.contains("frame_base64")) throw inexpressible{"a frame that is no text"};
    const auto* message = entry.if_contains("message");
    boost::system::error_code not_json;
    const auto value = message ? *message : json::parse(text_in(entry, "raw"), not_json);
    if (not_json || !value.is_object()) throw inexpressible{"not a JSON object"};
    // The recorder had nothing else to write for a byte that is no UTF-8.
    if (!message && text_in(entry, "raw").find("\xef\xbf\xbd") != std::string::npos)
        throw inexpressible{"bytes that are no UTF-8"};
    const auto* cid = value.get_object().if_contains("cid");
    if (cid && !cid->is_string()) throw inexpressible{"a cid that is no text"};
    return value.get_object();
}

/// The cid of an entry; nothing if it has none, or one that is no text.
inline std::optional<std::string> recorded_cid(const json::object& entry) {
    const auto* message = entry.if_contains("message");
    const auto text = message ? json::serialize(*message) : text_in(entry, "raw");
    const auto found = find_cid(text);
    if (!found) return {};
    boost::system::error_code not_json;
    const auto cid = json::parse(std::string_view{text}.substr(found->first, found->second), not_json);
    if (not_json || !cid.is_string()) return {};
    return std::string{cid.get_string()};
}

/// Whether listeners are to be told of messages of this kind.
inline bool is_event(const std::string& kind) {
    static const auto kinds = []<class... Event>(realtime::event_list<Event...>) {
        std::set<std::string> result;
        const auto add = [&](const realtime::envelope& each) {
            result.insert(kind_of(json::parse(wire::to_json(each)).as_object()));
        };
        (add({.message = Event{}}), ...);
        return result;
    }(realtime::server_events{});
    return kinds.contains(kind);
}

/// An answer, without its cid, in the form in which the caller of a request is told of it.
inline json::value as_told(const std::string& kind, const json::object& answer) {
    static const json::value empty_pong{{"pong", json::object{}}};
    if (kind == "ping" && answer == empty_pong) return json::object{};
    const auto* refusal = answer.if_contains("error");
    if (!refusal || !refusal->is_object()) return answer;
    const auto* code = refusal->get_object().if_contains("code");
    const auto number = code && code->is_int64() ? code->get_int64() : 0;
    return {{"error",
             {{"code", number != 0 ? number : static_cast<int>(realtime_code::runtime_exception)},
              {"message", text_in(refusal->get_object(), "message")}}}};
}

} // namespace nakama::test
