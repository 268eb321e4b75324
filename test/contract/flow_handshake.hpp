// What a recorded handshake asks for, and whether ours asks the same.
#pragma once

#include "plain_request.hpp"

#include <nakama/socket.hpp>

#include <array>
#include <map>

namespace nakama::test {

/// The head of a request, as it came over the line.
inline scripted_transport::request read_head(std::string_view head) {
    const auto lines = split(head.substr(0, head.find("\r\n\r\n")), '\n');
    const auto first = split(lines.at(0), ' ');
    scripted_transport::request result{.method = first.at(0), .target = first.at(1)};
    for (std::size_t i = 1; i < lines.size(); ++i) {
        std::string_view line = lines[i];
        if (line.ends_with('\r')) line.remove_suffix(1);
        const auto colon = line.find(": ");
        if (colon != std::string_view::npos)
            result.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    return result;
}

/// The options and the token that make our client ask for the same, as far as it can.
class recorded_handshake {
public:
    explicit recorded_handshake(const json::object& request) {
        for (const auto& each : request.at("query").as_array())
            query_.emplace(each.at(0).as_string().c_str(), each.at(1).as_string().c_str());
        judge(request);
        lang_ = meaning_of(query_).at("lang");
        for (const auto* yes : {"1", "t", "T", "true", "TRUE", "True"})
            is_online_ = is_online_ || query_.contains({"status", yes});
        if (!is_token(token_)) token_ = substitute;
    }

    connect_options options() const { return {.appear_online = is_online_, .lang = lang_}; }
    const std::string& token() const { return token_; }

    /// Why our client never asks in this way; empty if it does.
    const std::string& inexpressible_because() const { return obstacle_; }

    /// What differs in ours; empty if nothing does. The token may travel in the header instead of the query.
    std::string difference(std::string_view head) const {
        const auto ours = read_head(head);
        const auto asked = plain(ours);
        if (asked.method != "GET" || asked.path != std::vector<std::string>{"ws"})
            return "it asks for " + ours.method + ' ' + ours.target;
        if (meaning_of(asked.query) != meaning_of(query_)) return "its query is another: " + ours.target;
        if (ours.header("Authorization") != "Bearer " + token_) return "it does not bring the token";
        return {};
    }

private:
    using meaning = std::map<std::string, std::string>;

    /// What is left out has a default in the server.
    static meaning meaning_of(const query_set& query) {
        meaning result{query.begin(), query.end()};
        result.erase("token");
        result.insert({{"format", "json"}, {"status", "false"}, {"lang", "en"}});
        return result;
    }

    static bool is_token(const std::string& text) {
        try {
            return !session{text, ""}.token().empty();
        } catch (const error&) {
            return false;
        }
    }

    void judge(const json::object& request) {
        judge_headers(object_in(request, "headers"));
        if (text_in(request, "method") != "GET") refuse("a handshake by " + text_in(request, "method"));
        if (text_in(request, "path") != "/ws") refuse("a path that is not /ws");
        std::set<std::string> names;
        for (const auto& [name, value] : query_) {
            if (name == "token") {
                if (!token_.empty()) refuse("two tokens");
                else token_ = value;
            } else if (name == "format" && value != "json") {
                refuse("a format that is not \"json\": \"" + value + '"');
            } else if (name == "status" && value != "true" && value != "false") {
                refuse("status=" + value);
            } else if (name != "format" && name != "status" && (name != "lang" || value.empty())) {
                refuse("a parameter " + name + '=' + value);
            }
            if (!names.insert(name).second) refuse("a parameter twice: " + name);
        }
        if (!is_token(token_)) refuse("no token, or what is none");
    }

    void judge_headers(const json::object& headers) {
        static constexpr std::array wanted{"Host", "Upgrade", "Connection", "Sec-WebSocket-Key",
                                           "Sec-WebSocket-Version"};
        for (const auto* name : wanted)
            if (!headers.contains(name)) refuse(std::string{"no header "} + name);
        if (text_in(headers, "Sec-WebSocket-Version") != "13") refuse("another version of the protocol");
        for (const auto& [name, value] : headers) {
            if (name == "Authorization") {
                const std::string text = text_in(headers, name);
                if (!text.starts_with("Bearer ")) refuse("an Authorization that is not Bearer");
                else token_ = text.substr(7);
            } else if (std::ranges::find(wanted, name) == wanted.end()) {
                refuse("a header " + std::string{name});
            }
        }
    }

    void refuse(std::string why) {
        if (obstacle_.empty()) obstacle_ = std::move(why);
    }

    static inline const std::string substitute = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2lnbmVk";

    query_set query_;
    std::string token_, obstacle_;
    std::string lang_;
    bool is_online_ = false;
};

} // namespace nakama::test
