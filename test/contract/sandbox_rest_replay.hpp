// Asks a sandbox what was asked of the recorded server, and compares what it answers.
#pragma once

#include "contract/recording.hpp"
#include "contract/sandbox_replay.hpp"
#include "contract/surroundings.hpp"
#include "net/decompress.hpp"

#include <ctime>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace replay {

/// The exchanges that are known to differ, and why.
class known_differences {
public:
    explicit known_differences(const json::value& list) {
        for (const json::value& one : list.as_array()) {
            const auto& fields = one.as_object();
            reasons_[{text(fields, "group"), text(fields, "name")}] = text(fields, "reason");
        }
    }

    /// Null for what has to be as recorded.
    [[nodiscard]] const std::string* find(const std::string& group, const std::string& name) const {
        const auto found = reasons_.find({group, name});
        return found == reasons_.end() ? nullptr : &found->second;
    }

private:
    std::map<std::pair<std::string, std::string>, std::string> reasons_;
};

struct rest_counts {
    int all = 0;
    int matching = 0;
    int excepted = 0;
    int differing = 0;

    rest_counts& operator+=(const rest_counts& other) {
        all += other.all;
        matching += other.matching;
        excepted += other.excepted;
        differing += other.differing;
        return *this;
    }
};

inline std::optional<wall_time> date_of(const json::object& exchange) {
    const json::value* headers = exchange.at("response").as_object().if_contains("headers");
    if (!headers || !headers->is_object()) return {};
    const std::string date = text(headers->get_object(), "Date");
    std::tm parts{};
    if (!strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S", &parts)) return {};
    return std::chrono::system_clock::from_time_t(timegm(&parts));
}

/// Within the second that an exchange's header tells: no server is asked on its stroke.
inline constexpr std::chrono::microseconds within_second{491'235};

inline std::string body_of(const json::object& request) {
    if (const std::string encoded = text(request, "raw_base64"); !encoded.empty())
        return wire::decode_base64(encoded).value();
    const std::string summary = text(request, "body_summary");
    if (summary.empty()) return text(request, "raw");
    if (summary.starts_with("a JSON string of ")) {
        std::string body = "\"";
        body.append(std::stoul(summary.substr(17)), 'y');
        return body + '"';
    }
    std::string body = R"({"location": ")";
    body.append(262160 - body.size() - 2, 'x');
    return body + "\"}";
}

inline std::string request_text(const cast& cast, const json::object& request) {
    std::string out = text(request, "method") + ' ' + cast.translate(text(request, "path"));
    char separator = '?';
    if (const json::value* query = request.if_contains("query"); query && query->is_array()) {
        for (const json::value& pair : query->get_array()) {
            out += separator;
            wire::append_percent(out, std::string{pair.at(0).as_string()});
            out += '=';
            wire::append_percent(out, cast.translate(std::string{pair.at(1).as_string()}));
            separator = '&';
        }
    }
    out += " HTTP/1.1\r\nHost: x\r\n";
    std::string body = cast.translate(body_of(request));
    bool chunked = false;
    if (const json::value* headers = request.if_contains("headers"); headers && headers->is_object()) {
        for (const auto& [name, value] : headers->get_object()) {
            chunked = chunked || name == "Transfer-Encoding";
            const json::array values = value.is_array() ? value.get_array() : json::array(1, value);
            if (name == "Content-Length") continue;
            for (const json::value& one : values)
                out += std::string{name} + ": " + cast.translate(std::string{one.as_string()}) + "\r\n";
        }
    }
    if (!chunked) return out + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    std::ostringstream size;
    size << std::hex << body.size();
    return out + "\r\n" + size.str() + "\r\n" + body + "\r\n0\r\n\r\n";
}

/// The differences, a line each.
inline std::vector<std::string> compare_replies(cast& cast, const json::object& recorded,
                                                const http_reply& here) {
    std::vector<std::string> differences;
    const auto differ = [&](const std::string& what, const std::string& then, const std::string& now) {
        if (then != now) differences.push_back(what + ": recorded " + then + ", here " + now);
    };
    differ("status", std::to_string(recorded.at("status").as_int64()), std::to_string(here.status));
    for (const auto& [name, value] : recorded.at("headers").as_object()) {
        const std::string field = lower(std::string{name});
        if (field == "date" || field == "content-length" || field == "transfer-encoding") continue;
        const auto found = here.headers.find(field);
        differ("header " + field,
               value.is_string() ? std::string{value.get_string()} : json::serialize(value),
               found == here.headers.end() ? "none" : found->second);
    }
    const json::value* body = recorded.if_contains("body");
    const std::string raw = text(recorded, "raw");
    if (body && (body->is_object() || body->is_array())) {
        boost::system::error_code failed;
        const json::value content = json::parse(here.body, failed);
        if (failed) {
            differ("body", json::serialize(*body), here.body);
        } else {
            if (const auto found = cast.compare(*body, content)) differences.push_back("body: " + *found);
            // Errors are the same to the byte.
            if (here.status != 200 && !raw.empty()) differ("text", cast.translate(raw), here.body);
        }
    } else if (!raw.empty()) {
        differ("text", cast.translate(raw), here.body);
    } else if (const std::string encoded = text(recorded, "raw_base64"); !encoded.empty()) {
        differ("bytes", wire::decode_base64(encoded).value_or(""), here.body);
    }
    return differences;
}

/// Users that were there before a group began, in the order they came.
struct newcomer {
    wall_time time;
    std::string user;
    std::string username;
    std::size_t order = 0;
};

class newcomers {
public:
    explicit newcomers(const std::vector<json::object>& exchanges) {
        for (const json::object& exchange : exchanges) look_at(exchange);
        for (std::size_t i = 0; i < coming_.size(); ++i) coming_[i].order = i;
        std::ranges::sort(coming_, {}, [](const newcomer& one) { return std::pair{one.time, one.order}; });
    }

    [[nodiscard]] std::optional<wall_time> first() const {
        if (coming_.empty()) return {};
        return coming_.front().time;
    }

    void let_in(stage& stage, cast& cast, wall_time until) {
        for (; next_ < coming_.size() && coming_[next_].time <= until; ++next_) {
            const newcomer& one = coming_[next_];
            stage.advance_to(one.time);
            const auto device = devices_.find(one.user);
            cast.introduce(one.user, one.username, device == devices_.end() ? "" : device->second);
        }
    }

private:
    void look_at(const json::object& exchange) {
        for_each_text(exchange.at("request"), [&](std::string_view, const std::string& value) {
            for (const std::string& token : find_tokens(value)) {
                const auto claims = wire::read_jwt(token);
                if (answered_.contains(token) || !claims || claims->uid.empty()) continue;
                add(claims->uid, claims->usn, wall_time{std::chrono::seconds{claims->iat}});
            }
        });
        for_each_text(exchange.at("response"), [&](std::string_view, const std::string& value) {
            for (const std::string& token : find_tokens(value)) {
                answered_.insert(token);
                if (const auto claims = wire::read_jwt(token)) known_.insert(claims->uid);
            }
        });
        if (const json::value* body = exchange.at("response").as_object().if_contains("body"))
            look_for_users(*body);
    }

    /// Whoever is told of has to be there.
    void look_for_users(const json::value& value) {
        if (value.is_array())
            for (const json::value& one : value.get_array()) look_for_users(one);
        if (!value.is_object()) return;
        const json::object& fields = value.get_object();
        if (const json::value* user = fields.if_contains("user"); user && user->is_object()) {
            if (const json::value* list = fields.if_contains("devices"))
                devices_.emplace(text(user->get_object(), "id"), text(list->at(0).as_object(), "id"));
        }
        const auto time = wire::parse_rfc3339(text(fields, "create_time"));
        if (const std::string name = text(fields, "username"); time && !name.empty() && fields.contains("id"))
            add(text(fields, "id"), name, std::chrono::time_point_cast<wall_time::duration>(*time));
        for (const auto& [key, one] : fields) look_for_users(one);
    }

    void add(const std::string& user, const std::string& username, wall_time time) {
        if (known_.insert(user).second) coming_.push_back({time, user, username});
    }

    std::vector<newcomer> coming_;
    std::set<std::string> answered_; // tokens
    std::set<std::string> known_;    // users
    std::map<std::string, std::string> devices_;
    std::size_t next_ = 0;
};

class rest_group {
public:
    rest_group(std::string name, const known_differences& known, bool list)
        : name_{std::move(name)}, known_{known}, list_{list} {}

    /// Each server that the exchanges were recorded from gets a sandbox of its own.
    /// Those of `amid` are sent as well, by the dates of the answers, but not counted.
    rest_counts replay(const json::array& exchanges, const json::array& amid) {
        std::vector<std::pair<std::vector<std::string>, std::vector<json::object>>> servers;
        for (const json::value& one : merged(exchanges, amid)) {
            const auto flags = flags_of(one.as_object());
            auto found = std::ranges::find(servers, flags, [](const auto& server) { return server.first; });
            if (found == servers.end()) found = servers.insert(servers.end(), {flags, {}});
            found->second.push_back(one.as_object());
        }
        for (const auto& [flags, those] : servers) replay(flags, those);
        return counts_;
    }

private:
    static constexpr std::string_view uncounted = "only around others";

    static json::array merged(const json::array& exchanges, const json::array& amid) {
        json::array all;
        for (const json::value& one : amid)
            if (std::ranges::find(exchanges, one) == exchanges.end())
                all.emplace_back(one).as_object()[uncounted] = true;
        all.insert(all.end(), exchanges.begin(), exchanges.end());
        if (!amid.empty())
            std::stable_sort(all.begin(), all.end(), [](const json::value& one, const json::value& other) {
                return date_of(one.as_object()) < date_of(other.as_object());
            });
        return all;
    }

    static std::vector<std::string> flags_of(const json::object& exchange) {
        std::vector<std::string> flags;
        if (const json::value* server = exchange.if_contains("server"))
            for (const json::value& flag : server->at("flags").as_array())
                flags.emplace_back(flag.as_string());
        return flags;
    }

    void replay(const std::vector<std::string>& flags, const std::vector<json::object>& exchanges) {
        newcomers coming{exchanges};
        const auto first = date_of(exchanges.front());
        stage stage{coming.first().value_or(first.value_or(wall_time{})), config_of(flags)};
        if (!flags.empty()) register_recorded_hooks(stage.server);
        cast cast{stage};
        const auto around = surroundings_of(name_, flags);
        try {
            around->begin(stage, cast, exchanges);
        } catch (const std::exception& failure) {
            std::cout << name_ << ": what was around it is missing: " << failure.what() << '\n';
        }
        for (const json::object& exchange : exchanges) {
            if (const auto date = date_of(exchange)) {
                coming.let_in(stage, cast, *date);
                stage.advance_to(*date + within_second);
            }
            const auto differences = replay(stage, cast, *around, exchange);
            if (!exchange.contains(uncounted)) count(exchange, differences);
        }
    }

    static std::vector<std::string> replay(stage& stage, cast& cast, surroundings& around,
                                           const json::object& exchange) {
        try {
            around.before(stage, cast, exchange);
            const json::object& request = exchange.at("request").as_object();
            line line{stage};
            if (text(request, "path").empty()) return replay_bytes(stage, line, exchange);
            line.write(request_text(cast, request));
            http_reply reply = read_reply(line, text(request, "method") == "HEAD");
            if (const auto coding = reply.headers.find("content-encoding"); coding != reply.headers.end())
                reply.body = nakama::net::decompress(reply.body, coding->second, 1 << 20);
            return compare_replies(cast, exchange.at("response").as_object(), reply);
        } catch (const std::exception& failure) {
            return {failure.what()};
        }
    }

    /// What is about the connection itself holds only text.
    static std::vector<std::string> replay_bytes(stage& stage, line& line, const json::object& exchange) {
        std::vector<std::string> differences;
        const auto check = [&](bool holds, const std::string& what) {
            if (!holds) differences.push_back(what);
        };
        line.write(text(exchange.at("request").as_object(), "raw"));
        const json::object& response = exchange.at("response").as_object();
        std::string recorded = text(response, "raw");
        while (auto expected = take_reply(recorded)) {
            const http_reply here = read_reply(line);
            // The recording leaves out what was sent once that was allowed.
            if (expected->status == 100) line.write(R"({"location":"x"})");
            if (expected->body.ends_with('>'))
                expected->body.assign(here.body); // what the recording leaves out
            check(here.status_line == expected->status_line, "status: here " + here.status_line);
            check(here.body == expected->body, "body: here " + here.body);
            for (const auto& [name, content] : expected->headers) {
                const auto found = here.headers.find(name);
                check(found != here.headers.end() && (name == "date" || found->second == content),
                      "header " + name);
            }
        }
        if (text(exchange, "name") == "idle connection is closed by the server") {
            stage.advance_to(stage.clock->wall_now() + std::chrono::seconds{59});
            line.read_until([] { return true; });
            line.write("GET /healthcheck HTTP/1.1\r\nHost: x\r\n\r\n");
            check(read_reply(line).status == 200, "closed early");
            stage.advance_to(stage.clock->wall_now() + std::chrono::seconds{60});
            check(line.ended(), "not closed when idle");
        } else if (const json::value* closed = response.if_contains("closed_by_server");
                   closed && closed->as_bool()) {
            check(line.ended(), "not closed");
        }
        return differences;
    }

    void count(const json::object& exchange, const std::vector<std::string>& differences) {
        const std::string name = text(exchange, "name");
        const std::string* reason = known_.find(name_, name);
        ++counts_.all;
        if (differences.empty()) {
            ++counts_.matching;
            if (reason && list_) std::cout << name_ << ": \"" << name << "\" is as recorded after all\n";
        } else if (reason) {
            ++counts_.excepted;
            if (list_) std::cout << name_ << ": \"" << name << "\" is excepted: " << *reason << '\n';
        } else {
            ++counts_.differing;
            for (const std::string& one : differences)
                std::cout << name_ << ": \"" << name << "\": " << one << '\n';
        }
    }

    std::string name_;
    const known_differences& known_;
    bool list_;
    rest_counts counts_;
};

} // namespace replay
