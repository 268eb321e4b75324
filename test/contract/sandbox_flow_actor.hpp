// One socket of a recorded flow: says what was said then, and compares what it hears.
#pragma once

#include "contract/sandbox_replay.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace replay {

/// What was not as recorded.
struct flow_differences {
    std::string where{};
    std::vector<std::string> list{};

    void add(const std::string& what) { list.push_back(where + ": " + what); }
};

inline std::string kind_of(const json::value& message) {
    for (const auto& [name, content] : message.as_object())
        if (name != "cid") return std::string{name};
    return {};
}

inline const json::object& content_of(const json::value& message) {
    static const json::object nothing;
    const json::value* content = message.as_object().if_contains(kind_of(message));
    return content && content->is_object() ? content->get_object() : nothing;
}

/// A server sends to one socket from several sides, each in its own order, and nothing can be said about the
/// order among them.
enum class side {
    answers,   ///< what is said while a request is handled
    presences, ///< who came and went: one event may even overtake another
    match_loop ///< what a server match says
};

inline side side_of(const json::value& message) {
    const std::string kind = kind_of(message);
    const bool answer = message.as_object().contains("cid");
    if (!answer && (kind.ends_with("_presence_event") || kind == "party")) return side::presences;
    if (kind == "match_data" && !text(content_of(message), "match_id").ends_with('.'))
        return side::match_loop;
    return side::answers;
}

/// What is queued when the server closes a connection of its own accord may be lost.
inline bool is_losable(const json::value& message) {
    const std::string kind = kind_of(message);
    return kind == "error" || kind == "pong" || side_of(message) == side::presences;
}

class flow_actor {
public:
    flow_actor(stage& stage, cast& cast, flow_differences& differences)
        : stage_{stage}, cast_{cast}, differences_{differences}, line_{stage} {}

    /// Kinds that the recording leaves out from here on.
    void leave_out(std::string kind) { left_out_.insert(std::move(kind)); }

    void open(const json::object& entry, const std::string& method) {
        const json::object& request = entry.at("request").get_object();
        std::string out = method + ' ' + text(request, "path");
        char separator = '?';
        for (const json::value& pair : request.at("query").get_array()) {
            out += separator + std::string{pair.at(0).as_string()} + '=';
            wire::append_percent(out, cast_.translate(std::string{pair.at(1).as_string()}));
            separator = '&';
        }
        out += " HTTP/1.1\r\n";
        for (const auto& [name, value] : request.at("headers").get_object())
            out += std::string{name} + ": " + cast_.translate(std::string{value.as_string()}) + "\r\n";
        line_.write(out + "\r\n");
        const http_reply reply = read_reply(line_);
        differ("status", std::to_string(entry.at("status").as_int64()), std::to_string(reply.status));
        for (const auto& [name, value] : entry.at("headers").get_object()) {
            if (name == "Date") continue;
            const auto found = reply.headers.find(lower(std::string{name}));
            differ("header " + std::string{name}, std::string{value.as_string()},
                   found == reply.headers.end() ? "none" : found->second);
        }
        if (const std::string body = text(entry, "body"); !body.empty()) differ("body", body, reply.body);
    }

    void send(const json::object& entry) {
        std::string payload = text(entry, "raw");
        if (const std::string encoded = text(entry, "frame_base64"); !encoded.empty())
            payload = wire::decode_base64(encoded).value();
        // A byte that is no UTF-8, which the recording cannot hold.
        if (const auto at = payload.find("\xef\xbf\xbd"); at != std::string::npos)
            payload.replace(at, 3, "\xff");
        if (const std::string summary = text(entry, "summary"); !summary.empty()) payload = padded(summary);
        // What has a frame of its own is about its bytes.
        const json::value* opcode = entry.if_contains("opcode");
        if (!opcode || text(entry, "frame_base64").empty()) payload = cast_.translate(payload);
        const json::value* fin = entry.if_contains("fin");
        const json::value* mask = entry.if_contains("mask");
        line_.write(client_frame(opcode ? static_cast<int>(opcode->as_int64()) : 1, payload,
                                 !fin || fin->as_bool(), !mask || mask->as_bool()));
        // It has to be there before another socket says something.
        for (int i = 0; i < 3; ++i) {
            stage_.io.run_one_for(std::chrono::milliseconds{1});
            stage_.pump();
        }
    }

    void expect(const json::value& message) { expected_.push_back(message); }

    /// Compares what should have been heard by now.
    void settle() { settle(false); }

    /// Takes in what has been heard already; the rest may be what somebody's request brings about.
    void catch_up() {
        read();
        std::erase_if(expected_, [&](const json::value& message) {
            std::string difference;
            if (!take(message, true, difference)) return false;
            remember_present(message);
            return true;
        });
    }

