// The sandbox against recorded flows of a real server's sockets: what each socket said then is said again,
// and what each hears is compared. The clock follows that of the recording.
#include "contract/recording.hpp"
#include "contract/sandbox_replay.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>

namespace {

using namespace replay;

struct flow {
    std::string_view name;
    bool hasty = false; ///< leaves out what was a matter of luck: status events of the socket before, errors
                        ///< and pongs on a socket that is being closed
    bool other_pings = false; ///< leaves out pings: the recorded server pinged every second
};

std::string kind_of(const json::value& message) {
    for (const auto& [name, content] : message.as_object())
        if (name != "cid") return std::string{name};
    return {};
}

/// What the real server sends from another queue than answers: it may come before or after them.
bool is_presence_event(const json::value& message) {
    const std::string kind = kind_of(message);
    const bool answer = message.as_object().contains("cid");
    return kind.ends_with("_presence_event") || (kind == "party" && !answer);
}

/// One socket of a flow.
class actor {
public:
    actor(stage& stage, cast& cast, const flow& flow)
        : stage_{stage}, cast_{cast}, flow_{flow}, line_{stage} {}

    void open(const json::object& entry, bool post) {
        const json::object& request = entry.at("request").get_object();
        std::string out = (post ? "POST" : text(request, "method")) + ' ' + text(request, "path");
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
        CHECK(reply.status == entry.at("status").as_int64());
        for (const auto& [name, value] : entry.at("headers").get_object()) {
            if (name == "Date") continue;
            const auto found = reply.headers.find(lower(std::string{name}));
            INFO("header " << name);
            CHECK((found != reply.headers.end() && found->second == value.as_string()));
        }
        if (const std::string body = text(entry, "body"); !body.empty()) CHECK(reply.body == body);
    }

    void send(const json::object& entry) {
        std::string payload = text(entry, "raw");
        if (const std::string encoded = text(entry, "frame_base64"); !encoded.empty())
            payload = wire::decode_base64(encoded).value();
        // A byte that is no UTF-8, which the recording cannot hold.
        if (const auto at = payload.find("\xef\xbf\xbd"); at != std::string::npos)
            payload.replace(at, 3, "\xff");
        // What has a frame of its own is about its bytes.
        const json::value* opcode = entry.if_contains("opcode");
        if (!opcode || text(entry, "frame_base64").empty()) payload = cast_.translate(payload);
        const json::value* fin = entry.if_contains("fin");
        const json::value* mask = entry.if_contains("mask");
        line_.write(client_frame(opcode ? static_cast<int>(opcode->as_int64()) : 1, payload,
                                 !fin || fin->as_bool(), !mask || mask->as_bool()));
    }

    void expect(const json::object& entry) {
        const json::value& message = entry.at("message");
        if (flow_.hasty && (kind_of(message) == "status_presence_event" || kind_of(message) == "error"))
            return;
        if (tells_again(message)) return;
        remember_present(message);
        expected_.push_back(message);
    }

    /// Hears what is expected by now. Presence events may come at another place among the rest.
    void settle() {
        std::vector<json::value> here;
        for (std::size_t i = 0; i < expected_.size(); ++i) {
            const auto next = next_frame(1);
            if (!next) break;
            here.push_back(json::parse(next->payload));
        }
        CAPTURE(json::serialize(json::array(expected_.begin(), expected_.end())),
                json::serialize(json::array(here.begin(), here.end())));
        REQUIRE(here.size() == expected_.size());
        const auto split = [](const std::vector<json::value>& messages) {
            std::pair<json::array, json::array> result; // presence events come second
            for (const json::value& one : messages)
                (is_presence_event(one) ? result.second : result.first).push_back(one);
            return result;
        };
        const auto recorded = split(expected_);
        const auto heard = split(here);
        REQUIRE(recorded.first.size() == heard.first.size());
        for (std::size_t i = 0; i < recorded.first.size(); ++i)
            CHECK(cast_.compare(recorded.first[i], heard.first[i]).value_or("") == "");
        compare_events(recorded.second, heard.second);
        expected_.clear();
    }

    void expect_nothing_more() {
        settle();
        line_.read_until([] { return true; });
        while (auto next = take()) INFO("unexpected: " << next->payload);
        CHECK(line_.received.empty());
        CHECK(controls_.empty());
    }

    void ping(const json::object& entry) {
        if (flow_.other_pings) return;
        if (text(entry, "by") == "client") {
            line_.write(client_frame(9, text(entry, "payload")));
            return;
        }
        settle();
        // The recorder's clock and the server's differ by milliseconds.
        for (int i = 0; i < 20 && controls_.empty(); ++i) {
            line_.read_until([] { return true; });
            while (const auto control = take()) frames_.push_back(*control);
            if (controls_.empty())
                stage_.advance_to(stage_.clock->wall_now() + std::chrono::milliseconds{20});
        }
        expect_control(9, text(entry, "payload"));
    }

    void pong(const json::object& entry) {
        if (flow_.other_pings) return;
        if (text(entry, "by") == "server") expect_control(10, text(entry, "payload"));
        else line_.write(client_frame(10, {}));
    }

