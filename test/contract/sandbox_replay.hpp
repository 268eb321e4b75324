// What replaying recordings of a real server against the sandbox needs: a sandbox, its clients on one thread
// with it, frames, and the knowledge of what in a recording stands for what here. Ids, tokens, cursors and
// times differ; they are compared by their form and by standing for the same thing throughout.
#pragma once

#include "contract/recorded_module.hpp"
#include "sandbox/state/tokens.hpp"
#include "wire/base64.hpp"
#include "wire/percent.hpp"
#include "wire/rfc3339.hpp"

#include <nakama/clock.hpp>
#include <nakama/sandbox/server.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/json.hpp>

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

namespace asio = boost::asio;
namespace json = boost::json;
namespace sandbox = nakama::sandbox;
namespace wire = nakama::wire;
using asio::ip::tcp;
using sandbox::wall_time;

/// Ends a replay that cannot go on.
inline void require(bool holds, const std::string& what) {
    if (!holds) throw std::runtime_error{what};
}

inline std::string text(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string{found->get_string()} : std::string{};
}

/// All strings of a document, with their keys.
template <class Each>
void for_each_text(const json::value& value, const Each& each, std::string_view key = {}) {
    if (value.is_string()) each(key, std::string{value.get_string()});
    if (value.is_array())
        for (const json::value& item : value.get_array()) for_each_text(item, each, key);
    if (value.is_object())
        for (const auto& [name, item] : value.get_object()) for_each_text(item, each, name);
}

inline std::vector<std::string> find_tokens(const std::string& haystack) {
    std::vector<std::string> tokens;
    const auto belongs = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == '_';
    };
    for (auto at = haystack.find("eyJ"); at != std::string::npos; at = haystack.find("eyJ", at + 1)) {
        auto end = at;
        while (end < haystack.size() && belongs(haystack[end])) ++end;
        tokens.push_back(haystack.substr(at, end - at));
        at = end - 1;
    }
    return tokens;
}

/// A sandbox and its clients, all on one thread: what is sent is served by pumping, and nothing ever waits.
class stage {
public:
    asio::io_context io{1};
    wall_time start;
    std::shared_ptr<nakama::virtual_clock> clock;
    sandbox::server server;

    explicit stage(wall_time start, std::uint64_t seed = 1) : stage{start, recorded_config(seed)} {}

    stage(wall_time from, sandbox::server_config config)
        : start{from}, clock{std::make_shared<nakama::virtual_clock>(from)},
          server{io.get_executor(), with_clock(std::move(config), clock)} {
        register_recorded_functions(server);
    }

    /// What most of the recordings were made with.
    static sandbox::server_config recorded_config(std::uint64_t seed = 1) {
        return {.token_expiry = std::chrono::seconds{7200},
                .refresh_token_expiry = std::chrono::seconds{86400},
                .matchmaker_interval = std::chrono::seconds{15},
                .seed = seed};
    }

    void pump() {
        // What was written to a loopback connection is there at once; handlers that follow from it may take
        // turns.
        for (int quiet = 0; quiet < 3;) quiet = io.poll() > 0 ? 0 : quiet + 1;
    }

    void advance_to(wall_time time) {
        if (time > clock->wall_now()) clock->advance(time - clock->wall_now());
        pump();
    }

private:
    static sandbox::server_config with_clock(sandbox::server_config config,
                                             const std::shared_ptr<nakama::virtual_clock>& clock) {
        config.clock = clock;
        return config;
    }
};

/// One connection of a client.
class line {
public:
    explicit line(stage& stage) : stage_{stage}, socket_{context_} {
        socket_.connect({asio::ip::make_address("127.0.0.1"), stage.server.port()});
        socket_.non_blocking(true);
        stage_.pump();
    }

    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            boost::system::error_code failed;
            bytes.remove_prefix(socket_.write_some(asio::buffer(bytes), failed));
            stage_.pump();
            if (failed && failed != asio::error::would_block) return; // cut; what is read tells
        }
    }

    /// Takes in what has come, waiting for it a little if `enough` does not hold yet.
    template <class Enough>
    bool read_until(const Enough& enough) {
        for (int turn = 0; turn < 500; ++turn) {
            stage_.pump();
            char bytes[65536];
            boost::system::error_code failed;
            while (!ended_) {
                const std::size_t size = socket_.read_some(asio::buffer(bytes), failed);
                if (failed == asio::error::would_block) break;
                ended_ = static_cast<bool>(failed);
                was_reset_ = failed == asio::error::connection_reset;
                received.append(bytes, size);
            }
            if (enough()) return true;
            if (ended_ && turn > 2) return false;
            if (turn > 3) stage_.io.run_one_for(std::chrono::milliseconds{10});
        }
        return false;
    }

    bool ended() {
        return read_until([&] { return ended_; });
    }
    /// Whether that end was a reset.
    [[nodiscard]] bool was_reset() const { return was_reset_; }
    bool ended_now() {
        read_until([] { return true; });
        return ended_;
    }
    void shut() {
        boost::system::error_code ignored;
        socket_.shutdown(tcp::socket::shutdown_both, ignored);
        stage_.pump();
    }

    std::string received;

