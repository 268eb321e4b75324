// Plays one recorded flow against a sandbox of its own. The clock follows that of the recording.
#pragma once

#include "contract/flow_surroundings.hpp"
#include "contract/recorded_config.hpp"
#include "contract/recorded_module.hpp"
#include "contract/sandbox_flow_actor.hpp"
#include "sandbox/state/ids.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

class sandbox_flow {
public:
    sandbox_flow(std::string name, const json::object& recording)
        : name_{std::move(name)}, recording_{recording}, entries_{with_requests_before_effects(recording)},
          start_{first_token()}, stage_{creation(), config_of(flags())}, cast_{stage_} {}

    /// The differences, none if all was as recorded.
    std::vector<std::string> replay() {
        try {
            introduce_users();
            // The module of the servers with flags of their own has hooks.
            if (!flags().empty()) register_recorded_hooks(stage_.server);
            stage_.advance_to(start_);
            const auto around = surroundings_of_flow(name_);
            for (const json::object* entry : entries_) {
                differences_.where = text(*entry, "socket") + " at " +
                                     std::to_string(entry->at("at_ms").as_int64()) + " ms, " +
                                     text(*entry, "dir");
                stage_.advance_to(time_of(*entry));
                around->before(stage_, cast_, *entry);
                play(*entry);
                require(differences_.list.size() < too_many, "and more");
            }
            for (auto& [label, actor] : actors_) finish(label, actor);
        } catch (const std::exception& failure) {
            differences_.add(failure.what());
        }
        return differences_.list;
    }

private:
    static constexpr std::size_t too_many = 12;

    using entry_list = std::vector<const json::object*>;

    /// A request is written down when it was answered, after what it brought about.
    static entry_list with_requests_before_effects(const json::object& recording) {
        entry_list result;
        for (const json::value& value : recording.at("entries").as_array()) {
            const json::object& entry = value.get_object();
            auto place = result.end();
            if (text(entry, "dir") == "http") {
                for (auto at = place; at != result.begin() && !is_clients_doing(**std::prev(at)); --at)
                    if (const auto before = std::prev(at); ends_socket(**before)) place = before;
            }
            result.insert(place, &entry);
        }
        return result;
    }

    static bool ends_socket(const json::object& entry) {
        return text(entry, "dir") == "close" || text(entry, "dir") == "eof";
    }

    static bool is_clients_doing(const json::object& entry) {
        const std::string what = text(entry, "dir");
        return what == "open" || what == "send" || what == "http" || what == "comment" ||
               text(entry, "by") == "client" || text(entry, "how") == "the client hangs up" ||
               text(entry, "note") == "answer to the client's close";
    }

    std::vector<std::string> flags() const {
        std::vector<std::string> result;
        if (const json::value* server = recording_.if_contains("server"); server && server->is_object())
            for (const json::value& flag : server->at("flags").as_array())
                result.emplace_back(flag.as_string());
        return result;
    }

    std::set<std::string> tokens() const {
        std::set<std::string> result;
        for_each_text(recording_.at("entries"), [&](std::string_view, const std::string& value) {
            for (const std::string& token : find_tokens(value)) {
                const auto claims = wire::read_jwt(token);
                if (claims && !claims->uid.empty()) result.insert(token);
            }
        });
        return result;
    }

    wall_time first_token() const {
        wall_time first = wall_time::max();
        for (const std::string& token : tokens())
            first = std::min(first, wall_time{std::chrono::seconds{wire::read_jwt(token)->iat}});
        require(first != wall_time::max(), "a flow without tokens");
        return first;
    }

    /// When the server began: its intervals of the matchmaker are counted from there, and one of them was
    /// over when somebody was matched.
    wall_time creation() const {
        const std::chrono::milliseconds interval = stage::recorded_config().matchmaker_interval;
        for (const json::object* entry : entries_) {
            const json::value* message = entry->if_contains("message");
            if (text(*entry, "dir") != "recv" || kind_of(*message) != "matchmaker_matched") continue;
            const std::chrono::milliseconds matched{entry->at("at_ms").as_int64()};
            return start_ + matched - (matched / interval + 1) * interval;
        }
        return start_;
    }

    wall_time time_of(const json::object& entry) const {
        return start_ + std::chrono::milliseconds{entry.at("at_ms").as_int64()};
    }

