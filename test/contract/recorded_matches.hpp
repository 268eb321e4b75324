// The matches and streams of the recorded servers' runtime module, and what it does to sessions.
#pragma once

#include <nakama/sandbox/server.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

namespace json = boost::json;
namespace sandbox = nakama::sandbox;

inline json::object read_payload(const std::string& payload) {
    return payload.empty() ? json::object{} : json::parse(payload).as_object();
}

inline std::string text_or(const json::object& fields, std::string_view name, std::string other = {}) {
    const json::value* found = fields.if_contains(name);
    return found && found->is_string() ? std::string{found->get_string()} : other;
}

inline bool flag_or(const json::object& fields, std::string_view name, bool other) {
    const json::value* found = fields.if_contains(name);
    return found && found->is_bool() ? found->get_bool() : other;
}

inline std::string metadata_of(const sandbox::match_join_attempt& attempt, const std::string& name) {
    const auto found = attempt.metadata.find(name);
    return found == attempt.metadata.end() ? std::string{} : found->second;
}

/// Greets who joins, and echoes.
class live_match final : public sandbox::match_handler {
public:
    sandbox::match_start init(sandbox::match_dispatcher&, const std::string& params) override {
        return {.tick_rate = 30, .label = text_or(read_payload(params), "label")};
    }
    sandbox::match_join_decision join_attempt(sandbox::match_dispatcher&,
                                              const sandbox::match_join_attempt& attempt) override {
        const std::string reason = metadata_of(attempt, "reject");
        return {.allowed = reason.empty(), .reason = reason};
    }
    void join(sandbox::match_dispatcher& match, const std::vector<nakama::user_presence>& joined) override {
        match.broadcast_message({.op_code = 100, .data = R"({"welcome":true})", .presences = joined});
    }
    void loop(sandbox::match_dispatcher& match,
              const std::vector<sandbox::match_message>& messages) override {
        for (const auto& one : messages)
            match.broadcast_message(
                {.op_code = one.op_code, .data = one.data, .presences = std::vector{one.sender}});
    }
};

/// Does what the op code of a message says.
class variant_match final : public sandbox::match_handler {
public:
    sandbox::match_start init(sandbox::match_dispatcher&, const std::string& params) override {
        return {.tick_rate = 10, .label = text_or(read_payload(params), "label")};
    }
    sandbox::match_join_decision join_attempt(sandbox::match_dispatcher&,
                                              const sandbox::match_join_attempt& attempt) override {
        const std::string reason = metadata_of(attempt, "refuse");
        return {.allowed = reason.empty(), .reason = reason == "silently" ? "" : reason};
    }
    void leave(sandbox::match_dispatcher& match, const std::vector<nakama::user_presence>& left) override {
        for (const auto& one : left) match.broadcast_message({.op_code = 90, .data = one.username});
    }
    void loop(sandbox::match_dispatcher& match,
              const std::vector<sandbox::match_message>& messages) override {
        for (const auto& one : messages) obey(match, one);
    }
    std::string signal(sandbox::match_dispatcher&, const std::string& data) override {
        return "signalled: " + data;
    }

private:
    static void obey(sandbox::match_dispatcher& match, const sandbox::match_message& said) {
        switch (said.op_code) {
        case 1:
            match.broadcast_message({.op_code = 11, .data = said.data, .sender = said.sender});
            break;
        case 2:
            match.broadcast_message({.op_code = 12, .data = said.data, .reliable = false});
            break;
        case 3:
            match.match_kick({said.sender});
            break;
        case 4:
            match.match_label_update(said.data);
            break;
        case 5:
            match.end();
            break;
        case 6:
            match.broadcast_message({.op_code = 16,
                                     .data = std::string{"\x00\x01\x7f\x80\xfe\xff", 6},
                                     .presences = std::vector{said.sender}});
            break;
        case 7:
            match.broadcast_message({.op_code = 17});
            break;
        case 8:
            throw std::runtime_error{"variant: the match loop fails"};
        case 9:
            for (int i = 1; i <= 5; ++i)
                match.broadcast_message({.op_code = 20 + i, .data = std::to_string(i)});
            break;
        default:
            break;
        }
    }
};

inline nakama::stream read_stream(const json::object& payload) {
    const json::object& fields = payload.at("stream").as_object();
    return {.mode = static_cast<std::int32_t>(fields.at("mode").as_int64()),
            .subject = text_or(fields, "subject"),
            .subcontext = text_or(fields, "subcontext"),
            .label = text_or(fields, "label")};
}