private:
    stage& stage_;
    asio::io_context context_{1};
    tcp::socket socket_;
    bool ended_ = false;
    bool was_reset_ = false;
};

struct http_reply {
    std::string status_line;
    int status = 0;
    std::multimap<std::string, std::string> headers; // names in lower case
    std::string body;
};

inline std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// Takes one answer off a text; nothing while it is not all there.
inline std::optional<http_reply> take_reply(std::string& received, bool head = false) {
    const auto end = received.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    http_reply reply;
    std::istringstream lines{received.substr(0, end)};
    std::getline(lines, reply.status_line);
    if (reply.status_line.ends_with('\r')) reply.status_line.pop_back();
    reply.status = std::stoi(reply.status_line.substr(9));
    for (std::string one; std::getline(lines, one);) {
        if (one.ends_with('\r')) one.pop_back();
        const auto colon = one.find(':');
        reply.headers.emplace(lower(one.substr(0, colon)), one.substr(colon + 2));
    }
    std::size_t at = end + 4;
    if (reply.headers.contains("transfer-encoding")) {
        for (std::size_t size = 1; size > 0;) {
            const auto line_end = received.find("\r\n", at);
            if (line_end == std::string::npos) return {};
            size = std::stoul(received.substr(at), nullptr, 16);
            if (received.size() < line_end + 2 + size + 2) return {};
            reply.body += received.substr(line_end + 2, size);
            at = line_end + 2 + size + 2;
        }
    } else if (reply.status >= 200 && !head) {
        const auto length = reply.headers.find("content-length");
        const std::size_t size =
            length == reply.headers.end() ? received.size() - at : std::stoul(length->second);
        if (received.size() < at + size) return {};
        reply.body = received.substr(at, size);
        at += size;
    }
    received.erase(0, at);
    return reply;
}

/// Takes one answer off the line.
inline http_reply read_reply(line& line, bool head = false) {
    std::optional<http_reply> reply;
    const bool come = line.read_until([&] { return (reply = take_reply(line.received, head)).has_value(); });
    require(come, "no answer, only: " + line.received);
    return *reply;
}

struct frame {
    int opcode = 0;
    std::string payload;

    [[nodiscard]] int close_code() const {
        if (payload.size() < 2) return 1005; // a close frame without code
        return static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
    }
};

/// Takes one of the server's frames off a text; nothing while it is not all there.
inline std::optional<frame> take_frame(std::string& received) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(received[i]));
    };
    if (received.size() < 2) return {};
    std::size_t at = 2;
    std::size_t size = byte(1) & 0x7f;
    const std::size_t extended = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (received.size() < at + extended) return {};
    if (extended > 0) size = 0;
    for (std::size_t i = 0; i < extended; ++i) size = size << 8 | byte(at++);
    if (received.size() < at + size) return {};
    frame result{static_cast<int>(byte(0) & 0x0f), received.substr(at, size)};
    require((byte(0) & 0xf0) == 0x80, "the server fragments a message");
    require((byte(1) & 0x80) == 0, "the server masks a message");
    received.erase(0, at + size);
    return result;
}