    void close(const json::object& entry) {
        settle();
        const json::value* code = entry.if_contains("close_code");
        const std::string reason = text(entry, "close_reason");
        if (text(entry, "by") == "client") {
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
            return;
        }
        for (int i = 0; i < 20 && !peek_close(); ++i)
            stage_.advance_to(stage_.clock->wall_now() + std::chrono::milliseconds{20});
        const auto closing = next_frame(8);
        REQUIRE(closing);
        CHECK(closing->close_code() == code->as_int64());
        const std::string said = closing->payload.size() > 2 ? closing->payload.substr(2) : "";
        if (reason.starts_with("read tcp")) {
            CHECK(said.starts_with("read tcp 127.0.0.1:"));
            CHECK(said.ends_with(": i/o timeout"));
        } else {
            CHECK(said == reason);
        }
    }

    void eof(const json::object& entry) {
        settle();
        if (text(entry, "how") == "the client hangs up") {
            line_.shut();
            return;
        }
        // The real server may be too hasty for its close frame; the sandbox never is, and takes its two
        // seconds.
        peek_close();
        for (int i = 0; i < 110 && !line_.ended_now(); ++i)
            stage_.advance_to(stage_.clock->wall_now() + std::chrono::milliseconds{20});
        CHECK(line_.ended());
        frames_.clear();
    }

private:
    /// Matches, parties and channels name themselves first, in answers and in events.
    static std::string place_of(const json::object& content) {
        return content.empty() || !content.begin()->value().is_string()
                   ? std::string{}
                   : std::string{content.begin()->value().get_string()};
    }

    static const json::object& content_of(const json::value& message) {
        static const json::object nothing;
        const json::value* content = message.as_object().if_contains(kind_of(message));
        return content && content->is_object() ? content->get_object() : nothing;
    }

    void remember_present(const json::value& message) {
        const json::object& content = content_of(message);
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
        if (!is_presence_event(message) || !joins || content.contains("leaves")) return false;
        return std::ranges::all_of(joins->as_array(), [&](const json::value& one) {
            return present_.contains({place_of(content), text(one.as_object(), "session_id")});
        });
    }

    std::optional<frame> take() {
        auto next = take_frame(line_.received);
        if (next && (next->opcode == 9 || next->opcode == 10)) controls_.push_back(*next);
        return next && (next->opcode == 9 || next->opcode == 10) ? take() : next;
    }

    bool peek_close() {
        line_.read_until([] { return true; });
        while (const auto next = take()) frames_.push_back(*next);
        return std::ranges::any_of(frames_, [](const frame& one) { return one.opcode == 8; });
    }

    std::optional<frame> next_frame(int opcode) {
        for (;;) {
            if (frames_.empty()) {
                std::optional<frame> next;
                line_.read_until([&] { return (next = take()).has_value(); });
                if (!next) return {};
                frames_.push_back(*next);
            }
            const frame next = frames_.front();
            frames_.erase(frames_.begin());
            const bool status =
                next.opcode == 1 && next.payload.find("\"status_presence_event\"") != std::string::npos;
            const bool pong =
                opcode == 8 && next.opcode == 1 && next.payload.find("\"pong\"") != std::string::npos;
            if (flow_.hasty && (status || pong)) continue;
            // Those who close one after the other may or may not still hear of each other.
            if (opcode == 8 && next.opcode == 1 &&
                next.payload.find("_presence_event\":") != std::string::npos)
                continue;
            CAPTURE(next.payload);
            REQUIRE(next.opcode == opcode);
            return next;
        }
    }

    void expect_control(int opcode, const std::string& payload) {
        line_.read_until([&] {
            while (const auto next = take()) frames_.push_back(*next);
            return !controls_.empty();
        });
        REQUIRE_FALSE(controls_.empty());
        CHECK(controls_.front().opcode == opcode);
        CHECK(controls_.front().payload == payload);
        controls_.erase(controls_.begin());
    }

    void compare_events(const json::array& recorded, json::array here) {
        for (const json::value& one : recorded) {
            bool found = false;
            for (std::size_t i = 0; i < here.size() && !found; ++i) {
                const auto before = cast_;
                found = !cast_.compare(one, here[i]).has_value();
                if (found) here.erase(here.begin() + static_cast<std::ptrdiff_t>(i));
                else cast_ = before;
            }
            INFO("recorded " << json::serialize(one) << ", here left " << json::serialize(here));
            CHECK(found);
        }
    }