inline sandbox::stream_user_options read_stream_user(const json::object& payload) {
    return {.hidden = flag_or(payload, "hidden", false),
            .persistence = flag_or(payload, "persistence", false),
            .status = text_or(payload, "status")};
}

inline void register_recorded_matches(sandbox::server& server) {
    using context = sandbox::rpc_context;
    const auto created = [](const std::string& id) {
        return json::serialize(json::object{{"match_id", id}});
    };
    server.register_match("live_match", [] { return std::make_unique<live_match>(); });
    server.register_match("variant_match", [] { return std::make_unique<variant_match>(); });
    server.register_rpc("live.match", [&server, created](const context&, const std::string& payload) {
        return created(server.matches().create("live_match", payload));
    });
    server.register_rpc("variant.match", [&server, created](const context&, const std::string& payload) {
        return created(server.matches().create("variant_match", payload));
    });
    server.register_rpc("variant.signal", [&server](const context&, const std::string& payload) {
        const json::object fields = read_payload(payload);
        const std::string answer =
            server.matches().signal(text_or(fields, "match_id"), text_or(fields, "data"));
        return json::serialize(json::object{{"answer", answer}});
    });
    server.register_matchmaker_matched([&server](const std::vector<nakama::matchmaker_user>& users) {
        const bool wanted = std::ranges::all_of(users, [](const nakama::matchmaker_user& one) {
            const auto hook = one.string_properties.find("hook");
            return hook != one.string_properties.end() && hook->second == "match";
        });
        if (!wanted) return std::string{};
        return server.matches().create("variant_match", R"({"label":"made by the matchmaker"})");
    });
}

inline void register_recorded_streams(sandbox::server& server) {
    using context = sandbox::rpc_context;
    server.register_rpc("live.stream", [&server](const context& caller, const std::string& payload) {
        const nakama::stream where{.mode = 42, .subject = caller.user_id, .label = "live"};
        server.streams().join(where, caller.session_id);
        server.streams().send(where, text_or(read_payload(payload), "data", "stream-payload"));
        return std::string{"{}"};
    });
    server.register_rpc("variant.stream_join", [&server](const context& caller, const std::string& payload) {
        const json::object fields = read_payload(payload);
        server.streams().join(read_stream(fields), caller.session_id, read_stream_user(fields));
        return std::string{"{}"};
    });
    server.register_rpc(
        "variant.stream_update", [&server](const context& caller, const std::string& payload) {
            const json::object fields = read_payload(payload);
            server.streams().update(read_stream(fields), caller.session_id, read_stream_user(fields));
            return std::string{"{}"};
        });
    server.register_rpc("variant.stream_leave", [&server](const context& caller, const std::string& payload) {
        server.streams().leave(read_stream(read_payload(payload)), caller.session_id);
        return std::string{"{}"};
    });
    server.register_rpc("variant.stream_send", [&server](const context&, const std::string& payload) {
        const json::object fields = read_payload(payload);
        server.streams().send(read_stream(fields), text_or(fields, "data"),
                              {.session_ids = {}, .reliable = flag_or(fields, "reliable", true)});
        return std::string{"{}"};
    });
    server.register_rpc("variant.stream_close", [&server](const context&, const std::string& payload) {
        nakama::stream where = read_stream(read_payload(payload));
        // The server's runtime for Lua takes the subcontext for the subject here, and so closes another one.
        if (!where.subcontext.empty()) where.subject = std::exchange(where.subcontext, {});
        server.streams().close(where);
        return std::string{"{}"};
    });
    server.register_rpc("variant.flood", [&server](const context& caller, const std::string& payload) {
        const json::object fields = read_payload(payload);
        const nakama::stream where{.mode = 122, .subject = caller.user_id};
        const std::string data(static_cast<std::size_t>(fields.at("bytes").as_int64()), 'x');
        server.streams().join(where, caller.session_id, {.hidden = true});
        for (std::int64_t i = 0; i < fields.at("count").as_int64(); ++i) server.streams().send(where, data);
        return std::string{"{}"};
    });
}

inline void register_recorded_sessions(sandbox::server& server) {
    using context = sandbox::rpc_context;
    server.register_rpc("variant.disconnect", [&server](const context&, const std::string& payload) {
        server.sessions().disconnect(text_or(read_payload(payload), "session_id"));
        return std::string{"{}"};
    });
    server.register_rpc("variant.logout", [&server](const context&, const std::string& payload) {
        server.sessions().logout(text_or(read_payload(payload), "user_id"));
        return std::string{"{}"};
    });
}

} // namespace replay