inline std::string client_frame(int opcode, const std::string& payload, bool fin = true, bool mask = true) {
    std::string out{static_cast<char>((fin ? 0x80 : 0) | opcode)};
    const auto masked = static_cast<char>(mask ? 0x80 : 0);
    if (payload.size() < 126) {
        out += static_cast<char>(masked | static_cast<char>(payload.size()));
    } else {
        out += static_cast<char>(masked | (payload.size() < 65536 ? 126 : 127));
        for (int shift = payload.size() < 65536 ? 8 : 56; shift >= 0; shift -= 8)
            out += static_cast<char>(payload.size() >> shift);
    }
    constexpr std::string_view key = "\x11\x22\x33\x44";
    if (mask) out += key;
    for (std::size_t i = 0; i < payload.size(); ++i)
        out += mask ? static_cast<char>(payload[i] ^ key[i & 3]) : payload[i];
    return out;
}

/// What stands in the recording for what here.
class cast {
public:
    explicit cast(stage& stage) : stage_{&stage} {}

    std::string translate(std::string text) const {
        for (const auto& [recorded, here] : names_)
            for (auto at = text.find(recorded); at != std::string::npos;
                 at = text.find(recorded, at + here.size()))
                text.replace(at, recorded.size(), here);
        return text;
    }

    /// Whether ids follow each other here as those they stand for did: direct channels name the smaller one
    /// first.
    bool keeps_order(const std::set<std::string>& recorded) const {
        std::vector<std::string> here;
        for (const std::string& id : recorded) here.push_back(translate(id));
        return std::ranges::is_sorted(here);
    }

    [[nodiscard]] bool knows(const std::string& recorded) const { return names_.contains(recorded); }
    void learn(const std::string& recorded, const std::string& here) {
        if (!recorded.empty()) names_[recorded] = here;
    }

    /// Makes the user of a token that came from elsewhere in the recording, with the id he had there: as the
    /// keys are the same, his tokens are good here as they are.
    void introduce(const std::string& token, const std::string& device) {
        for (const auto key : {sandbox::session_key, sandbox::refresh_key})
            if (const auto claims = sandbox::read_session_token(token, key, wall_time{}))
                introduce(claims->uid, claims->usn, device);
    }

    void introduce(const std::string& user, const std::string& username, const std::string& device) {
        learn(user, user);
        if (stage_->server.accounts().find(user)) return;
        stage_->server.accounts().add(
            {.id = user, .username = username, .devices = {device.empty() ? "setup-" + user : device}});
    }

    /// Compares, and learns what stands for what where only the form can be compared. The first difference is
    /// told.
    std::optional<std::string> compare(const json::value& recorded, const json::value& here,
                                       std::string_view key = {}) {
        if (recorded.is_string() && here.is_string())
            return compare_texts(std::string{recorded.get_string()}, std::string{here.get_string()}, key);
        if (recorded.is_array() && here.is_array()) {
            const auto& a = recorded.get_array();
            const auto& b = here.get_array();
            if (a.size() != b.size()) return difference(recorded, here, key);
            const bool unordered =
                key == "presences" || key == "users" || (key == "groups" && are_by_id(a, b));
            return unordered ? compare_unordered(a, b) : compare_lists(a, b, key);
        }
        if (recorded.is_object() && here.is_object()) {
            const auto& a = recorded.get_object();
            const auto& b = here.get_object();
            if (a.size() != b.size()) return difference(recorded, here, key);
            for (auto one = a.begin(), other = b.begin(); one != a.end(); ++one, ++other) {
                if (one->key() != other->key()) return difference(recorded, here, key);
                if (auto found = compare(one->value(), other->value(), one->key())) return found;
            }
            return {};
        }
        if (recorded == here) return {};
        return difference(recorded, here, key);
    }

private:
    static std::optional<std::string> difference(const json::value& recorded, const json::value& here,
                                                 std::string_view key) {
        return std::string{key} + ": recorded " + json::serialize(recorded) + ", here " +
               json::serialize(here);
    }

    std::optional<std::string> compare_lists(const json::array& a, const json::array& b,
                                             std::string_view key) {
        for (std::size_t i = 0; i < a.size(); ++i)
            if (auto found = compare(a[i], b[i], key)) return found;
        return {};
    }

    /// Groups that are listed by their ids come in another order where their ids are others.
    static bool are_by_id(const json::array& recorded, const json::array& here) {
        const auto ids = [](const json::array& groups) {
            std::vector<std::string> result;
            for (const json::value& one : groups) result.push_back(text(one.as_object(), "id"));
            return result;
        };
        const auto both = [&](auto order) {
            return std::ranges::is_sorted(ids(recorded), order) && std::ranges::is_sorted(ids(here), order);
        };
        return both(std::less{}) || both(std::greater{});
    }

