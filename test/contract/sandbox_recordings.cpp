// The sandbox against recorded exchanges of a real server: what was asked then is asked again.
#include "sandbox_replay.hpp"

#include <ctime>
#include <iostream>
#include <list>

namespace {

using namespace replay;

const std::set<std::string_view> served{"AuthenticateDevice", "AuthenticateEmail", "AuthenticateCustom",
                                        "SessionRefresh",     "SessionLogout",     "GetAccount",
                                        "UpdateAccount",      "RpcFunc",           "RpcFunc2",
                                        "ListFriends",        "AddFriends",        "Healthcheck",
                                        "ListParties"};

/// Exchanges of served operations that cannot be asked for again, and why.
const std::map<std::string_view, std::string_view> not_repeatable{
    {"get with wallet", "needs the runtime to fill the wallet"},
    {"get with every linkable identity", "needs the link operations"},
    {"get while a socket with status is open", "needs a socket; shown by the status flow"},
    {"get account query is ignored", "comes after changes by operations that are not served"},
    {"get after delete", "needs DeleteAccount"},
    {"get after delete within the same second", "needs DeleteAccount"},
    {"refresh after the account was deleted in the same second", "needs DeleteAccount"},
    {"refresh after the account was deleted", "needs DeleteAccount"},
    {"get whoami", "the sandbox's functions do not learn the session's vars"},
    {"get unwrap whoami", "the sandbox's functions do not learn the session's vars"},
    {"whoami", "the sandbox's functions do not learn the session's vars"},
    {"payload of exactly 262144 bytes", "the sandbox's functions do not learn the session's vars"},
    {"deflate request", "the sandbox does not decompress"},
    {"gzip response", "the sandbox does not compress"},
    {"accept-encoding gzip", "the sandbox does not compress"},
    {"accept-encoding deflate", "the sandbox does not compress"},
    {"accept-encoding deflate, gzip", "the sandbox does not compress"},
    {"accept-encoding gzip on an error", "the sandbox does not compress"},
    {"gzip request body", "the sandbox does not decompress"},
    {"gzip header with a plain body", "the sandbox does not decompress"},
    {"cors preflight", "the sandbox allows browsers everything or nothing"},
    {"double slash", "the sandbox does not redirect"},
    {"plus in query is a space", "the operation is not served"},
    {"list blocked", "needs BlockFriends"},
    {"list of a blocked user", "needs BlockFriends"},
    {"list with a friend online", "comes after changes by operations that are not served"},
};

/// Exchanges that are kept out of the recording, but that others stand on.
struct missing_exchange {
    std::string_view before;
    std::string_view method;
    std::string_view target;
    std::string_view body;
};
constexpr std::array missing{
    missing_exchange{"custom existing", "POST", "/v2/account/authenticate/custom?username=custom_039587",
                     R"({"id":"custom-039587"})"},
    missing_exchange{"update username taken", "POST",
                     "/v2/account/authenticate/device?username=acctb_039587_0363",
                     R"({"id":"setup-acctb_039587_0363"})"},
    missing_exchange{"list page 2", "GET", "/v2/friend?limit=2", ""},
};

struct tally {
    int compared = 0;
    std::map<std::string, int> skipped; // by reason
};

std::string operation_of(const json::object& exchange) {
    const std::string name = text(exchange, "operation");
    return name.starts_with("Nakama_") ? name.substr(7) : name;
}

/// Empty for what is asked again.
std::string reason_to_skip(const json::object& exchange) {
    const std::string name = text(exchange, "name");
    if (const auto found = not_repeatable.find(name); found != not_repeatable.end())
        return name + ": " + std::string{found->second};
    const std::string operation = operation_of(exchange);
    if (operation.empty()) {
        const std::string path = text(exchange.at("request").get_object(), "path");
        if (path.empty()) return name + ": about the connection itself";
        return {};
    }
    return served.contains(operation) ? "" : operation + " is not served";
}

std::optional<wall_time> date_of(const json::object& exchange) {
    const json::value* headers = exchange.at("response").get_object().if_contains("headers");
    if (!headers || !headers->is_object()) return {};
    const std::string date = text(headers->get_object(), "Date");
    std::tm parts{};
    if (!strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S", &parts)) return {};
    return std::chrono::system_clock::from_time_t(timegm(&parts));
}

std::string body_of(const json::object& request) {
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

std::string request_of(const cast& cast, const json::object& request) {
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

void compare_reply(cast& cast, const json::object& recorded, const http_reply& here) {
    CHECK(recorded.at("status").as_int64() == here.status);
    for (const auto& [name, value] : recorded.at("headers").get_object()) {
        const std::string field = lower(std::string{name});
        if (field == "date" || field == "content-length" || field == "transfer-encoding") continue;
        INFO("header " << field);
        const auto found = here.headers.find(field);
        CHECK((found != here.headers.end() && found->second == value.as_string()));
    }
    const json::value* body = recorded.if_contains("body");
    if (body && (body->is_object() || body->is_array())) {
        boost::system::error_code failed;
        const json::value content = json::parse(here.body, failed);
        INFO(here.body);
        REQUIRE_FALSE(failed);
        CHECK(cast.compare(*body, content).value_or("") == "");
        // Errors are the same to the byte.
        if (const std::string raw = text(recorded, "raw"); here.status != 200 && !raw.empty())
            CHECK(cast.translate(raw) == here.body);
    } else if (const std::string raw = text(recorded, "raw"); !raw.empty()) {
        CHECK(cast.translate(raw) == here.body);
    } else if (const std::string encoded = text(recorded, "raw_base64"); !encoded.empty()) {
        CHECK(wire::decode_base64(encoded) == here.body);
    }
}

/// Asks what the recording lacks, and takes the cursor of the answer for the one the recording goes on with.
void make_up_for_missing(stage& stage, cast& cast, const json::object& exchange) {
    const auto found = std::ranges::find(missing, text(exchange, "name"), &missing_exchange::before);
    if (found == missing.end()) return;
    json::object request = exchange.at("request").get_object();
    // Pages of other listings have the same names.
    if (found->method == "GET" && !found->target.starts_with(text(request, "path"))) return;
    std::string recorded_cursor;
    if (found->method == "GET")
        for (const json::value& pair : request.at("query").get_array())
            if (pair.at(0).as_string() == "cursor") recorded_cursor = std::string{pair.at(1).as_string()};
    const bool authenticates = found->target.find("authenticate") != std::string_view::npos;
    request["method"] = found->method;
    request["path"] = found->target;
    request["query"] = json::array{};
    request["raw"] = found->body;
    if (authenticates) request["headers"] = json::object{{"Authorization", "Basic ZGVmYXVsdGtleTo="}};
    line line{stage};
    line.write(request_of(cast, request));
    const http_reply reply = read_reply(line);
    CAPTURE(reply.body);
    REQUIRE(reply.status == 200);
    if (!recorded_cursor.empty())
        cast.learn(recorded_cursor, text(json::parse(reply.body).get_object(), "cursor"));
}

/// Those who were there before the recording of a group began, in the order they came.
struct newcomer {
    wall_time time;
    std::string token; // or, for those who never ask for anything,
    std::string user;
    std::string username;
    std::size_t order = 0;
};

std::vector<newcomer> newcomers(const json::array& exchanges, std::map<std::string, std::string>& devices) {
    std::set<std::string> answered;
    std::set<std::string> created;
    std::vector<newcomer> result;
    for (const json::value& exchange : exchanges) {
        const auto& request = exchange.at("request");
        for_each_text(request, [&](std::string_view, const std::string& value) {
            for (const std::string& token : find_tokens(value)) {
                const auto claims = wire::read_jwt(token);
                if (answered.contains(token) || !claims) continue;
                result.push_back({wall_time{std::chrono::seconds{claims->iat}}, token, {}, {}, 0});
            }
        });
        for_each_text(exchange.at("response"), [&](std::string_view, const std::string& value) {
            for (const std::string& token : find_tokens(value)) {
                answered.insert(token);
                if (const auto claims = wire::read_jwt(token)) created.insert(claims->uid);
            }
        });
        const json::value* body = exchange.at("response").get_object().if_contains("body");
        if (!body || !body->is_object()) continue;
        const auto add_user = [&](const json::value& item) {
            const json::value* user = item.is_object() ? item.get_object().if_contains("user") : nullptr;
            if (!user || !user->is_object()) return;
            const auto& fields = user->get_object();
            const std::string id = text(fields, "id");
            if (const json::value* list = item.get_object().if_contains("devices");
                list && !devices.contains(id))
                devices[id] = text(list->at(0).get_object(), "id");
            const auto time = wire::parse_rfc3339(text(fields, "create_time"));
            if (!created.insert(id).second || !time) return;
            result.push_back({std::chrono::time_point_cast<wall_time::duration>(*time),
                              {},
                              id,
                              text(fields, "username"),
                              0});
        };
        add_user(*body);
        if (const json::value* friends = body->get_object().if_contains("friends"))
            for (const json::value& one : friends->get_array()) add_user(one);
    }
    for (std::size_t i = 0; i < result.size(); ++i) result[i].order = i;
    std::ranges::sort(result, {}, [](const newcomer& one) { return std::pair{one.time, one.order}; });
    return result;
}

/// Does what was done on sockets before an exchange.
void act_on_sockets(stage& stage, const cast& cast, const json::object& exchange, std::list<line>& sockets) {
    const std::string name = text(exchange, "name");
    if (name == "list after they left") sockets.clear();
    if (name != "list all") return;
    const json::object& request = exchange.at("request").get_object();
    const std::string bearer = cast.translate(text(request.at("headers").get_object(), "Authorization"));
    for (const char* party :
         {R"({"open":true,"max_size":4,"label":"{\"tag\": \"tag039587\", \"n\": 1}"})",
          R"({"max_size":2,"label":"{\"tag\": \"tag039587\", \"n\": 2, \"t\": \"Zoë\"}"})",
          R"({"open":true,"max_size":3})", R"({"open":true,"max_size":3,"hidden":true})"}) {
        line& socket = sockets.emplace_back(stage);
        socket.write("GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     "Authorization: " +
                     bearer + "\r\n\r\n");
        REQUIRE(read_reply(socket).status == 101);
        socket.write(client_frame(1, std::string{R"({"party_create":)"} + party + '}'));
    }
}

void replay_group(const std::string& group, tally& tally) {
    const json::value recording = load("rest/" + group);
    const json::array& exchanges = recording.get_array();
    std::map<std::string, std::string> devices;
    std::vector<newcomer> coming = newcomers(exchanges, devices);
    stage stage{coming.empty() ? *date_of(exchanges.front().get_object()) : coming.front().time};
    cast cast{stage};
    std::list<line> sockets;
    std::set<std::string> known;
    const auto let_in = [&](wall_time until) {
        while (!coming.empty() && coming.front().time <= until) {
            const newcomer one = coming.front();
            coming.erase(coming.begin());
            stage.advance_to(one.time);
            if (!one.token.empty()) {
                const auto claims = wire::read_jwt(one.token);
                cast.introduce(one.token, devices[claims->uid]);
                known.insert(claims->uid);
            } else if (known.insert(one.user).second) {
                cast.introduce(one.user, one.username, devices[one.user]);
            }
        }
    };
    for (const json::value& value : exchanges) {
        const json::object& exchange = value.get_object();
        const auto date = date_of(exchange);
        if (date) let_in(*date);
        if (const std::string why = reason_to_skip(exchange); !why.empty()) {
            ++tally.skipped[group + ": " + why];
            continue;
        }
        CAPTURE(group, text(exchange, "name"));
        if (date) stage.advance_to(*date);
        act_on_sockets(stage, cast, exchange, sockets);
        const json::object& request = exchange.at("request").get_object();
        make_up_for_missing(stage, cast, exchange);
        line line{stage};
        line.write(request_of(cast, request));
        const http_reply reply = read_reply(line, text(request, "method") == "HEAD");
        compare_reply(cast, exchange.at("response").get_object(), reply);
        ++tally.compared;
    }
}

} // namespace

TEST_CASE("the sandbox answers requests as the recorded server did") {
    tally tally;
    for (const char* group : {"authenticate", "account", "sessions", "friends", "rpc", "misc", "parties"})
        replay_group(group, tally);
    std::cout << "sandbox: " << tally.compared << " recorded exchanges compared; left out:\n";
    for (const auto& [why, times] : tally.skipped)
        std::cout << "  " << why << (times > 1 ? " (" + std::to_string(times) + " times)" : "") << '\n';
    CHECK(tally.compared > 200);
}

TEST_CASE("the sandbox treats connections as the recorded server did") {
    const json::value recording = load("rest/misc");
    int compared = 0;
    for (const json::value& value : recording.get_array()) {
        const json::object& exchange = value.get_object();
        const json::object& request = exchange.at("request").get_object();
        if (!text(request, "path").empty()) continue;
        CAPTURE(text(exchange, "name"));
        const json::object& response = exchange.at("response").get_object();
        stage stage{wall_time{std::chrono::seconds{1795396900}}};
        cast cast{stage};
        std::string sent = text(request, "raw");
        for (const std::string& token : find_tokens(sent)) cast.introduce(token, {});
        line line{stage};
        line.write(cast.translate(sent));

        std::string recorded = text(response, "raw");
        while (const auto expected = take_reply(recorded)) {
            const http_reply here = read_reply(line);
            if (here.status == 100) line.write(R"({"location":"x"})"); // what the recording leaves out
            CHECK(here.status_line == expected->status_line);
            CHECK(here.body == expected->body);
            for (const auto& [name, content] : expected->headers) {
                INFO("header " << name);
                const auto found = here.headers.find(name);
                CHECK((found != here.headers.end() && (name == "date" || found->second == content)));
            }
        }
        if (text(exchange, "name") == "idle connection is closed by the server") {
            stage.advance_to(stage.clock->wall_now() + std::chrono::seconds{59});
            line.read_until([] { return true; });
            line.write("GET /healthcheck HTTP/1.1\r\nHost: x\r\n\r\n");
            CHECK(read_reply(line).status == 200); // not yet
            stage.advance_to(stage.clock->wall_now() + std::chrono::seconds{60});
            CHECK(line.ended());
        } else if (const json::value* closed = response.if_contains("closed_by_server");
                   closed && closed->as_bool()) {
            CHECK(line.ended());
        }
        ++compared;
    }
    CHECK(compared >= 6);
}