    void ping(const json::object& entry) {
        if (text(entry, "by") == "client") line_.write(client_frame(9, text(entry, "payload")));
        else expect_control(9, text(entry, "payload"));
    }

    void pong(const json::object& entry) {
        if (text(entry, "by") == "server") expect_control(10, text(entry, "payload"));
        else line_.write(client_frame(10, {}));
    }

    void close(const json::object& entry) {
        const json::value* code = entry.if_contains("close_code");
        const std::string reason = text(entry, "close_reason");
        if (text(entry, "by") == "client") {
            settle();
            client_closes(entry, code, reason);
            return;
        }
        settle(!closed_by_client_);
        closed_at_ = entry.at("at_ms").as_int64();
        wait_for([&] { return close_.has_value(); });
        if (!close_) {
            differences_.add("not closed with " + std::to_string(code->as_int64()) + ' ' + reason);
            return;
        }
        differ("close code", std::to_string(code->as_int64()), std::to_string(close_->close_code()));
        const std::string said = close_->payload.size() > 2 ? close_->payload.substr(2) : "";
        const bool timeout = reason.starts_with("read tcp") && said.starts_with("read tcp 127.0.0.1:") &&
                             said.ends_with(": i/o timeout");
        if (!timeout) differ("close reason", reason, said);
    }

    void eof(const json::object& entry) {
        settle(!closed_by_client_);
        if (text(entry, "how") == "the client hangs up") {
            line_.shut();
            return;
        }
        // A client that is told goodbye says so too, as a rule at once; one that does not is cut.
        read();
        if (close_ && !closed_by_client_ && entry.at("at_ms").as_int64() - closed_at_ < 1000)
            line_.write(client_frame(8, close_->payload.substr(0, 2)));
        // The server takes its two seconds where it does not listen any more.
        for (int i = 0; i < patience + 110 && !line_.ended_now(); ++i) {
            stage_.io.run_one_for(std::chrono::milliseconds{2});
            if (i >= patience) stage_.advance_to(stage_.clock->wall_now() + step);
        }
        if (!line_.ended()) differences_.add("the connection does not end");
        ended_ = true;
    }

    /// The flow knows of nothing more.
    void finish() {
        settle();
        read();
        for (const json::value& one : heard_)
            if (!(close_ || ended_) || !is_losable(one))
                differences_.add("not expected: " + json::serialize(one));
        // The clock may have got a little ahead of the recording's.
        if (controls_.size() > 1) differences_.add("more pings than expected");
        if (close_ && !closed_at_ && !closed_by_client_ && !ended_)
            differences_.add("closed: " +
                             close_->payload.substr(std::min<std::size_t>(2, close_->payload.size())));
    }

private:
    static constexpr std::chrono::milliseconds step{20};
    static constexpr int patience = 25; ///< steps

    void differ(const std::string& what, const std::string& then, const std::string& now) {
        if (then != now) differences_.add(what + ": recorded " + then + ", here " + now);
    }

    /// "an rpc envelope padded to N bytes"
    static std::string padded(const std::string& summary) {
        std::string envelope = R"({"cid":"1","rpc":{"id":"live.whoami"})";
        const auto number = summary.find_first_of("0123456789");
        require(number != std::string::npos, "no size: " + summary);
        envelope.append(std::stoul(summary.substr(number)) - envelope.size() - 1, ' ');
        return envelope + '}';
    }

    void client_closes(const json::object& entry, const json::value* code, const std::string& reason) {
        closed_by_client_ = true;
        if (!text(entry, "how").empty()) {
            line_.shut();
            return;
        }
        std::string payload;
        if (code) {
            payload += static_cast<char>(code->as_int64() >> 8);
            payload += static_cast<char>(code->as_int64() & 0xff);
            payload += reason;
        }
        line_.write(client_frame(8, payload));
    }

    void read() {
        line_.read_until([] { return true; });
        read_frames();
    }

    void read_frames() {
        while (const auto next = take_frame(line_.received)) {
            if (next->opcode == 8) close_ = next;
            else if (next->opcode == 9 || next->opcode == 10) controls_.push_back(*next);
            else if (next->opcode != 1) differences_.add("a frame of opcode " + std::to_string(next->opcode));
            else if (auto message = json::parse(next->payload); !left_out_.contains(kind_of(message)))
                heard_.push_back(std::move(message));
        }
    }