    /// The real server lists those present in no certain order.
    std::optional<std::string> compare_unordered(const json::array& a, const json::array& b) {
        std::vector<bool> used(b.size());
        for (const json::value& one : a) {
            bool found = false;
            for (std::size_t i = 0; i < b.size() && !found; ++i) {
                if (used[i]) continue;
                const auto names = names_;
                found = !compare(one, b[i]).has_value();
                if (found) used[i] = true;
                else names_ = names;
            }
            if (!found) return "recorded " + json::serialize(one) + ", here not among " + json::serialize(b);
        }
        return {};
    }

    std::optional<std::string> compare_texts(const std::string& recorded, const std::string& here,
                                             std::string_view key) {
        if (translate(recorded) == here) return {};
        const bool time = key.ends_with("_time") || key.ends_with("_seen");
        if (const auto then = wire::parse_rfc3339(recorded), now = wire::parse_rfc3339(here);
            time && then && now) {
            // Whole seconds stay whole seconds, and the clock here follows that of the recording from where
            // it begins.
            const bool same_form = (recorded.size() == 20) == (here.size() == 20);
            const bool near = *then - *now <= time_tolerance && *now - *then <= time_tolerance;
            if (same_form && (near || *then < stage_->start)) return {};
        }
        // What a function of the recorder's said of its surroundings.
        if (key == "payload" && recorded.starts_with(R"({"lang":)") && here.starts_with(R"({"lang":)"))
            return {};
        // Functions put documents into texts.
        if (key == "payload") {
            boost::system::error_code failed, other;
            const json::value a = json::parse(recorded, failed), b = json::parse(here, other);
            if (!failed && !other && a.is_object()) return compare(a, b);
        }
        static const std::set<std::string_view> opaque{
            "session_id",    "match_id", "party_id",         "ticket", "message_id", "id", "token",
            "refresh_token", "cursor",   "cacheable_cursor", "mid",    "tid",        "usn"};
        const bool is_cursor = key == "cursor" || key.ends_with("_cursor");
        if (!names_.contains(recorded) &&
            (is_cursor || (opaque.contains(key) && same_form(recorded, here)))) {
            if (here.empty() || stands_for_another(recorded, here))
                return difference(json::string{recorded}, json::string{here}, key);
            learn(recorded, here);
            return compare_claims(recorded, here);
        }
        return difference(json::string{recorded}, json::string{here}, key);
    }

    /// Whether an id, which has a meaning of its own, is one that something else has already.
    bool stands_for_another(const std::string& recorded, const std::string& here) const {
        return here.size() >= 36 && std::ranges::any_of(names_, [&](const auto& known) {
                   return known.second == here && known.first != recorded;
               });
    }

    static bool same_form(const std::string& a, const std::string& b) {
        if (a.starts_with("eyJ")) return b.starts_with("eyJ");
        const auto dots = [](const std::string& text) {
            return std::ranges::count_if(text, [](char c) { return c == '.' || c == '-'; });
        };
        return a.size() == b.size() && dots(a) == dots(b);
    }

    std::optional<std::string> compare_claims(const std::string& recorded, const std::string& here) {
        const auto a = wire::read_jwt(recorded);
        const auto b = wire::read_jwt(here);
        if (!a) return {};
        if (!b) return "recorded a token, here " + here;
        if (!a->uid.empty() && !names_.contains(a->uid)) {
            learn(a->uid, b->uid);
            if (a->usn.size() == 10) learn(a->usn, b->usn); // the server chose it
        }
        if (!a->tid.empty() && !names_.contains(a->tid)) learn(a->tid, b->tid);
        const bool same = translate(a->uid) == b->uid && translate(a->tid) == b->tid &&
                          translate(a->usn) == b->usn && a->vrs == b->vrs;
        const bool alive_as_long = a->iat == 0 || std::abs(a->exp - a->iat - (b->exp - b->iat)) < 2;
        if (same && alive_as_long) return {};
        return "the claims of " + recorded + " differ from those of " + here;
    }

    /// The recorded server's intervals of 15 s began at another time.
    static constexpr std::chrono::seconds time_tolerance{16};

    stage* stage_;
    std::map<std::string, std::string, std::greater<>> names_; // longer ones before their beginnings
};

} // namespace replay