    stage& stage_;
    cast& cast_;
    const flow& flow_;
    line line_;
    std::vector<json::value> expected_;
    std::set<std::pair<std::string, std::string>> present_; // by place and session, as answers told
    std::vector<frame> frames_;                             // read and not yet asked for
    std::vector<frame> controls_;                           // pings and pongs, which keep their own order
};

bool is_served(const json::object& entry) {
    const std::string path = text(entry, "path");
    return path == "/v2/session/logout" || path == "/v2/account" || path == "/v2/friend" ||
           path == "/v2/notification" || path == "/v2/rpc/live.notify" || path.starts_with("/v2/group") ||
           path.starts_with("/v2/channel/");
}

void replay_entries(const flow& flow, const json::array& entries, const std::set<std::string>& tokens,
                    wall_time start, stage& stage, cast& cast) {
    std::map<std::string, std::string> token_of_user; // by username
    for (const std::string& token : tokens)
        if (const auto claims = sandbox::read_session_token(token, sandbox::session_key, wall_time{}))
            token_of_user[claims->usn] = token;

    std::map<std::string, actor> actors;
    std::string last_comment;
    for (const json::value& value : entries) {
        const json::object& entry = value.get_object();
        const std::string direction = text(entry, "dir");
        const std::string socket = text(entry, "socket");
        CAPTURE(json::serialize(entry));
        if (!text(entry, "summary").empty() ||
            text(entry, "text").starts_with("a message of exactly 4194304"))
            break; // the limit of another configuration: message-size-default shows that of this one
        stage.advance_to(start + std::chrono::milliseconds{entry.at("at_ms").as_int64()});
        if (direction == "open") {
            actors.erase(socket);
            actors.try_emplace(socket, stage, cast, flow).first->second.open(entry, last_comment == "POST");
            continue;
        }
        if (direction == "comment" && socket.empty()) {
            last_comment = text(entry, "text");
            continue;
        }
        if (direction == "http") {
            if (!is_served(entry)) continue;
            const json::value* body = entry.if_contains("body");
            const std::string content = body ? cast.translate(json::serialize(*body)) : "";
            std::string target = text(entry, "path");
            char separator = '?';
            if (const json::value* query = entry.if_contains("query"))
                for (const json::value& pair : query->as_array()) {
                    target += separator + std::string{pair.at(0).as_string()} + '=' +
                              cast.translate(std::string{pair.at(1).as_string()});
                    separator = '&';
                }
            line line{stage};
            line.write(text(entry, "method") + ' ' + cast.translate(target) +
                       " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                       cast.translate(token_of_user[text(entry, "as")]) +
                       "\r\nContent-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content);
            const http_reply reply = read_reply(line);
            CHECK(reply.status == entry.at("status").as_int64());
            if (const json::value* response = entry.if_contains("response"))
                CHECK(cast.compare(*response, json::parse(reply.body)).value_or("") == "");
            continue;
        }
        const auto found = actors.find(socket);
        if (found == actors.end()) continue;
        actor& actor = found->second;
        if (direction == "send") {
            // What the others heard so far may name what is spoken of now.
            for (auto& [label, other] : actors) other.settle();
            actor.send(entry);
        }
        if (direction == "recv") actor.expect(entry);
        else if (direction == "ping") actor.ping(entry);
        else if (direction == "pong") actor.pong(entry);
        else if (direction == "close") actor.close(entry);
        else if (direction == "eof") actor.eof(entry);
    }
    for (auto& [label, actor] : actors) actor.expect_nothing_more();
}

void replay_flow(const flow& flow) {
    CAPTURE(flow.name);
    const json::value recording =
        nakama::test::load(std::filesystem::path{NAKAMA_TEST_DATA} / "nakama-3.40/realtime" /
                           (std::string{flow.name} + ".json"));
    const json::array& entries = recording.at("entries").as_array();

    std::set<std::string> tokens;
    wall_time start = wall_time::max();
    for (const json::value& entry : entries)
        for_each_text(entry, [&](std::string_view, const std::string& value) {
            for (const std::string& token : find_tokens(value)) {
                const auto claims = wire::read_jwt(token);
                if (!claims || claims->uid.empty() || !tokens.insert(token).second) continue;
                start = std::min(start, wall_time{std::chrono::seconds{claims->iat}});
            }
        });
    stage stage{start};
    cast cast{stage};
    for (const std::string& token : tokens) cast.introduce(token, {});
    replay_entries(flow, entries, tokens, start, stage, cast);
}

constexpr std::array flows{
    flow{"chat-direct"},
    flow{"chat-errors"},
    flow{"chat-group"},
    flow{"chat-room"},
    flow{"chat-room-volatile"},
    flow{"connect-ping"},
    flow{"connect-refused"},
    flow{"connect-variants"},
    flow{"malformed", true},
    flow{"match-errors"},
    flow{"match-join-session-token", false, true},
    flow{"match-relayed-2"},
    flow{"match-relayed-3"},
    flow{"matchmaker"},
    flow{"matchmaker-errors"},
    flow{"message-size-default", true, true},
    flow{"notifications"},
    flow{"party-closed"},
    flow{"party-matchmaker"},
    flow{"party-open"},
    flow{"ping-unanswered"},
    flow{"server-notifications"},
    flow{"status"},
    flow{"unrecognized", true},
    flow{"username-change"},
};

} // namespace

TEST_CASE("sockets of the sandbox hear what those of the recorded server heard") {
    for (const flow& flow : flows) {
        DYNAMIC_SECTION(flow.name) {
            replay_flow(flow);
        }
    }
}