    /// What is under way takes a moment of real time to arrive; what is a matter of time takes some of the
    /// server's: the recorder's clock and its differ by milliseconds.
    template <class Holds>
    bool wait_for(const Holds& holds) {
        for (int i = 0; i < 3 * patience; ++i) {
            read();
            if (holds()) return true;
            stage_.io.run_one_for(std::chrono::milliseconds{2});
            if (i >= patience && i < 2 * patience) stage_.advance_to(stage_.clock->wall_now() + step);
        }
        return line_.read_until([&] {
            read_frames();
            return holds();
        });
    }

    void settle(bool losing) {
        read();
        for (const json::value& message : std::exchange(expected_, {})) {
            const bool optional =
                tells_again(message) || tells_of_strangers(message) || (losing && is_losable(message));
            remember_present(message);
            std::string difference;
            const auto found = [&] { return take(message, optional, difference); };
            if (optional ? found() : wait_for(found)) {
                if (!difference.empty()) differences_.add(difference);
            } else if (!optional) {
                differences_.add("not heard: " + json::serialize(message) +
                                 (difference.empty() ? "" : ", but " + difference));
            }
        }
    }

    /// Takes what stands for a message out of what was heard. Of presence events any may be it, of the rest
    /// the first from its side has to be.
    bool take(const json::value& message, bool exactly, std::string& difference) {
        const side from = side_of(message);
        for (auto at = heard_.begin(); at != heard_.end(); ++at) {
            if (side_of(*at) != from) continue;
            const auto before = cast_;
            auto found = cast_.compare(message, *at);
            if (from == side::presences || exactly) {
                if (!found) {
                    heard_.erase(at);
                    difference.clear();
                    return true;
                }
                cast_ = before;
                if (kind_of(*at) == kind_of(message)) difference = *found;
                continue;
            }
            if (found) difference = *found + " in " + json::serialize(*at);
            heard_.erase(at);
            return true;
        }
        return false;
    }

    /// Matches, parties and channels name themselves first, in answers and in events.
    static std::string place_of(const json::object& content) {
        return content.empty() || !content.begin()->value().is_string()
                   ? std::string{}
                   : std::string{content.begin()->value().get_string()};
    }

    void remember_present(const json::value& message) {
        const json::object& content = content_of(message);
        for_each_text(content, [&](std::string_view key, const std::string& value) {
            if (key == "session_id") met_.insert(value);
        });
        if (const json::value* leaves = content.if_contains("leaves"))
            for (const json::value& one : leaves->as_array())
                present_.erase({place_of(content), text(one.as_object(), "session_id")});
        const json::value* self = content.if_contains("self");
        const json::value* presences = content.if_contains("presences");
        if (!self || !presences) return;
        for (const json::value& one : presences->as_array())
            if (one != *self) present_.emplace(place_of(content), text(one.as_object(), "session_id"));
    }

    /// Whether an event tells of joins that the answer to one's own join knew of already: the real server can
    /// be late with them.
    bool tells_again(const json::value& message) const {
        const json::object& content = content_of(message);
        const json::value* joins = content.if_contains("joins");
        if (side_of(message) != side::presences || !joins || content.contains("leaves")) return false;
        return std::ranges::all_of(joins->as_array(), [&](const json::value& one) {
            return present_.contains({place_of(content), text(one.as_object(), "session_id")});
        });
    }

    /// Whether an event tells only of the leaving of those whom the socket never heard of: it came just when
    /// they went.
    bool tells_of_strangers(const json::value& message) const {
        const json::object& content = content_of(message);
        const json::value* leaves = content.if_contains("leaves");
        if (side_of(message) != side::presences || !leaves || content.contains("joins")) return false;
        return std::ranges::none_of(leaves->as_array(), [&](const json::value& one) {
            return met_.contains(text(one.as_object(), "session_id"));
        });
    }

    stage& stage_;
    cast& cast_;
    flow_differences& differences_;
    line line_;
    std::set<std::string> left_out_;
    std::vector<json::value> expected_;
    std::vector<json::value> heard_; // and not yet expected
    std::deque<frame> controls_;     // pings and pongs, which keep their own order
    std::optional<frame> close_;
    std::int64_t closed_at_ = 0;
    bool closed_by_client_ = false;
    bool ended_ = false;
    std::set<std::string> met_;                             // sessions
    std::set<std::pair<std::string, std::string>> present_; // by place and session, as answers told

    void expect_control(int opcode, const std::string& payload) {
        wait_for([&] { return !controls_.empty(); });
        if (controls_.empty()) {
            differences_.add(opcode == 9 ? "no ping" : "no pong");
            return;
        }
        differ("opcode", std::to_string(opcode), std::to_string(controls_.front().opcode));
        differ("payload", payload, controls_.front().payload);
        controls_.pop_front();
    }
};

} // namespace replay