    void introduce_users() {
        for (const std::string& token : tokens()) {
            cast_.introduce(token, {});
            if (const auto claims = sandbox::read_session_token(token, sandbox::session_key, wall_time{}))
                tokens_[claims->usn] = token;
        }
        const json::value* users = recording_.if_contains("users");
        if (!users || !users->is_object()) return;
        for (const auto& [label, user] : users->get_object())
            cast_.introduce(text(user.as_object(), "user_id"), text(user.as_object(), "username"), {});
    }

    /// The token of one whose requests alone are recorded is made up.
    const std::string& token_of(const std::string& username) {
        std::string& token = tokens_[username];
        if (token.empty()) {
            auto accounts = stage_.server.accounts();
            if (!accounts.find_by_username(username)) accounts.add({.username = username});
            const auto now = std::chrono::time_point_cast<std::chrono::seconds>(stage_.clock->wall_now());
            const std::int64_t issued = now.time_since_epoch().count();
            token = sandbox::mint_session_token({.tid = sandbox::id_source{7}.uuid(),
                                                 .uid = accounts.find_by_username(username)->user.id,
                                                 .usn = username,
                                                 .exp = issued + 7200,
                                                 .iat = issued},
                                                sandbox::session_key);
        }
        return token;
    }

    void play(const json::object& entry) {
        const std::string what = text(entry, "dir");
        if (what == "comment") return hear_comment(text(entry, "text"));
        if (what == "http") return ask(entry);
        if (what == "open") return open(entry);
        const auto found = actors_.find(text(entry, "socket"));
        if (found == actors_.end()) return;
        flow_actor& actor = found->second;
        if (what == "recv") return actor.expect(entry.at("message"));
        if (what == "send") {
            // What the others heard so far may name what is spoken of now.
            for (auto& [label, other] : actors_) other.settle();
            actor.send(entry);
        } else if (what == "ping") {
            actor.ping(entry);
        } else if (what == "pong") {
            actor.pong(entry);
        } else if (what == "close") {
            actor.close(entry);
        } else if (what == "eof") {
            actor.eof(entry);
        }
    }

    /// Some comments are about what the entries do not show.
    void hear_comment(const std::string& comment) {
        last_comment_ = comment;
        if (comment.find("stream data is left out") != std::string::npos)
            for (auto& [label, actor] : actors_) actor.leave_out("stream_data");
    }

    void open(const json::object& entry) {
        const std::string label = text(entry, "socket");
        if (const auto before = actors_.find(label); before != actors_.end()) {
            finish(label, before->second);
            actors_.erase(before);
        }
        flow_actor& actor = actors_.try_emplace(label, stage_, cast_, differences_).first->second;
        // Every handshake is written down as a GET, also the one that was none.
        const bool post = last_comment_ == "POST";
        actor.open(entry, post ? "POST" : text(entry.at("request").as_object(), "method"));
        last_comment_.clear();
    }

    void finish(const std::string& label, flow_actor& actor) {
        const std::string where = std::exchange(differences_.where, label + " at its end");
        actor.finish();
        differences_.where = where;
    }

    void ask(const json::object& entry) {
        for (auto& [label, actor] : actors_) actor.catch_up();
        std::string target = cast_.translate(text(entry, "path"));
        char separator = '?';
        if (const json::value* query = entry.if_contains("query"); query && query->is_array()) {
            for (const json::value& pair : query->get_array()) {
                target += separator + std::string{pair.at(0).as_string()} + '=';
                wire::append_percent(target, cast_.translate(std::string{pair.at(1).as_string()}));
                separator = '&';
            }
        }
        const json::value* body = entry.if_contains("body");
        const std::string content = body ? cast_.translate(json::serialize(*body)) : "";
        line line{stage_};
        line.write(text(entry, "method") + ' ' + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                   cast_.translate(token_of(text(entry, "as"))) +
                   "\r\nContent-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content);
        const http_reply reply = read_reply(line);
        if (reply.status != entry.at("status").as_int64()) {
            differences_.add(target + ": status recorded " + std::to_string(entry.at("status").as_int64()) +
                             ", here " + std::to_string(reply.status));
            return;
        }
        const json::value* response = entry.if_contains("response");
        if (!response || !response->is_object()) return;
        if (const auto found = cast_.compare(*response, json::parse(reply.body)))
            differences_.add(target + ": " + *found);
    }

    std::string name_;
    const json::object& recording_;
    entry_list entries_;
    wall_time start_;
    stage stage_;
    cast cast_;
    flow_differences differences_;
    std::map<std::string, flow_actor> actors_;  // by label
    std::map<std::string, std::string> tokens_; // by username
    std::string last_comment_;
};

} // namespace replay
